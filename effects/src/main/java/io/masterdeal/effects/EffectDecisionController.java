package io.masterdeal.effects;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.effects.EffectDecisions.Decided;
import io.masterdeal.role.access.Actor;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.StrictJson;
import io.masterdeal.role.operation.OperationJobs;
import io.masterdeal.role.operation.OperatorActions;
import io.masterdeal.role.operation.OperatorActions.Deed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators decide about effects that failed or were suppressed. */
@RestController
@RequestMapping("/effects")
class EffectDecisionController {

    /** The most effects of one operation. */
    private static final int MOST = 1_000_000;

    private static final int MOST_IDS = 1000;

    private static final int MOST_REASON = 500;

    private static final Set<String> STATES = Set.of(EffectState.FAILED.text(), EffectState.SUPPRESSED.text());

    private final EffectQueries queries;

    private final EffectDecisions decisions;

    private final OperationJobs jobs;

    EffectDecisionController(EffectQueries queries, EffectDecisions decisions, OperationJobs jobs) {
        this.queries = queries;
        this.decisions = decisions;
        this.jobs = jobs;
    }

    /** The request of an operator. */
    @Schema(name = "EffectDecisionRequest")
    record Request(
            @Schema(description = "Which effects; all failed ones only with 'all'") @Nullable
            EffectSelection selection,

            @Schema(description = "Must be true if nothing but the state narrows the selection") @Nullable
            Boolean all,

            @Schema(description = "Only report what would happen, of the first 10,000 at most")
            @JsonProperty("dry_run")
            @Nullable
            Boolean dryRun,

            @Schema(
                    description =
                            "The most effects, in the order in which they were written: 1 to 1,000,000, else 10,000. Above"
                                    + " 10,000 it is done by and by, and the answer is 202")
            @Nullable
            Integer limit,

            @Schema(
                    description =
                            "Why: kept with what is done; at most 500 characters, required unless it is a dry run")
            @Nullable
            String reason) {}

    /** An operation that is done by and by. */
    @Schema(name = "OperationBegun")
    record Begun(
            @Schema(description = "Of the operation: GET /operations/{id} tells how far it is")
            UUID operation) {}

    @Operation(summary = "Send a suppressed or failed effect after all, whatever its reaction's conditions say")
    @PostMapping("/{id}/release")
    EffectView release(
            @Parameter(description = "Of the effect") @PathVariable String id,
            @Parameter(description = "Why; it is kept with what is done, at most 500 characters")
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        UUID effect = EffectController.id(id);
        EffectView before = find(effect);
        if (STATES.contains(before.state())) {
            EffectSelection selection = EffectSelection.of(effect, EffectState.of(before.state()));
            Deed deed = new Deed(
                    EffectWork.RELEASE,
                    JsonMapper.shared().valueToTree(selection),
                    reason == null || reason.isBlank() ? OperatorActions.NOT_GIVEN : checked(reason.strip()),
                    actor);
            if (decisions.now(deed, false, 1).selected() == 1) {
                return find(effect);
            }
        }
        throw new Problem(
                HttpStatus.CONFLICT,
                "not to be released",
                "The effect is " + find(effect).state() + "; only a suppressed or a failed one can be released.");
    }

    private EffectView find(UUID id) {
        return queries.find(id)
                .orElseThrow(
                        () -> new Problem(HttpStatus.NOT_FOUND, "no such effect", "There is no effect '" + id + "'."));
    }

