package io.masterdeal.gateway.events;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.gateway.events.EventResult.Refused;
import io.masterdeal.gateway.events.EventResult.Taken;
import io.masterdeal.gateway.http.GatewayProblem;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import io.masterdeal.gateway.publish.EventPublisher;
import io.masterdeal.gateway.publish.Placed;
import io.masterdeal.gateway.publish.PublishException;
import io.masterdeal.gateway.publish.PublishException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Receives events: checks each, sends all, then waits until Kafka has them. */
final class EventReceiver {
    /** In seconds; longer than the producer's own timeouts. */
    private static final long PATIENCE_SECONDS = 30;

    private final Admission admission;
    private final EventPublisher publisher;
    private final RejectedEvents rejected;
    private final GatewayMetrics metrics;

    EventReceiver(Admission admission, EventPublisher publisher, RejectedEvents rejected, GatewayMetrics metrics) {
        this.admission = admission;
        this.publisher = publisher;
        this.rejected = rejected;
        this.metrics = metrics;
    }

    EventResult structured(Caller caller, RequestHeaders headers, byte[] body) {
        return await(send(caller, headers, body, null, () -> admission.structured(body, headers, true)));
    }

    EventResult binary(Caller caller, RequestHeaders headers, byte[] body) {
        return await(send(caller, headers, body, null, () -> admission.binary(headers.attributes(), body)));
    }

    List<EventResult> batch(Caller caller, RequestHeaders headers, byte[] body) {
        if (body.length > ContentMode.BATCH.maxBytes()) {
            throw new RefusedRequestException(
                    ProblemType.TOO_LARGE,
                    "A batch may have " + ContentMode.BATCH.maxBytes() + " bytes. Send it in parts.");
        }
        List<byte[]> items = BatchSplitter.split(body);
        var sent = new ArrayList<Sent>(items.size());
        PublishException outage = null;
        for (byte[] item : items) {
            Sent next = send(caller, headers, item, outage, () -> admission.structured(item, headers, false));
            outage = outage == null ? next.outage() : outage;
            sent.add(next);
        }
        return sent.stream().map(this::await).toList();
    }

    /** Refuses a request before its events are read. */
    GatewayProblem refuse(Caller caller, RequestHeaders headers, byte @Nullable [] body, GatewayProblem problem) {
        note(new Rejection(caller, problem, null, headers.kept(), body == null ? null : new Payload(body)));
        return problem;
    }

    /**
     * Checks and sends one event.
     *
     * @param outage the failure of an earlier event of the same request to reach Kafka, after which no more are tried; null if none
     */
    private Sent send(
            Caller caller,
            RequestHeaders headers,
            byte[] body,
            @Nullable PublishException outage,
            Supplier<Draft> reading) {
        Draft draft = null;
        var payload = new Payload(body);
        try {
            draft = reading.get();
            Event event = admission.admit(caller, draft);
            CompletableFuture<Placed> placed =
                    outage == null ? publisher.publish(event) : CompletableFuture.failedFuture(outage);
            return new Sent(caller, headers, payload, draft, placed);
        } catch (RefusedRequestException e) {
            return new Sent(caller, headers, payload, draft, CompletableFuture.failedFuture(e));
        } catch (InvalidEventException e) {
            var refused =
                    new RefusedRequestException(ProblemType.INVALID_EVENT, "Correct what errors name.", e.violations());
            return new Sent(caller, headers, payload, draft, CompletableFuture.failedFuture(refused));
        }
    }

    private EventResult await(Sent sent) {
        Draft draft = sent.draft();
        String id = draft == null ? null : draft.id();
        try {
            Placed placed = sent.placed().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            metrics.accepted(draft == null ? null : admission.domain(draft.type()));
            return new Taken(String.valueOf(id), placed);
        } catch (ExecutionException e) {
            return refused(sent, id, problem(e.getCause()));
        } catch (TimeoutException e) {
            return refused(sent, id, unavailable());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(sent, id, unavailable());
        }
    }

    private Refused refused(Sent sent, @Nullable String id, GatewayProblem problem) {
        note(new Rejection(sent.caller(), problem, sent.draft(), sent.headers().kept(), sent.payload()));
        return new Refused(id, problem);
    }

    private void note(Rejection rejection) {
        Draft draft = rejection.draft();
        String domain = draft == null ? null : admission.domain(draft.type());
        Caller caller = rejection.caller();
        ProblemType reason = rejection.problem().type();
        metrics.rejected(domain == null && caller.domain() ? caller.name() : domain, reason);
        if (!reason.mayPass()) {
            rejected.keep(rejection);
        }
    }

    private static GatewayProblem problem(@Nullable Throwable failure) {
        return switch (failure) {
            case RefusedRequestException refused -> refused.problem();
            case PublishException publish ->
                switch (publish.reason()) {
                    case KAFKA_UNAVAILABLE, REGISTRY_UNAVAILABLE -> unavailable();
                    case SCHEMA_REFUSED ->
                        GatewayProblem.of(
                                ProblemType.FAULT,
                                "The schema registry refuses the schema of this event type. An operator has to look at it.");
                    case TOO_LARGE ->
                        GatewayProblem.of(
                                ProblemType.TOO_LARGE,
                                "Kafka does not take an event this large. Keep large content elsewhere and send a reference.");
                };
            case null, default -> throw new IllegalStateException("an event could not be published", failure);
        };
    }

    private static GatewayProblem unavailable() {
        return GatewayProblem.of(
                ProblemType.UNAVAILABLE,
                "The event is not known to be kept. Send it again later, with the same id: a second arrival does no harm.");
    }

    /** An event that was sent. */
    private record Sent(
            Caller caller,
            RequestHeaders headers,
            Payload payload,
            @Nullable Draft draft,
            CompletableFuture<Placed> placed) {
        /** The failure to reach Kafka; null if none is known yet. */
        @Nullable
        PublishException outage() {
            return placed.isCompletedExceptionally()
                            && placed.exceptionNow() instanceof PublishException failure
                            && failure.reason() == Reason.KAFKA_UNAVAILABLE
                    ? failure
                    : null;
        }
    }
}
