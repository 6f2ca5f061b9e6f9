package io.masterdeal.console.alerts;

import java.util.Locale;

/** How urgent an alert is. */
public enum Severity {
    /** Somebody has to act now, also at night. */
    PAGE,
    /** Somebody has to look at it in working hours. */
    WARN,
    /** Good to know. */
    INFO;

    /** As in settings, files and the database. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads it; also as Prometheus' rules usually write it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Severity of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "page", "critical" -> PAGE;
            case "warn", "warning" -> WARN;
            case "info" -> INFO;
            default -> throw new IllegalArgumentException("'" + text + "' is not page, warn or info");
        };
    }
}
