package io.masterdeal.router.ledger;

import io.masterdeal.role.http.Problem;
import io.masterdeal.router.ledger.LedgerCheck.Difference;
import io.masterdeal.router.ledger.LedgerSums.Sums;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The sums of the ledger, and whether they add up. */
@RestController
@RequestMapping("/ledger")
class LedgerController {

    private final LedgerSums sums;

    private final LedgerCheck check;

    LedgerController(LedgerSums sums, LedgerCheck check) {
        this.sums = sums;
        this.check = check;
    }

    /** The sums of a subscription as they are told. */
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
            long deadLettered,
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
                    states.getOrDefault(DeliveryState.DEAD_LETTERED, 0L),
                    states.getOrDefault(DeliveryState.DISCARDED, 0L));
        }
    }

    /** All sums. */
    record Lines(List<Line> items) {}

    /** What a check found. */
    record Verdict(boolean whole, List<Difference> differences) {}

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
        return new Lines(sums.between(since(since), until(until)).entrySet().stream()
                .map(Line::of)
                .toList());
    }

    @Operation(summary = "Whether every event is accounted for, and what is not")
    @GetMapping("/verify")
    Verdict verify(
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until)
            throws SQLException {
        List<Difference> differences = check.differences(since(since), until(until));
        return new Verdict(differences.isEmpty(), differences);
    }

    private static Instant since(@Nullable String text) {
        return text == null ? Instant.EPOCH : instant(text);
    }

    private static Instant until(@Nullable String text) {
        Instant last = text == null ? Instant.now().plus(1, ChronoUnit.DAYS) : instant(text);
        return last.plus(1, ChronoUnit.HOURS);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not a time", "A time is UTC, such as 2026-01-31T09:00:00Z.", e);
        }
    }
}