    @Operation(summary = "Send failed or suppressed effects after all, or show which (dry_run)")
    @ApiResponse(
            responseCode = "200",
            description = "Done, or shown",
            content = @Content(schema = @Schema(implementation = Decided.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Begun: the limit is above 10,000",
            content = @Content(schema = @Schema(implementation = Begun.class)))
    @PostMapping("/release")
    ResponseEntity<Object> releaseSelected(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = Request.class)))
                    @RequestBody
                    JsonNode request,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        return decide(EffectWork.RELEASE, request, actor);
    }

    @Operation(summary = "Decide that failed effects are not sent: they are suppressed; or show which (dry_run)")
    @ApiResponse(
            responseCode = "200",
            description = "Done, or shown",
            content = @Content(schema = @Schema(implementation = Decided.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Begun: the limit is above 10,000",
            content = @Content(schema = @Schema(implementation = Begun.class)))
    @PostMapping("/skip")
    ResponseEntity<Object> skip(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = Request.class)))
                    @RequestBody
                    JsonNode request,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        return decide(EffectWork.SKIP, request, actor);
    }

    @Operation(
            summary = "Say that somebody has done by hand what effects ask for, or show which (dry_run)",
            description = "Those that make tasks for SLAs are skipped: they are needed to close the task.")
    @ApiResponse(
            responseCode = "200",
            description = "Done, or shown",
            content = @Content(schema = @Schema(implementation = Decided.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Begun: the limit is above 10,000",
            content = @Content(schema = @Schema(implementation = Begun.class)))
    @PostMapping("/done")
    ResponseEntity<Object> done(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = Request.class)))
                    @RequestBody
                    JsonNode request,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        return decide(EffectWork.DONE, request, actor);
    }

    private ResponseEntity<Object> decide(String action, JsonNode body, Actor actor) throws SQLException {
        Request request = StrictJson.read(body, Request.class);
        boolean dryRun = Boolean.TRUE.equals(request.dryRun());
        Deed deed = new Deed(
                action,
                JsonMapper.shared().valueToTree(selection(action, request)),
                reason(request.reason(), dryRun),
                actor);
        int limit = limit(request, dryRun);
        if (limit > EffectDecisions.MOST_AT_ONCE) {
            UUID operation = decisions.later(deed, limit);
            jobs.wake();
            return ResponseEntity.accepted()
                    .location(URI.create("/operations/" + operation))
                    .body(new Begun(operation));
        }
        return ResponseEntity.ok(decisions.now(deed, dryRun, limit));
    }

    private static EffectSelection selection(String action, Request request) {
        EffectSelection selection =
                request.selection() == null ? new EffectSelection(null, null, null, null, null) : request.selection();
        if (selection.isOpen() && !Boolean.TRUE.equals(request.all())) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "everything is meant",
                    "Narrow the selection, or set \"all\" to true if you mean every effect in that state.");
        }
        if (!STATES.contains(selection.stateOrFailed())) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not such a state", "'state' is failed or suppressed.");
        }
        if (action.equals(EffectWork.SKIP) && !selection.stateOrFailed().equals(EffectState.FAILED.text())) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "not such a state",
                    "Only failed effects can be skipped: leave 'state' out.");
        }
        if (selection.ids() != null && selection.ids().size() > MOST_IDS) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "too many ids", "'ids' has at most " + MOST_IDS + "; ask several times.");
        }
        Page.text(selection.reaction());
        Page.text(selection.reason());
        return selection;
    }

    private static int limit(Request request, boolean dryRun) {
        int limit = request.limit() == null ? EffectDecisions.MOST_AT_ONCE : request.limit();
        int most = dryRun ? EffectDecisions.MOST_AT_ONCE : MOST;
        if (limit < 1 || limit > most) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "limit out of range",
                    "'limit' is 1 to " + most + (dryRun ? " of a dry run" : "") + ", not " + limit + ".");
        }
        return limit;
    }

    private static String reason(@Nullable String given, boolean dryRun) {
        String reason = given == null ? "" : given.strip();
        if (!dryRun && reason.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "no reason", "Say why: 'reason' is kept with what is done.");
        }
        return checked(reason);
    }

    private static String checked(String reason) {
        if (reason.length() > MOST_REASON) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "reason too long", "'reason' has at most " + MOST_REASON + " characters.");
        }
        return Page.text(reason);
    }
}
