package io.masterdeal.router.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.access.AccessFilter;
import io.masterdeal.role.access.Actor;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.StrictJson;
import io.masterdeal.role.operation.OperationJobs;
import io.masterdeal.router.deadletter.DeadLetters.Count;
import io.masterdeal.router.deadletter.DeadLetters.Groups;
import io.masterdeal.router.deadletter.Decisions.Decision;
import io.masterdeal.router.deadletter.Decisions.Effect;
import io.masterdeal.router.delivery.SubscriptionWorkers;
import io.masterdeal.router.ledger.DeliveryState;
import io.masterdeal.router.ledger.MessageCursor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Dead letters: anyone with a key may read them, the operator may redrive and discard them. */
@RestController
@RequestMapping("/dead-letters")
class DeadLetterController {

    /** The most deliveries of one operation. */
    private static final int MOST = 1_000_000;

    private static final int MOST_REASON = 500;

    /** The states in which an operator may decide; not those of deliveries under way. */
    private static final Set<String> DECIDED = Set.of("delivered", "dead_lettered", "discarded", "filtered", "parked");

    private final DeadLetters deadLetters;

    private final Decisions decisions;

    private final SubscriptionWorkers workers;

    private final OperationJobs jobs;

    DeadLetterController(
            DeadLetters deadLetters, Decisions decisions, SubscriptionWorkers workers, OperationJobs jobs) {
        this.deadLetters = deadLetters;
        this.decisions = decisions;
        this.workers = workers;
        this.jobs = jobs;
    }

    /** A page of dead letters, and the number of selected ones by reason. */
    record Listing(
            Page<DeadLetterView> page,

            @Schema(
                    description =
                            "Of the latest 10,000 dead letters, those that are selected, by subscription and reason")
            List<Count> reasons,

            @Schema(description = "Whether there are no more than these 10,000")
            boolean reasonsWhole) {}

    /** An operation that is done by and by. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Begun(
            @Schema(description = "Of the operation: GET /operations/{id} tells how far it is")
            UUID operation) {}

    /** The request of an operator. */
    record Request(
            @Schema(description = "Which deliveries; all dead letters only with 'all'") @Nullable
            Selection selection,

            @Schema(description = "Must be true if nothing narrows the selection") @Nullable
            Boolean all,

            @Schema(description = "Only report what would happen, of the first 10,000 at most")
            @JsonProperty("dry_run")
            @Nullable
            Boolean dryRun,

            @Schema(
                    description =
                            "The most deliveries, in the order of acceptance: 1 to 1,000,000, else 10,000. Above 10,000 it"
                                    + " is done by and by, and the answer is 202")
            @Nullable
            Integer limit,

            @Schema(
                    description =
                            "Why: kept with what is done; at most 500 characters, required unless it is a dry run")
            @Nullable
            String reason) {}

    @Operation(summary = "Dead letters, the latest first, and how many have which reason")
    @GetMapping
    Listing list(
            @Parameter(description = "Only those of this subscription") @RequestParam(required = false) @Nullable
                    String subscription,
            @Parameter(description = "Only events of this type") @RequestParam(required = false) @Nullable String type,
            @Parameter(description = "Only events of this deal")
                    @RequestParam(name = "master_deal_id", required = false)
                    @Nullable
                    UUID masterDealId,
            @Parameter(description = "Only those with this reason code, such as gave-up")
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @Parameter(description = "Only those whose last answer had this HTTP status")
                    @RequestParam(name = "last_status", required = false)
                    @Nullable
                    Integer lastStatus,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Dead letters a page, at most 1000") @RequestParam(defaultValue = "100") int limit,
            @RequestAttribute(AccessFilter.CALLER) String caller)
            throws SQLException {
        Selection selection = selection(subscription, type, masterDealId, reason, lastStatus);
        List<DeadLetterView> found =
                deadLetters.list(selection, MessageCursor.before(cursor), Page.limit(limit) + 1).stream()
                        .map(it -> it.shownTo(caller))
                        .toList();
        Groups groups = deadLetters.groups(selection, null);
        return new Listing(
                MessageCursor.page(found, limit, DeadLetterView::messageId),
                DeadLetters.reasons(groups),
                groups.whole());
    }

