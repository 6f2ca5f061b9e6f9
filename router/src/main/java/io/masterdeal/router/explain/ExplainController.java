package io.masterdeal.router.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.role.access.AccessFilter;
import io.masterdeal.role.http.Problem;
import io.masterdeal.router.delivery.Preview;
import io.masterdeal.router.messages.MessageQueries;
import io.masterdeal.router.routes.OptionalRouteEngine;
import io.masterdeal.router.subscription.Filter;
import io.masterdeal.router.subscription.Redaction;
import io.masterdeal.router.subscription.Sink;
import io.masterdeal.router.subscription.StoredSubscription;
import io.masterdeal.router.subscription.Subscription;
import io.masterdeal.router.subscription.Subscriptions;
import io.masterdeal.routes.FileProblem;
import io.masterdeal.routes.LoadedRoute;
import io.swagger.v3.oas.annotations.Operation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Which subscriptions and routes match an event, a new or a past one, and what each would send. */
@RestController
@RequestMapping("/routes")
class ExplainController {

    private final Subscriptions subscriptions;

    private final MessageQueries messages;

    private final EventJson json;

    private final OptionalRouteEngine engine;

    ExplainController(
            Subscriptions subscriptions, MessageQueries messages, EventJson json, OptionalRouteEngine engine) {
        this.subscriptions = subscriptions;
        this.messages = messages;
        this.json = json;
        this.engine = engine;
    }

    /**
     * The request.
     *
     * @param event in structured mode; null for a past event
     * @param eventId of an event in the ledger; null if a new one is given
     */
    record Question(
            @Nullable JsonNode event,
            @JsonProperty("event_id") @Nullable UUID eventId) {}

    /**
     * What one subscription would do.
     *
     * @param because the condition that decides
     * @param to where it would be sent; absent if it does not match
     * @param orderKey the order key; absent if the subscription is not ordered
     * @param sends what it would send, without secrets; absent if it does not match or the caller is not the operator. For a
     *     route, the result of its trial
     */
    record Match(
            String subscription,
            int version,
            boolean matches,
            String because,
            @Nullable String to,
            @Nullable String orderKey,
            @Nullable JsonNode sends) {}

    /**
     * A route that runs here.
     *
     * @param because why the event reaches it, or why not
     */
    record RouteLine(String id, String file, String source, String state, boolean matches, String because) {}

    /**
     * The response.
     *
     * @param event only for the operator
     */
    record Explanation(@Nullable JsonNode event, List<Match> subscriptions, List<RouteLine> routes) {}

    /** The routes, and the files that cannot be used. */
    record RouteList(List<LoadedRoute> items, List<FileProblem> problems, String waitsFor) {}

    @Operation(summary = "The routes that run here, and files that cannot be used. Any key may ask")
    @GetMapping
    RouteList routes() {
        return new RouteList(engine.routes(), engine.problems(), engine.waitsFor());
    }

    @Operation(
            summary = "Who would get an event, and why or why not; nothing is sent. Any key may ask; what would be"
                    + " sent is shown only to the operator")
    @PostMapping("/explain")
    Explanation explain(@RequestBody Question question, @RequestAttribute(AccessFilter.CALLER) String caller)
            throws SQLException, InterruptedException {
        JsonNode event = event(question);
        List<Match> matches = new ArrayList<>();
        Set<String> fed = new HashSet<>();
        for (StoredSubscription it : subscriptions.now().active()) {
            Match match = match(it, event, caller);
            matches.add(match);
            if (match.matches() && it.subscription().sink() instanceof Sink.Route route) {
                fed.add("direct://" + route.name());
            }
        }
        return new Explanation(
                Redaction.everythingTo(caller) ? event : null,
                matches,
                engine.routes().stream().map(it -> line(it, fed)).toList());
    }

    private static RouteLine line(LoadedRoute route, Set<String> fed) {
        boolean matches = fed.contains(route.source());
        String because = matches
                ? "a subscription that matches has it as its sink"
                : route.source().startsWith("direct:")
                        ? "no subscription that matches has it as its sink"
                        : "it reads from elsewhere: no event leads to it";
        return new RouteLine(route.id(), route.file(), route.source(), route.state(), matches, because);
    }

    private JsonNode event(Question question) throws SQLException {
        if (question.event() != null) {
            Event read = json.read(question.event());
            return json.write(read);
        }
        if (question.eventId() == null) {
            throw new Problem(HttpStatus.BAD_REQUEST, "no event", "Give an 'event', or the 'event_id' of one.");
        }
        return messages.body(question.eventId())
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND,
                        "no such event",
                        "The ledger has no event " + question.eventId()
                                + ", or no subscription wanted it: give the event itself."));
    }

    private Match match(StoredSubscription stored, JsonNode event, String caller) throws InterruptedException {
        Subscription subscription = stored.subscription();
        String type = event.path("type").asString("");
        if (!subscription.wants(type)) {
            return new Match(
                    stored.name(),
                    stored.version(),
                    false,
                    "types " + subscription.types() + " do not have " + type,
                    null,
                    null,
                    null);
        }
        Filter filter = subscription.filter();
        Filter.Verdict verdict = filter == null ? Filter.Verdict.PASSES : filter.evaluate(event);
        if (!verdict.passes()) {
            return new Match(stored.name(), stored.version(), false, verdict.because(), null, null, null);
        }
        String to = switch (subscription.sink()) {
            case Sink.Http it -> "POST " + Redaction.url(it.url(), caller) + " (" + it.mode() + ")";
            case Sink.Kafka it -> "topic " + it.topic();
            case Sink.Queue it -> "task queue " + it.queue();
            case Sink.Route it -> "route direct:" + it.name();
            case Sink.Origin _ -> "a dead letter";
        };
        String key = event.path("masterdealid").asString(event.path("subject").asString(""));
        return new Match(
                stored.name(),
                stored.version(),
                true,
                filter == null ? "its types have " + type : "its types have " + type + ", and " + filter.expression(),
                subscription.paused() ? to + ", once it is no longer paused" : to,
                subscription.ordered() ? key : null,
                Redaction.everythingTo(caller) ? Preview.of(stored, event, engine) : null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidEventException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
        problem.setTitle("not an event");
        problem.setProperty("errors", e.violations());
        return ResponseEntity.unprocessableContent().body(problem);
    }
}
