package io.masterdeal.service.orphans;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.contracts.event.SubjectKey;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.access.Actor;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.orphans.OrphanActions.Order;
import io.masterdeal.service.orphans.OrphanQueries.DealOf;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an operator may do about an orphan. Each is noted, with the reason. */
@RestController
class OrphanActionController {

    private static final int LONGEST_REASON = 1000;

    private final OrphanQueries orphans;

    private final OrphanActions actions;

    OrphanActionController(OrphanQueries orphans, OrphanActions actions) {
        this.orphans = orphans;
        this.actions = actions;
    }

    /** Where an object belongs. */
    record LinkRequest(
            @Schema(description = "Key of the object it belongs to; facts of that one have to be known") @Nullable
            String parent,

            @Schema(description = "Why; it is kept") @Nullable
            String reason) {}

    /** Why something is done. */
    record ReasonRequest(
            @Schema(description = "Why; it is kept") @Nullable
            String reason) {}

    /** What came of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DoneView(
            @Schema(description = "The object") String object,

            @Schema(description = "The event that says so, to be found under /facts; absent if none was made")
            @JsonProperty("event_id")
            @Nullable
            String eventId,

            @Schema(description = "Whether it is an orphan now")
            boolean orphan,

            @Schema(description = "The first 20 deals it belongs to now")
            List<DealOf> deals) {}

    @Operation(
            summary = "State that an orphan belongs to an object: an event of its system, made by an operator",
            description =
                    "It counts as any other event, is published to the topic of the system, and can be taken back.")
    @PostMapping("/orphans/{key}/link")
    DoneView link(
            @Parameter(description = "Key of the orphan; - if it is given as 'key'") @PathVariable("key") String path,
            @Parameter(description = OrphanController.KEY) @RequestParam(name = "key", required = false) @Nullable
                    String given,
            @RequestBody LinkRequest body,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor) {
        checkThatItWorks();
        String key = OrphanController.key(path, given);
        Order order = order(body.reason(), actor);
        ObjectKey parent = key("parent", body.parent());
        ObjectKey object = orphan(key);
        if (!actions.isOfKnownSystem(object)) {
            throw new Problem(
                    HttpStatus.CONFLICT, "no such system", "No events are known of the system of '" + key + "'.");
        }
        if (parent.equals(object)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not a parent", "An object does not belong to itself.");
        }
        if (!orphans.isKnown(parent.value())) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "no such parent",
                    "No fact is about '" + parent + "'. Give the key of an object or deal that is known.");
        }
        if (orphans.isLinked(key, parent.value())) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "already linked",
                    "'" + key + "' belongs to '" + parent + "' already, which reaches no deal itself.");
        }
        return done(object, made(() -> actions.link(object, parent, order)));
    }

    @Operation(
            summary = "Take back what an operator stated about where an object belongs",
            description = "A retraction of the object's system. Links that the system itself has sent stay.")
    @PostMapping("/orphans/{key}/unlink")
    DoneView unlink(
            @Parameter(description = "Key of the object; - if it is given as 'key'") @PathVariable("key") String path,
            @Parameter(description = OrphanController.KEY) @RequestParam(name = "key", required = false) @Nullable
                    String given,
            @RequestBody ReasonRequest body,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor) {
        checkThatItWorks();
        String key = OrphanController.key(path, given);
        Order order = order(body.reason(), actor);
        ObjectKey object = key("key", key);
        List<UUID> events = orphans.linksByOperators(key);
        if (events.isEmpty()) {
            throw new Problem(
                    HttpStatus.NOT_FOUND, "no such link", "No link of '" + key + "' that an operator made stands.");
        }
        return done(object, made(() -> actions.unlink(object, events, order)));
    }

    @Operation(summary = "Put an orphan aside until a new fact of it comes; that is a note and changes no answer")
    @PostMapping("/orphans/{key}/dismiss")
    DoneView dismiss(
            @Parameter(description = "Key of the orphan; - if it is given as 'key'") @PathVariable("key") String path,
            @Parameter(description = OrphanController.KEY) @RequestParam(name = "key", required = false) @Nullable
                    String given,
            @RequestBody ReasonRequest body,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor) {
        String key = OrphanController.key(path, given);
        Order order = order(body.reason(), actor);
        ObjectKey object = orphan(key);
        if (!actions.dismiss(object, order)) {
            throw OrphanController.noOrphan(key);
        }
        return done(object, null);
    }

    @Operation(summary = "Take back an orphan that was put aside")
    @PostMapping("/orphans/{key}/restore")
    DoneView restore(
            @Parameter(description = "Key of the orphan; - if it is given as 'key'") @PathVariable("key") String path,
            @Parameter(description = OrphanController.KEY) @RequestParam(name = "key", required = false) @Nullable
                    String given,
            @RequestBody ReasonRequest body,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor) {
        String key = OrphanController.key(path, given);
        Order order = order(body.reason(), actor);
        ObjectKey object = orphan(key);
        if (!actions.restore(object, order)) {
            throw new Problem(HttpStatus.CONFLICT, "not dismissed", "'" + key + "' is not put aside.");
        }
        return done(object, null);
    }

    /** The reactions to an event are those of the process that stores it. */
    private void checkThatItWorks() {
        String why = actions.standsBy().orElse(null);
        if (why != null) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "this process stands by",
                    "It stores no events: " + why + ". Nothing was changed; ask a process that works.");
        }
    }

    private ObjectKey orphan(String text) {
        ObjectKey key = key("key", text);
        if (orphans.find(text).isEmpty()) {
            throw OrphanController.noOrphan(text);
        }
        return key;
    }

    private DoneView done(ObjectKey object, @Nullable UUID event) {
        return new DoneView(
                object.value(),
                event == null ? null : event.toString(),
                orphans.isOrphanNow(object.value()),
                orphans.dealsOf(object.value()));
    }

    private static UUID made(Supplier<UUID> event) {
        try {
            return event.get();
        } catch (RegistryUnavailableException e) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "registry away",
                    "The schema registry is needed to publish the event, and does not answer. Nothing was changed; try again.",
                    e);
        }
    }

    private static ObjectKey key(String name, @Nullable String text) {
        try {
            return new ObjectKey(
                    SubjectKey.parse(Objects.requireNonNullElse(text, "")).value());
        } catch (IllegalArgumentException e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not a key", "'" + name + "' " + e.getMessage() + ".", e);
        }
    }

    private static Order order(@Nullable String reason, Actor actor) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "no reason",
                    "'reason' says why, in 1 to " + LONGEST_REASON + " characters.");
        }
        return new Order(actor, Page.text(reason));
    }
}