    @Operation(
            summary =
                    "Dead letters by subscription, type, reason and status of the last answer, the largest group first",
            description =
                    "Looks at the 10,000 latest dead letters, whether they fit or not, and says whether these are all.")
    @GetMapping("/groups")
    Groups groups(
            @Parameter(description = "Only those of this subscription") @RequestParam(required = false) @Nullable
                    String subscription,
            @Parameter(description = "Only events of this type") @RequestParam(required = false) @Nullable String type,
            @Parameter(description = "Only events of this deal")
                    @RequestParam(name = "master_deal_id", required = false)
                    @Nullable
                    UUID masterDealId,
            @Parameter(description = "Only those with this reason code, such as gave-up")
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @Parameter(description = "Only those whose last answer had this HTTP status")
                    @RequestParam(name = "last_status", required = false)
                    @Nullable
                    Integer lastStatus,
            @Parameter(description = "Looks only at dead letters of messages before this one: 'next' of an answer")
                    @RequestParam(name = "before_message_id", required = false)
                    @Nullable
                    Long before)
            throws SQLException {
        return deadLetters.groups(selection(subscription, type, masterDealId, reason, lastStatus), before);
    }

    private static Selection selection(
            @Nullable String subscription,
            @Nullable String type,
            @Nullable UUID masterDealId,
            @Nullable String reason,
            @Nullable Integer lastStatus) {
        return new Selection(
                null,
                null,
                Page.text(subscription),
                Page.text(type),
                masterDealId,
                null,
                Page.text(reason),
                lastStatus,
                null);
    }

    @Operation(summary = "Send dead letters again, or show what that would do (dry_run)")
    @ApiResponse(
            responseCode = "200",
            description = "Done, or shown",
            content = @Content(schema = @Schema(implementation = Effect.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Begun: the limit is above 10,000",
            content = @Content(schema = @Schema(implementation = Begun.class)))
    @PostMapping("/redrive")
    ResponseEntity<Object> redrive(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = Request.class)))
                    @RequestBody
                    JsonNode request,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        return decide(DecisionWork.REDRIVE, request, actor);
    }

    @Operation(summary = "Discard dead letters, so that they are not sent, or show what that would do (dry_run)")
    @ApiResponse(
            responseCode = "200",
            description = "Done, or shown",
            content = @Content(schema = @Schema(implementation = Effect.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Begun: the limit is above 10,000",
            content = @Content(schema = @Schema(implementation = Begun.class)))
    @PostMapping("/discard")
    ResponseEntity<Object> discard(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = Request.class)))
                    @RequestBody
                    JsonNode request,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        return decide(DecisionWork.DISCARD, request, actor);
    }

    private ResponseEntity<Object> decide(String action, JsonNode body, Actor actor) throws SQLException {
        Request request = StrictJson.read(body, Request.class);
        boolean dryRun = Boolean.TRUE.equals(request.dryRun());
        Decision decision = new Decision(action, selection(request), reason(request, dryRun), actor);
        int limit = limit(request, dryRun);
        if (limit > Decisions.MOST_AT_ONCE) {
            UUID operation = decisions.later(decision, limit);
            jobs.wake();
            return ResponseEntity.accepted()
                    .location(URI.create("/operations/" + operation))
                    .body(new Begun(operation));
        }
        Effect effect = decisions.now(decision, dryRun, limit);
        workers.wake();
        return ResponseEntity.ok(effect);
    }

    private static Selection selection(Request request) {
        Selection selection = request.selection() == null ? Selection.ALL : request.selection();
        if (selection.equals(Selection.ALL) && !Boolean.TRUE.equals(request.all())) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "everything is meant",
                    "Narrow the selection, or set \"all\" to true if you mean every dead letter.");
        }
        List<String> states = selection.states();
        if (states != null) {
            if (!DECIDED.containsAll(states) || states.isEmpty()) {
                throw new Problem(
                        HttpStatus.BAD_REQUEST,
                        "not such states",
                        "'states' are of " + DECIDED.stream().sorted().toList());
            }
            if (!selection.namesMessages() && !states.equals(List.of(DeliveryState.DEAD_LETTERED.text()))) {
                throw new Problem(
                        HttpStatus.BAD_REQUEST,
                        "not only dead letters",
                        "Others than dead letters are named one by one: give message_ids or event_ids.");
            }
        }
        return selection;
    }

    private static int limit(Request request, boolean dryRun) {
        int limit = request.limit() == null ? Decisions.MOST_AT_ONCE : request.limit();
        if (limit < 1 || limit > MOST) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "limit out of range", "'limit' is 1 to " + MOST + ", not " + limit + ".");
        }
        if (dryRun && limit > Decisions.MOST_AT_ONCE) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "limit out of range",
                    "A dry run looks at " + Decisions.MOST_AT_ONCE
                            + " at most. How many there are says GET /dead-letters/groups.");
        }
        return limit;
    }

    private static String reason(Request request, boolean dryRun) {
        String reason = request.reason() == null ? "" : request.reason().strip();
        if (!dryRun && reason.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "no reason", "Say why: 'reason' is kept with what is done.");
        }
        if (reason.length() > MOST_REASON) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "reason too long", "'reason' has at most " + MOST_REASON + " characters.");
        }
        return Page.text(reason);
    }
}
