package io.masterdeal.queue;

import io.masterdeal.queue.broker.BrokerQueue;
import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends due tasks to the broker: locks a batch of rows, publishes them, and deletes those that the broker accepted, in one
 * transaction. If the process is killed before the commit the rows remain, and what was published is published again. Several
 * processes may do this at the same time.
 */
final class DueTaskSender {

    private static final Logger log = LoggerFactory.getLogger(DueTaskSender.class);

    private static final int BATCH = 100;

    /** The longest time between two looks at the table. */
    private static final long LOOK_MS = 1_000;

    /** The time to wait while another process has locked what is due. */
    private static final long HELD_MS = 100;

    private static final Duration PUT_OFF = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DueTable table;

    private final TransactionTemplate transaction;

    private final BrokerQueue broker;

    private final WakeUpTimer alarm;

    private final QueueMeters meters;

    private final Thread thread;

    private volatile boolean stopped;

    DueTaskSender(
            String queue,
            DueTable table,
            TransactionTemplate transaction,
            BrokerQueue broker,
            WakeUpTimer alarm,
            QueueMeters meters) {
        this.table = table;
        this.transaction = transaction;
        this.broker = broker;
        this.alarm = alarm;
        this.meters = meters;
        this.thread = Workers.platform("queue-due-" + queue, this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                alarm.sleep(trySend());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends what is due. Returns in how many ms to look again. */
    private long trySend() throws InterruptedException {
        try {
            return send();
        } catch (InterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever the cause is: the rows remain and are tried again.
            log.warn("due tasks cannot be sent, trying again in {} ms: {}", LOOK_MS, e.toString());
            return LOOK_MS;
        }
    }

    private long send() throws InterruptedException {
        List<WaitingTask> taken = new ArrayList<>();
        List<WaitingTask> unsent = new ArrayList<>();
        InterruptedException interrupted = transaction.execute(status -> {
            taken.addAll(table.lockDue(BATCH));
            if (taken.isEmpty()) {
                return null;
            }
            try {
                unsent.addAll(publish(taken));
            } catch (InterruptedException e) {
                status.setRollbackOnly();
                return e;
            }
            List<WaitingTask> sent =
                    taken.stream().filter(each -> !unsent.contains(each)).toList();
            if (!sent.isEmpty()) {
                table.delete(sent);
                if (!unsent.isEmpty()) {
                    table.putOff(unsent, PUT_OFF);
                }
            }
            return null;
        });
        if (interrupted != null) {
            throw interrupted;
        }
        meters.sent(taken.size() - unsent.size());
        if (!unsent.isEmpty()) {
            return LOOK_MS;
        }
        if (taken.size() == BATCH) {
            return 0;
        }
        long next = table.nextInMillis().orElse(LOOK_MS);
        return next <= 0 ? taken.isEmpty() ? HELD_MS : 0 : Math.min(next, LOOK_MS);
    }

    private List<WaitingTask> publish(List<WaitingTask> due) throws InterruptedException {
        Map<Integer, String> problems =
                broker.publish(due.stream().map(TaskCodec::write).toList());
        problems.values().stream()
                .findFirst()
                .ifPresent(problem -> log.warn(
                        "the broker did not accept {} of {} due tasks: {}", problems.size(), due.size(), problem));
        return problems.keySet().stream().map(due::get).toList();
    }

    /** Stops after the batch that is being sent. */
    void stop() throws InterruptedException {
        stopped = true;
        alarm.at(Instant.EPOCH);
        if (thread.isAlive() && !thread.join(PATIENCE)) {
            log.warn("a batch of due tasks is still being sent and is interrupted; its tasks are sent again later");
            thread.interrupt();
        }
    }
}
