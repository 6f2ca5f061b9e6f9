package io.masterdeal.role.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the API writes them: UTC, always three decimals, {@code 2026-01-31T09:00:00.000Z}. */
public final class Times {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** An instant. */
    public static String text(Instant instant) {
        return FORMAT.format(instant);
    }

    /** An instant in ms since 1970. */
    public static String text(long ms) {
        return text(Instant.ofEpochMilli(ms));
    }
}
