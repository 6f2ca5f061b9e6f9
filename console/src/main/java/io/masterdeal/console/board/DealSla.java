package io.masterdeal.console.board;

import java.util.Locale;

/** How a deal stands with its SLA: by the worst of its open clocks, see {@link Card#sla}. */
public enum DealSla {
    /** No clock is open. */
    NONE,
    /** All open clocks are in time. */
    OK,
    /** A warning of an open clock has passed. */
    AT_RISK,
    /** The target of an open clock is spent: it is late, and not done. */
    BREACHED;

    /** As in queries and words: {@code none}, {@code ok}, {@code at_risk}, {@code breached}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
