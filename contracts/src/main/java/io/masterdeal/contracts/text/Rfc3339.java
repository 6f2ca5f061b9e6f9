package io.masterdeal.contracts.text;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Instants as text, by RFC 3339 (section 5.6): date, time and offset from UTC, never without the offset.
 *
 * <p>An instant of ours has whole milliseconds; finer digits are cut off, not rounded. Thread-safe.
 */
public final class Rfc3339 {
    private static final Pattern SHAPE = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2})(?:\\.(\\d{1,40}))?([Zz]|[+-]\\d{2}:\\d{2})",
            Pattern.DOTALL);
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Rfc3339() {}

    /**
     * Reads an instant.
     *
     * @param text such as {@code 2026-01-31T09:30:00+03:00}
     * @return the instant, cut to whole milliseconds
     * @throws IllegalArgumentException if the text is no RFC 3339 date-time; the message says what is wrong
     */
    public static Instant parse(String text) {
        var match = SHAPE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("must be an RFC 3339 time with an offset from UTC, such as"
                    + " 2026-01-31T09:30:00.000Z or 2026-01-31T12:30:00+03:00");
        }
        String fraction = match.group(2);
        String seconds = match.group(1);
        if (fraction != null) {
            seconds += "." + fraction.substring(0, Math.min(MAX_FRACTION_DIGITS, fraction.length()));
        }
        try {
            return OffsetDateTime.parse(seconds + match.group(3)).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("names no real date, time or offset: " + e.getMessage(), e);
        }
    }

    /**
     * Writes an instant in the one canonical form: UTC, three digits of milliseconds, {@code Z}.
     *
     * @param instant any instant of the years 0000 to 9999; finer than milliseconds is cut off
     * @return such as {@code 2026-01-31T09:30:00.000Z}
     */
    public static String format(Instant instant) {
        return MILLIS.format(instant);
    }
}
