package io.masterdeal.service.sla;

import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.InstantParameter;
import io.masterdeal.service.query.ShortClockView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists clocks as they were evaluated last: what is late, and what will be. */
@RestController
class ClockController {

    private final ClockQueries clocks;

    private final KnownPolicies known;

    ClockController(ClockQueries clocks, KnownPolicies known) {
        this.clocks = clocks;
        this.known = known;
    }

    @Operation(
            summary = "Clocks that have started, by page, each with its last cycle",
            description = "In the order of deal, policy and object; with 'due_before' those due first come first; with"
                    + " 'breached_from' or 'breached_to' the newest breach comes first. A page may have fewer clocks than"
                    + " 'limit' although there is a 'next'.")
    @GetMapping("/sla")
    Page<ShortClockView> list(
            @Parameter(description = "Only clocks in this state: running, paused, met, breached, cancelled")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "true: only clocks that are open, not breached, and have passed a warning")
                    @RequestParam(name = "at_risk", required = false)
                    @Nullable
                    String atRisk,
            @Parameter(description = "Only clocks of this policy") @RequestParam(required = false) @Nullable
                    String policy,
            @Parameter(description = "Only clocks measured by this segment") @RequestParam(required = false) @Nullable
                    String segment,
            @Parameter(description = "Only clocks of this domain") @RequestParam(required = false) @Nullable
                    String domain,
            @Parameter(description = "Only clocks of deals whose business field 'client' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String client,
            @Parameter(description = "Only open clocks that are due before this instant")
                    @RequestParam(name = "due_before", required = false)
                    @Nullable
                    String dueBefore,
            @Parameter(description = "Only clocks that were breached at this instant or later")
                    @RequestParam(name = "breached_from", required = false)
                    @Nullable
                    String breachedFrom,
            @Parameter(description = "Only clocks that were breached before this instant")
                    @RequestParam(name = "breached_to", required = false)
                    @Nullable
                    String breachedTo,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Clocks a page, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        KnownPolicies.check("state", state, KnownPolicies.STATES);
        KnownPolicies.check("segment", segment, known.segments());
        ClockFilter filter = new ClockFilter(
                known.chosen(policy, domain),
                policy == null && domain == null,
                segment,
                state,
                isAtRisk(atRisk),
                Page.text(client),
                InstantParameter.read("due_before", dueBefore),
                InstantParameter.read("breached_from", breachedFrom),
                InstantParameter.read("breached_to", breachedTo));
        Found<ShortClockView> found = clocks.list(filter, ClockPlace.read(cursor, filter.order()), Page.limit(limit));
        return Page.until(found.items(), found.next());
    }

    /** Those that are not at risk are of all kinds: in time, late, over. Who wants them names a state. */
    private static boolean isAtRisk(@Nullable String text) {
        if (text != null && !text.equals("true")) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "not a value of at_risk",
                    "'at_risk' is true or left out, not '" + text + "'.");
        }
        return text != null;
    }
}
