package io.masterdeal.console.deal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to see of a deal.
 *
 * @param id of the deal, or the key of any of its objects
 * @param tab the part below the timeline
 * @param knownAt the deal by what was known then; null for what is known now
 * @param at the instant for which clocks are read; null for now
 * @param cursor of the page of a list; null for the first page
 * @param domain only facts of this domain; empty for all
 * @param now the instant of the page
 */
public record DealRequest(
        String id,
        Tab tab,
        @Nullable Instant knownAt,
        @Nullable Instant at,
        @Nullable String cursor,
        String domain,
        Instant now) {
    /** The end of the timeline: the instant of which the page tells. */
    public Instant end() {
        return knownAt == null ? now : knownAt;
    }
}
