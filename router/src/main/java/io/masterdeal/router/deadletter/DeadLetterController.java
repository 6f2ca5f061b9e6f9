package io.masterdeal.router.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.access.AccessFilter;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.router.deadletter.DeadLetters.Action;
import io.masterdeal.router.deadletter.DeadLetters.Count;
import io.masterdeal.router.deadletter.DeadLetters.Effect;
import io.masterdeal.router.deadletter.DeadLetters.View;
import io.masterdeal.router.delivery.SubscriptionWorkers;
import io.masterdeal.router.ledger.DeliveryState;
import io.masterdeal.router.ledger.MessageCursor;
import io.swagger.v3.oas.annotations.Operation;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Dead letters: anyone with a key may read them, the operator may redrive and discard them. */
@RestController
@RequestMapping("/dead-letters")
class DeadLetterController {

    /** The most deliveries that one call redrives or discards. */
    private static final int MOST = 10_000;

    private static final int MOST_REASON = 500;

    /** The states in which an operator may decide; not those of deliveries under way. */
    private static final Set<String> DECIDED = Set.of("delivered", "dead_lettered", "discarded", "filtered", "parked");

    private final DeadLetters deadLetters;

    private final SubscriptionWorkers workers;

    DeadLetterController(DeadLetters deadLetters, SubscriptionWorkers workers) {
        this.deadLetters = deadLetters;
        this.workers = workers;
    }

    /** A page of dead letters, and the number of all selected ones by reason. */
    record Listing(Page<View> page, List<Count> reasons) {}

    /**
     * The request of an operator.
     *
     * @param selection which deliveries; all dead letters only with {@code all}
     * @param all must be true if nothing narrows the selection
     * @param dryRun only report what would happen
     * @param limit the most deliveries, in the order of acceptance
     * @param reason why, for the audit
     */
    record Request(
            @Nullable Selection selection,
            @Nullable Boolean all,
            @JsonProperty("dry_run") @Nullable Boolean dryRun,
            @Nullable Integer limit,
            @Nullable String reason) {}

    @Operation(summary = "Dead letters, the latest first, with a histogram of reasons")
    @GetMapping
    Listing list(
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(name = "master_deal_id", required = false) @Nullable UUID masterDealId,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit,
            @RequestAttribute(AccessFilter.CALLER) String caller)
            throws SQLException {
        Selection selection = new Selection(
                null, null, Page.text(subscription), Page.text(type), masterDealId, null, Page.text(reason), null);
        List<View> found = deadLetters.list(selection, MessageCursor.before(cursor), Page.limit(limit) + 1).stream()
                .map(it -> it.shownTo(caller))
                .toList();
        return new Listing(MessageCursor.page(found, limit, View::messageId), deadLetters.histogram(selection));
    }

    @Operation(summary = "Send dead letters again, or show what that would do (dry_run)")
    @PostMapping("/redrive")
    Effect redrive(@RequestBody Request request, @RequestAttribute(AccessFilter.CALLER) String caller)
            throws SQLException {
        Effect effect = deadLetters.redrive(selection(request), action(request, caller));
        workers.wake();
        return effect;
    }

    @Operation(summary = "Discard dead letters, so that they are not sent, or show what that would do (dry_run)")
    @PostMapping("/discard")
    Effect discard(@RequestBody Request request, @RequestAttribute(AccessFilter.CALLER) String caller)
            throws SQLException {
        Effect effect = deadLetters.discard(selection(request), action(request, caller));
        workers.wake();
        return effect;
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

    private static Action action(Request request, String caller) {
        int limit = request.limit() == null ? MOST : request.limit();
        if (limit < 1 || limit > MOST) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "limit out of range", "'limit' is 1 to " + MOST + ", not " + limit + ".");
        }
        String reason = request.reason() == null ? "" : request.reason().strip();
        boolean dryRun = Boolean.TRUE.equals(request.dryRun());
        if (!dryRun && reason.isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "no reason", "Say why: 'reason' is kept with what is done.");
        }
        if (reason.length() > MOST_REASON) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "reason too long", "'reason' has at most " + MOST_REASON + " characters.");
        }
        return new Action(dryRun, limit, Page.text(reason), caller);
    }
}
