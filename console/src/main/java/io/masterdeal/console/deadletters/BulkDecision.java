package io.masterdeal.console.deadletters;

import io.masterdeal.console.deadletters.DeadLetterLedger.Grouped;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a decision on many dead letters would do.
 *
 * @param action redrive or discard
 * @param filter which dead letters are meant
 * @param groups how they are, by what they have in common
 * @param selected how many are meant
 * @param parked how many of the first 10,000 were redriven too often already, and would be parked
 * @param unsendable how many of the first 10,000 are not stored whole, and would be left as they are
 * @param behind how many deliveries wait behind the first 10,000
 * @param samples up to twenty of them
 */
public record BulkDecision(
        String action,
        DeadLetterFilter filter,
        List<DeadLetterGroup> groups,
        long selected,
        long parked,
        long unsendable,
        long behind,
        List<DeadLetterRow> samples) {

    /** Above this number a person types the number, so that nobody decides on many by a slip. */
    public static final long MOST_UNTYPED = 1000;

    /** A dry run looks at so many. */
    public static final long MOST_TRIED = 10_000;

    static BulkDecision read(String action, DeadLetterFilter filter, Grouped groups, JsonNode effect) {
        long tried = effect.path("selected").asLong(0);
        return new BulkDecision(
                action,
                filter,
                filter.event().isEmpty() ? groups.items() : List.of(),
                tried < MOST_TRIED ? tried : Math.max(tried, groups.total()),
                effect.path("parked").asLong(0),
                effect.path("unsendable").asLong(0),
                effect.path("behind").asLong(0),
                effect.path("sample")
                        .valueStream()
                        .limit(20)
                        .map(letter -> DeadLetterRow.read(letter, true))
                        .toList());
    }

    /** Whether the number has to be typed. */
    public boolean isTyped() {
        return selected > MOST_UNTYPED;
    }

    /** Whether only a part of them was tried out. */
    public boolean isPartial() {
        return selected > MOST_TRIED;
    }
}
