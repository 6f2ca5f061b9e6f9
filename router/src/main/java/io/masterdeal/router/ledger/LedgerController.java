package io.masterdeal.router.ledger;

import io.masterdeal.router.ledger.LedgerSums.Sums;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The sums of the ledger. */
@RestController
@RequestMapping("/ledger")
class LedgerController {

    private final LedgerSums sums;

    LedgerController(LedgerSums sums) {
        this.sums = sums;
    }

    /**
     * The sums of a subscription in the API.
     *
     * @param filterFailed the filtered ones whose filter could not be evaluated
     */
    record Line(
            String subscription,
            long seen,
            long unwanted,
            long unreadable,
            long accepted,
            long pending,
            long parked,
            long delivered,
            long filtered,
            long filterFailed,
            long deadLettered,
            long refused,
            long discarded) {
        static Line of(Map.Entry<String, Sums> entry) {
            Sums sums = entry.getValue();
            Map<DeliveryState, Long> states = sums.states();
            return new Line(
                    entry.getKey(),
                    sums.seen(),
                    sums.unwanted(),
                    sums.unreadable(),
                    sums.accepted(),
                    states.getOrDefault(DeliveryState.PENDING, 0L),
                    states.getOrDefault(DeliveryState.PARKED, 0L),
                    states.getOrDefault(DeliveryState.DELIVERED, 0L),
                    states.getOrDefault(DeliveryState.FILTERED, 0L),
                    sums.filterFailed(),
                    states.getOrDefault(DeliveryState.DEAD_LETTERED, 0L),
                    states.getOrDefault(DeliveryState.REFUSED, 0L),
                    states.getOrDefault(DeliveryState.DISCARDED, 0L));
        }
    }

    /** All sums. */
    record Lines(List<Line> items) {}

    @Operation(summary = "How many deliveries of each subscription are in which state")
    @GetMapping
    Lines sums(
            @Parameter(description = "From the beginning of this hour on; everything that is kept if absent")
                    @RequestParam(required = false)
                    @Nullable
                    String since,
            @Parameter(description = "Up to the end of this hour") @RequestParam(required = false) @Nullable
                    String until)
            throws SQLException {
        return new Lines(sums.between(HourRange.since(since), HourRange.until(until)).entrySet().stream()
                .map(Line::of)
                .toList());
    }
}
