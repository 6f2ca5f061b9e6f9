package io.masterdeal.gateway.events;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.gateway.http.GatewayProblem;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import io.masterdeal.gateway.http.UnreadBodies;
import io.masterdeal.role.http.BodyRefusedException;
import io.masterdeal.role.http.JsonAnswer;
import io.masterdeal.role.http.RequestBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /events}. */
@RestController
final class EventsController {
    private static final Logger LOG = LoggerFactory.getLogger(EventsController.class);

    private final ApiKeys keys;
    private final EventCatalog catalog;
    private final RequestBodies bodies;
    private final EventReceiver receiver;
    private final GatewayMetrics metrics;

    EventsController(
            ApiKeys keys, EventCatalog catalog, RequestBodies bodies, EventReceiver receiver, GatewayMetrics metrics) {
        this.keys = keys;
        this.catalog = catalog;
        this.bodies = bodies;
        this.receiver = receiver;
        this.metrics = metrics;
    }

    /**
     * Receives one event or a batch.
     *
     * @throws IOException if the client has closed the connection
     */
    @PostMapping("/events")
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonAnswer answer = answer(request);
        if (answer.status() == ProblemType.UNSUPPORTED_MEDIA_TYPE.status()) {
            response.setHeader("Accept", ContentMode.ACCEPTED);
        }
        answer.writeTo(response);
    }

    private JsonAnswer answer(HttpServletRequest request) {
        try {
            Caller caller = authenticate(request);
            RequestHeaders headers = RequestHeaders.of(request);
            return answer(request, caller, headers);
        } catch (RefusedRequestException e) {
            metrics.rejected(null, e.problem().type());
            return e.problem().answer();
        } catch (RuntimeException e) {
            LOG.error("POST /events failed", e);
            return GatewayProblem.of(
                            ProblemType.FAULT,
                            "It is not known whether anything was taken. Send it again, with the same ids.")
                    .answer();
        }
    }

    private Caller authenticate(HttpServletRequest request) {
        List<String> given = Collections.list(request.getHeaders("Authorization"));
        String name = (given.size() == 1 ? keys.principal(given.getFirst()) : Optional.<String>empty())
                .orElseThrow(() -> new RefusedRequestException(
                        ProblemType.UNAUTHENTICATED,
                        "Send the API key of your domain in the header Authorization: Bearer KEY."));
        Caller caller = Caller.of(name, catalog.domains());
        if (!caller.mayPublish()) {
            throw new RefusedRequestException(
                    ProblemType.FORBIDDEN, "The key of " + name + " may not publish events: use that of a domain.");
        }
        return caller;
    }

    private JsonAnswer answer(HttpServletRequest request, Caller caller, RequestHeaders headers) {
        ContentMode mode;
        try {
            mode = headers.mode();
            if (mode == ContentMode.BATCH) {
                headers.checkNoAttributes();
            }
        } catch (RefusedRequestException e) {
            return receiver.refuse(caller, headers, null, e.problem()).answer();
        }
        try (RequestBodies.Body body = bodies.read(request, caller.name(), mode.maxBytes())) {
            return answer(mode, caller, headers, body.bytes());
        } catch (BodyRefusedException e) {
            throw UnreadBodies.refusal(e, ProblemType.UNAVAILABLE);
        }
    }

    private JsonAnswer answer(ContentMode mode, Caller caller, RequestHeaders headers, byte[] body) {
        try {
            return switch (mode) {
                case STRUCTURED -> EventAnswers.of(receiver.structured(caller, headers, body));
                case BINARY -> EventAnswers.of(receiver.binary(caller, headers, body));
                case BATCH -> EventAnswers.of(receiver.batch(caller, headers, body));
            };
        } catch (RefusedRequestException e) {
            return receiver.refuse(caller, headers, body, e.problem()).answer();
        }
    }
}
