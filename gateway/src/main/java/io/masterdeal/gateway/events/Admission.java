package io.masterdeal.gateway.events;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.contracts.event.Limits;
import io.masterdeal.contracts.event.VersionLimits;
import io.masterdeal.contracts.event.Violation;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides whether an event is accepted: whether the caller may publish it, whether it meets the contracts, whether later versions
 * can follow its version, and whether people can tell its keys from others.
 */
final class Admission {
    private static final String TRACEPARENT = "traceparent";

    private final EventCatalog catalog;
    private final EventJson json;
    private final VersionLimits limits;
    private final InstantSource clock;

    /**
     * @param catalog the event types there are
     * @param limits how far ahead an event may be
     * @param clock the time of acceptance
     */
    Admission(EventCatalog catalog, VersionLimits limits, InstantSource clock) {
        this.catalog = catalog;
        this.json = new EventJson(catalog);
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Reads an event in structured mode.
     *
     * @param body the event as JSON
     * @param headers those of the request; their trace context goes into an event that has none
     * @param alone true if it is the only one of the request, so that headers may describe it
     * @throws RefusedRequestException if it is not an event
     */
    Draft structured(byte[] body, RequestHeaders headers, boolean alone) {
        checkSize(body);
        JsonNode event = parse(body);
        if (!(event instanceof ObjectNode object)) {
            throw new RefusedRequestException(
                    ProblemType.NOT_CLOUDEVENTS,
                    "An event is a JSON object with the attributes of CloudEvents 1.0 and data.",
                    List.of(new Violation("", "must be an object")));
        }
        if (alone) {
            headers.checkSameAs(object);
        }
        String traceparent = headers.traceparent();
        if (traceparent != null && !object.hasNonNull(TRACEPARENT)) {
            object.put(TRACEPARENT, traceparent);
        }
        return Draft.of(object, () -> json.read(object));
    }

    /**
     * Reads an event in binary mode.
     *
     * @param attributes from the headers
     * @param body the data as JSON
     * @throws RefusedRequestException if it is not an event
     */
    Draft binary(Map<String, String> attributes, byte[] body) {
        checkSize(body);
        JsonNode data = parse(body);
        return Draft.of(attributes, () -> json.read(attributes, data));
    }

    /**
     * Accepts an event.
     *
     * @throws RefusedRequestException if it is not accepted
     */
    Event admit(Caller caller, Draft draft) {
        EventType type = draft.type() == null ? null : catalog.type(draft.type());
        if (type != null && !caller.mayPublish(type)) {
            throw new RefusedRequestException(
                    ProblemType.FORBIDDEN,
                    type.ofDomain()
                            ? "Events of type " + type.name() + " are published with the key of the domain "
                                    + type.domain() + ", not of " + caller.name() + "."
                            : "Events of type " + type.name() + " are published by the platform itself.",
                    List.of(new Violation("/type", "is not for the key of " + caller.name() + " to publish")));
        }
        try {
            Event event = draft.reader().get();
            List<Violation> violations = new ArrayList<>(limits.atDoor(event.envelope(), clock.instant()));
            violations.addAll(VisibleKeys.check(event));
            if (!violations.isEmpty()) {
                throw new InvalidEventException(violations);
            }
            return event;
        } catch (InvalidEventException e) {
            throw refusal(e);
        }
    }

    /** The domain a type belongs to; null if there is no such type. */
    @Nullable
    String domain(@Nullable String type) {
        EventType known = type == null ? null : catalog.type(type);
        return known == null ? null : known.domain();
    }

    private static RefusedRequestException refusal(InvalidEventException e) {
        boolean otherVersion =
                e.violations().stream().anyMatch(found -> found.pointer().equals("/specversion"));
        return otherVersion
                ? new RefusedRequestException(
                        ProblemType.NOT_CLOUDEVENTS,
                        "Send an event of CloudEvents 1.0; errors name what it lacks.",
                        e.violations())
                : new RefusedRequestException(
                        ProblemType.INVALID_EVENT,
                        "Correct what errors name and send the event again.",
                        e.violations());
    }

    private static JsonNode parse(byte[] body) {
        try {
            return EventJson.parse(body);
        } catch (InvalidEventException e) {
            throw new RefusedRequestException(
                    ProblemType.NOT_JSON, "Send JSON in UTF-8 in which no object has a name twice.", e.violations());
        }
    }

    private static void checkSize(byte[] body) {
        if (body.length > Limits.EVENT_BYTES) {
            throw new RefusedRequestException(
                    ProblemType.TOO_LARGE,
                    "An event may have " + Limits.EVENT_BYTES
                            + " bytes. Keep large content elsewhere and send a reference to it.");
        }
    }
}
