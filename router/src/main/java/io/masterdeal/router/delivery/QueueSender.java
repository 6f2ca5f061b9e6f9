package io.masterdeal.router.delivery;

import io.masterdeal.queue.Task;
import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.LedgerMessage;
import io.masterdeal.worker.Workers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Sends events to a task queue. An event counts as accepted when the broker has confirmed the task. */
final class QueueSender implements SinkSender {

    /** Opening a queue and sending to it block until the broker answers. */
    private static final Executor THREADS =
            work -> Workers.virtual("queue-sink", work).start();

    private final SinkQueues queues;

    private final String queue;

    private final Duration timeout;

    QueueSender(SinkQueues queues, String queue, Duration timeout) {
        this.queues = queues;
        this.queue = queue;
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<SinkResponse> send(Delivery delivery, int attempt) {
        Task task;
        try {
            task = task(delivery);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(
                    new SinkResponse(SinkResponse.Verdict.REFUSED, null, String.valueOf(e.getMessage()), null));
        }
        return CompletableFuture.supplyAsync(
                        () -> {
                            queues.of(queue).send(task);
                            return new SinkResponse(SinkResponse.Verdict.TAKEN, null, "", null);
                        },
                        THREADS)
                .exceptionally(QueueSender::unavailable)
                .completeOnTimeout(
                        SinkResponse.unavailable("the broker did not confirm within " + timeout),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static SinkResponse unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return SinkResponse.unavailable(String.valueOf(cause.getMessage()));
    }

    /** The task has the id of the event, so that its handlers recognise duplicates. */
    private static Task task(Delivery delivery) {
        LedgerMessage message = delivery.message();
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/cloudevents+json; charset=UTF-8");
        if (message.correlationId() != null) {
            headers.put(Task.CORRELATION_ID, message.correlationId());
        }
        if (delivery.replay() > 0) {
            headers.put("masterdeal-replay", Integer.toString(delivery.replay()));
        }
        return new Task(
                message.eventId(),
                message.type(),
                new String(Objects.requireNonNull(message.body()), StandardCharsets.UTF_8),
                headers);
    }
}
