package io.masterdeal.service.sla;

import org.jspecify.annotations.Nullable;

/** In which order clocks are listed. */
enum ClockOrder {
    /** By deal, policy and object. */
    KEY(null, ""),
    /** The one due first comes first. */
    DUE("due_at", ""),
    /** The newest breach comes first. */
    BREACHED("breached_at", " DESC");

    private static final String KEYS = "root_key, policy, object";

    private final @Nullable String time;

    private final String direction;

    ClockOrder(@Nullable String time, String direction) {
        this.time = time;
        this.direction = direction;
    }

    /** The column of the time that comes before the key; null if the key alone decides. */
    @Nullable
    String time() {
        return time;
    }

    private String columns() {
        return time == null ? KEYS : time + ", " + KEYS;
    }

    /** As SQL says it. */
    String sql() {
        return columns().replace(",", direction + ",") + direction;
    }

    /** The condition for what follows a place, with the parameters {@code time}, {@code root}, {@code policy} and {@code object}. */
    String following() {
        return "(" + columns() + ") " + (direction.isEmpty() ? ">" : "<") + " (" + (time == null ? "" : ":time, ")
                + ":root, :policy, :object)";
    }
}
