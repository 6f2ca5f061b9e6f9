package io.masterdeal.service.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which deals are wanted; null means any.
 *
 * @param stage of the deal
 * @param outcome of the deal
 * @param object the key of one of its objects
 * @param fields what its root says
 * @param gap a stage that the deal lacks
 * @param contradictory only those that are closed, and yet lost or cancelled
 * @param stuckSince only open ones that came to their stage before
 * @param updatedSince only those whose newest revision was made then or later
 */
record WantedDeals(
        @Nullable String stage,
        @Nullable String outcome,
        @Nullable String object,
        FieldFilter fields,
        @Nullable String gap,
        boolean contradictory,
        @Nullable Instant stuckSince,
        @Nullable Instant updatedSince) {

    /** Any deal. */
    static final WantedDeals ANY = new WantedDeals(null, null, null, FieldFilter.ANY, null, false, null, null);

    /** Whether only open deals are wanted. */
    boolean isOfOpenDeals() {
        return stuckSince != null || "open".equals(outcome);
    }

    /** The order of the list if none is asked for: that in which what is wanted stands together. */
    DealOrder order() {
        DealSort sort =
                updatedSince != null ? DealSort.UPDATED : stuckSince != null ? DealSort.STAGE_SINCE : DealSort.ROOT;
        return new DealOrder(sort, false);
    }
}
