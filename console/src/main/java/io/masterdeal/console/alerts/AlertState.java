package io.masterdeal.console.alerts;

import java.util.Locale;

/** Whether an alert still holds. */
public enum AlertState {
    /** It holds. */
    FIRING,
    /** It does not hold any more. */
    RESOLVED;

    /** As in the database and in notices. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
