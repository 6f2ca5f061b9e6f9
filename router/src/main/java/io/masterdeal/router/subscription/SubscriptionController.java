package io.masterdeal.router.subscription;

import io.masterdeal.role.access.AccessFilter;
import io.masterdeal.role.access.Actor;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import io.masterdeal.router.subscription.SubscriptionTable.Change;
import io.swagger.v3.oas.annotations.Operation;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Subscriptions over HTTP: anyone with a key may read them, the operator may change them. */
@RestController
@RequestMapping("/subscriptions")
class SubscriptionController {

    /** Rejects duplicate names, which different readers would interpret differently. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,9})\"");

    private final Subscriptions subscriptions;

    SubscriptionController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * A subscription in the API.
     *
     * @param stopped why nothing is sent although it is not paused; absent if it is served
     */
    record View(
            int version,
            String origin,
            String changedAt,
            String changedBy,
            JsonNode definition,
            @Nullable StopView stopped) {
        static View of(StoredSubscription it, String caller) {
            StoredSubscription.Stop stop = it.stopped();
            return new View(
                    it.version(),
                    it.origin().name().toLowerCase(java.util.Locale.ROOT),
                    Times.text(it.changedAt()),
                    it.changedBy(),
                    Redaction.definition(it.definition(), caller),
                    stop == null ? null : new StopView(Times.text(stop.since()), stop.eventId(), stop.because()));
        }
    }

    /** Why a subscription is stopped, in the API. */
    record StopView(String since, String eventId, String because) {}

    /** A change in the API. */
    record ChangeView(int version, String action, String changedAt, String changedBy, JsonNode definition) {
        static ChangeView of(Change it, String caller) {
            return new ChangeView(
                    it.version(),
                    it.action(),
                    Times.text(it.changedAt()),
                    it.changedBy(),
                    Redaction.definition(it.definition(), caller));
        }
    }

    /** A list. */
    record Items<T>(List<T> items) {}

    @Operation(summary = "All subscriptions, by name")
    @GetMapping
    Items<View> list(@RequestAttribute(AccessFilter.CALLER) String caller) throws SQLException {
        return new Items<>(subscriptions.now().active().stream()
                .map(it -> View.of(it, caller))
                .toList());
    }

    @Operation(summary = "One subscription; its ETag is its version")
    @GetMapping("/{name}")
    ResponseEntity<View> get(@PathVariable String name, @RequestAttribute(AccessFilter.CALLER) String caller)
            throws SQLException {
        return subscriptions
                .find(name)
                .map(it -> answer(it, caller))
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "no such subscription", "There is no subscription '" + name + "'."));
    }

    @Operation(summary = "The changes of a subscription, and who made them")
    @GetMapping("/{name}/changes")
    Items<ChangeView> changes(@PathVariable String name, @RequestAttribute(AccessFilter.CALLER) String caller)
            throws SQLException {
        return new Items<>(subscriptions.changes(name).stream()
                .map(it -> ChangeView.of(it, caller))
                .toList());
    }

    @Operation(
            summary =
                    "Create or change a subscription; 'If-Match: \"version\"' or 'If-None-Match: *' protects against concurrent changes")
    @PutMapping("/{name}")
    ResponseEntity<View> put(
            @PathVariable String name,
            @RequestBody byte[] body,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(value = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        JsonNode definition = parse(body);
        if (definition instanceof ObjectNode object && !object.has("name")) {
            object.put("name", name);
        }
        if (!definition.path("name").asString("").equals(name)) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "another name", "The name in the document is not '" + name + "'.");
        }
        return answer(subscriptions.put(definition, expected(ifMatch, ifNoneMatch), actor.name()), actor.principal());
    }

    @Operation(summary = "Pause a subscription: nothing is sent, everything is kept")
    @PostMapping("/{name}/pause")
    ResponseEntity<View> pause(@PathVariable String name, @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        return answer(subscriptions.pause(name, actor.name()), actor.principal());
    }

    @Operation(
            summary = "Resume a subscription that is paused, or was stopped because of its filter, from where it was")
    @PostMapping("/{name}/resume")
    ResponseEntity<View> resume(@PathVariable String name, @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        return answer(subscriptions.resume(name, actor.name()), actor.principal());
    }

    @Operation(summary = "Delete a subscription; what is not delivered yet is discarded")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        subscriptions.delete(name, expected(ifMatch, null), actor.name());
        return ResponseEntity.noContent().build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidSubscriptionException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
        problem.setTitle("not a subscription");
        problem.setProperty("errors", e.violations());
        return ResponseEntity.unprocessableContent().body(problem);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return STRICT.readTree(body);
        } catch (JacksonException e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not JSON", String.valueOf(e.getOriginalMessage()), e);
        }
    }

    private static @Nullable Integer expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if ("*".equals(ifNoneMatch)) {
            return 0;
        }
        if (ifMatch == null) {
            return null;
        }
        Matcher etag = ETAG.matcher(ifMatch);
        if (!etag.matches()) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "not an ETag",
                    "Set If-Match to the ETag of an earlier response, unchanged.");
        }
        return Integer.valueOf(etag.group(1));
    }

    private static ResponseEntity<View> answer(StoredSubscription stored, String caller) {
        return ResponseEntity.ok().eTag("\"" + stored.version() + "\"").body(View.of(stored, caller));
    }
}
