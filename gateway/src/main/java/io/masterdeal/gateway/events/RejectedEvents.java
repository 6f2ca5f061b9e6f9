package io.masterdeal.gateway.events;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.Violation;
import io.masterdeal.gateway.http.GatewayProblem;
import io.masterdeal.gateway.publish.EventPublisher;
import io.masterdeal.worker.Workers;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps refused events as {@code error.event} for operators.
 *
 * <p>This runs in the background and never changes the answer: at most {@value #PER_SECOND} a second and {@value #IN_FLIGHT} at a
 * time; the rest is dropped and counted.
 */
final class RejectedEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RejectedEvents.class);
    private static final String TYPE = "error.event";
    private static final int PER_SECOND = 100;
    private static final int IN_FLIGHT = 100;
    private static final int TEXT_CHARS = 4 * 1024;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final EventType type;
    private final EventPublisher publisher;
    private final Counter dropped;
    private final RateLimit rate = new RateLimit(PER_SECOND, System.nanoTime());
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT);

    RejectedEvents(EventCatalog catalog, EventPublisher publisher, GatewayMetrics metrics) {
        EventType error = catalog.type(TYPE);
        if (error == null) {
            throw new IllegalStateException("the catalog has no type " + TYPE);
        }
        this.type = error;
        this.publisher = publisher;
        this.dropped = metrics.rejectionsDropped();
    }

    /** Keeps it if possible; returns at once and never throws. */
    void keep(Rejection rejection) {
        if (!rate.tryAcquire(System.nanoTime()) || !inFlight.tryAcquire()) {
            dropped.increment();
            return;
        }
        Event event;
        try {
            event = event(rejection);
        } catch (RuntimeException e) {
            inFlight.release();
            failed(e);
            return;
        }
        Workers.virtual("gateway-rejection", () -> publish(event)).start();
    }

    private void publish(Event event) {
        try {
            var _ = publisher.publish(event).whenComplete((placed, failure) -> {
                inFlight.release();
                if (failure != null) {
                    failed(failure);
                }
            });
        } catch (RuntimeException e) {
            inFlight.release();
            failed(e);
        }
    }

    private void failed(Throwable failure) {
        dropped.increment();
        LOG.warn("A refused event could not be kept in {}: {}", type.topic(), failure.toString());
    }

    /** Waits briefly for those being published. */
    @Override
    public void close() {
        try {
            if (!inFlight.tryAcquire(IN_FLIGHT, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Stopping before all refused events are kept in {}", type.topic());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Event event(Rejection rejection) {
        Draft draft = rejection.draft();
        Payload payload = rejection.payload();
        GenericRecord data = new GenericData.Record(type.schema());
        data.put("reason", rejection.problem().type().code());
        data.put("detail", clean(detail(rejection)));
        data.put("stage", "gateway");
        data.put("event_id", draft == null ? null : clean(draft.id()));
        data.put("event_type", draft == null ? null : clean(draft.type()));
        data.put("key", draft == null ? null : clean(draft.subject()));
        data.put("headers", headers(rejection));
        data.put("payload", payload == null ? null : payload.kept());
        data.put("payload_truncated", payload != null && payload.truncated());
        data.put("attempts", List.of()); // It was not to be delivered to anyone yet.
        Envelope envelope = Envelope.builder(
                        UUID.randomUUID(),
                        "/masterdeal/gateway",
                        type.name(),
                        "gateway/" + rejection.caller().name(),
                        Instant.now())
                .build();
        return new Event(envelope, data);
    }

    private static String detail(Rejection rejection) {
        GatewayProblem problem = rejection.problem();
        return "Sent with the key of " + rejection.caller().name() + ". "
                + (problem.errors().isEmpty()
                        ? problem.detail()
                        : problem.errors().stream().map(Violation::toString).collect(Collectors.joining("; ")));
    }

    private static Map<String, String> headers(Rejection rejection) {
        var headers = new HashMap<String, String>();
        rejection
                .headers()
                .forEach((name, value) -> headers.put(String.valueOf(clean(name)), String.valueOf(clean(value))));
        return headers;
    }

    /** Text that can be stored: not too long, without U+0000 and unpaired surrogates. */
    private static @Nullable String clean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String cut = text.substring(0, Math.min(text.length(), TEXT_CHARS)).replace('\0', '\uFFFD');
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
