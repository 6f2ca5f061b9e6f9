package io.masterdeal.service.query;

import java.util.List;
import java.util.Locale;

/** By what deals are sorted. A list has only the deals that have it. */
enum DealSort {
    /** The key of the root. */
    ROOT,
    /** Since when the deal is in its stage. */
    STAGE_SINCE,
    /** The amount, as a number, whatever its currency. */
    AMOUNT,
    /** When its newest revision was made. One transaction may make several revisions of a deal. */
    UPDATED;

    /** As callers name it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns of a search that make up a deal's place. */
    List<String> columns() {
        return switch (this) {
            case ROOT -> List.of("place_root");
            case STAGE_SINCE, AMOUNT -> List.of("place_value", "place_root");
            case UPDATED -> List.of("place_value", "deal_id", "place_revision");
        };
    }
}
