package io.masterdeal.queue;

import io.masterdeal.queue.broker.Acknowledgement;
import io.masterdeal.queue.broker.BrokerQueue;
import io.masterdeal.queue.broker.MessageHandler;
import io.masterdeal.queue.broker.ReceivedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a task to the handler and stores the outcome. Only then is the message acknowledged: if the process is killed in
 * between, the task is delivered again, and never lost.
 */
final class TaskWorker implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(TaskWorker.class);

    /**
     * After this many deliveries a message is replaced by a copy, whose deliveries the broker counts from the start. This is
     * half of the broker's limit, because a message may also be delivered to a process that dies before it sees it.
     */
    static final int MOST_DELIVERIES = 5;

    /** How long storing an outcome in PostgreSQL is tried before it is left to the broker. */
    private static final Duration KEEP = Duration.ofSeconds(5);

    private static final long KEEP_AGAIN_MS = 500;

    /** The time that is needed in addition to the handler's: {@link #KEEP}, 10 s for a copy, and a reserve. */
    static final Duration BESIDES = Duration.ofSeconds(20);

    private final QueueSettings settings;

    private final TaskHandler handler;

    private final DueTable due;

    private final DeadLetterTable deadLetters;

    private final BrokerQueue broker;

    private final WakeUpTimer alarm;

    private final QueueMeters meters;

    private final ExecutorService threads;

    private final RetryPauses pauses;

    TaskWorker(QueueSettings settings, TaskHandler handler, QueueParts parts) {
        this.settings = settings;
        this.handler = handler;
        this.due = parts.due();
        this.deadLetters = parts.deadLetters();
        this.broker = parts.broker();
        this.alarm = parts.alarm();
        this.meters = parts.meters();
        this.threads = parts.threads();
        this.pauses = new RetryPauses(settings.firstPause(), settings.longestPause());
    }

    @Override
    public Acknowledgement handle(ReceivedMessage received) throws InterruptedException {
        TaskDelivery delivery;
        try {
            delivery = TaskCodec.read(received);
        } catch (TaskCodec.UnreadableException e) {
            log.warn("a message of the queue {} is not a task: {}", settings.name(), e.getMessage());
            TaskDelivery unreadable =
                    new TaskDelivery(TaskCodec.unreadable(received.message()), 0, Instant.EPOCH, Instant.EPOCH);
            return deadLetter(unreadable, 0, "unreadable", String.valueOf(e.getMessage()))
                    ? Acknowledgement.REJECT
                    : Acknowledgement.RELEASE;
        }
        if (received.deliveries() > 1) {
            meters.redelivered();
        }
        if (delivery.attempt() > settings.attempts()) {
            return deadLetterOrCopy(
                    delivery,
                    delivery.attempt() - 1,
                    received.deliveries() > 1 ? "died" : "gave-up",
                    "the last attempt has no known outcome: its process was killed, or could not store the outcome");
        }
        if (received.deliveries() > MOST_DELIVERIES || !received.counted()) {
            return copy(delivery, delivery.attempt() - 1);
        }
        return conclude(delivery, work(delivery));
    }

    private TaskOutcome work(TaskDelivery delivery) throws InterruptedException {
        Future<TaskOutcome> running = threads.submit(() -> Objects.requireNonNull(handler.handle(delivery)));
        try {
            return running.get(settings.handlerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            return TaskOutcome.retry("the handler took longer than " + settings.handlerTimeout());
        } catch (ExecutionException e) {
            log.debug("the handler of task {} failed", delivery.task().id(), e.getCause());
            return TaskOutcome.retry(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            running.cancel(true);
            throw e;
        }
    }

    private Acknowledgement conclude(TaskDelivery delivery, TaskOutcome outcome) throws InterruptedException {
        return switch (outcome) {
            case TaskOutcome.Done _ -> {
                meters.done();
                yield Acknowledgement.ACCEPT;
            }
            case TaskOutcome.Reject reject ->
                deadLetterOrCopy(delivery, delivery.attempt(), "rejected", reject.reason());
            case TaskOutcome.Retry retry
            when delivery.attempt() >= settings.attempts() ->
                deadLetterOrCopy(delivery, delivery.attempt(), "gave-up", retry.why());
            case TaskOutcome.Retry retry -> again(delivery, retry);
        };
    }

    private Acknowledgement again(TaskDelivery delivery, TaskOutcome.Retry retry) throws InterruptedException {
        Duration pause = retry.after() == null ? pauses.after(delivery.attempt()) : retry.after();
        log.info("task {} is tried again in {} ms: {}", delivery.task().id(), pause.toMillis(), retry.why());
        boolean kept = keep(() -> {
            if (!due.addAfter(delivery, pause)) {
                meters.duplicate();
            }
        });
        if (!kept) {
            return copy(delivery, delivery.attempt());
        }
        meters.retried();
        alarm.at(Instant.now().plus(pause));
        return Acknowledgement.ACCEPT;
    }

    private Acknowledgement deadLetterOrCopy(TaskDelivery delivery, int attempts, String reason, String detail)
            throws InterruptedException {
        return deadLetter(delivery, attempts, reason, detail) ? Acknowledgement.REJECT : copy(delivery, attempts);
    }

    private boolean deadLetter(TaskDelivery delivery, int attempts, String reason, String detail)
            throws InterruptedException {
        boolean kept = keep(() -> deadLetters.add(delivery.task(), reason, detail, attempts, delivery.firstAt()));
        if (kept) {
            meters.dead();
            log.warn(
                    "task {} is a dead letter, {} after {} attempts: {}",
                    delivery.task().id(),
                    reason,
                    attempts,
                    detail);
        }
        return kept;
    }

    /**
     * Writes to PostgreSQL, and tries again for {@link #KEEP}. A statement that hangs is cancelled. Returns whether it
     * succeeded.
     */
    private boolean keep(Runnable write) throws InterruptedException {
        long deadline = System.nanoTime() + KEEP.toNanos();
        String why = "no answer";
        for (long left = KEEP.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            Future<?> writing = threads.submit(write);
            try {
                writing.get(left, TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                writing.cancel(true);
            } catch (ExecutionException e) {
                why = String.valueOf(e.getCause());
                TimeUnit.MILLISECONDS.sleep(KEEP_AGAIN_MS);
            }
        }
        log.warn("the outcome of a task of {} cannot be stored in PostgreSQL: {}", settings.name(), why);
        return false;
    }

    /** Replaces the message by a copy. If the broker does not accept the copy, the message is released. */
    private Acknowledgement copy(TaskDelivery delivery, int attempts) throws InterruptedException {
        WaitingTask copy = new WaitingTask(delivery.task(), attempts, delivery.firstAt(), delivery.dueAt());
        return broker.publish(List.of(TaskCodec.write(copy))).isEmpty()
                ? Acknowledgement.ACCEPT
                : Acknowledgement.RELEASE;
    }
}
