package io.masterdeal.contracts.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Instants as text, by RFC 3339 (section 5.6): date, time and offset from UTC, never without the offset.
 *
 * <p>Instants have millisecond precision; finer digits are truncated, not rounded. They lie between {@link #EARLIEST} and
 * {@link #LATEST}, whatever the offset, so that what is read can be written, and PostgreSQL can store it. Thread-safe.
 */
public final class Rfc3339 {
    /** The first instant: the start of the year 1 in UTC. RFC 3339 has a year 0, but PostgreSQL's text format does not. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /** The last instant: the end of the year 9999 in UTC. A year of five digits cannot be written. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** The error message for an instant outside the bounds. */
    public static final String OUT_OF_BOUNDS = "must lie within the years 0001 to 9999 in UTC";

    private static final Pattern SHAPE = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2})(?:\\.(\\d{1,40}))?([Zz]|[+-]\\d{2}:\\d{2})",
            Pattern.DOTALL);
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int CANONICAL_LENGTH = "2026-01-31T09:30:00.000Z".length();
    private static final int NANOS_OF_A_MILLI = 1_000_000;
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Rfc3339() {}

    /**
     * Reads an instant.
     *
     * @param text such as {@code 2026-01-31T09:30:00+03:00}
     * @return the instant, truncated to milliseconds
     * @throws IllegalArgumentException if the text is not an RFC 3339 date-time, or is out of bounds; the message says which
     */
    public static Instant parse(String text) {
        Instant canonical = canonical(text);
        Instant instant = canonical == null ? parseAny(text) : canonical;
        if (!isWithinBounds(instant)) {
            throw new IllegalArgumentException(OUT_OF_BOUNDS);
        }
        return instant;
    }

    /**
     * Whether an instant lies within the bounds.
     *
     * @param instant any
     * @return true from {@link #EARLIEST} to {@link #LATEST}, both included
     */
    public static boolean isWithinBounds(Instant instant) {
        return !instant.isBefore(EARLIEST)
                && !instant.truncatedTo(ChronoUnit.MILLIS).isAfter(LATEST);
    }

    private static Instant parseAny(String text) {
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
            return LocalDateTime.parse(seconds)
                    .toInstant(ZoneOffset.UTC)
                    .minusSeconds(offset(match.group(3)))
                    .truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("names no real date, time or offset: " + e.getMessage(), e);
        }
    }

    /** Seconds that an offset is ahead of UTC. RFC 3339 allows up to 23:59, the JDK only 18:00. */
    private static int offset(String text) {
        if (text.length() == 1) {
            return 0;
        }
        int hours = digits(text, 1, 3);
        int minutes = digits(text, 4, 6);
        if (hours > 23 || minutes > 59) {
            throw new IllegalArgumentException("names no real date, time or offset: an offset is at most 23:59");
        }
        int seconds = 60 * (60 * hours + minutes);
        return text.charAt(0) == '-' ? -seconds : seconds;
    }

    /** Fast path without regular expressions for the form that {@link #format} writes. Null for any other text. */
    private static @Nullable Instant canonical(String text) {
        if (text.length() != CANONICAL_LENGTH
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(19) != '.'
                || text.charAt(23) != 'Z') {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int milli = digits(text, 20, 23);
        if (year < 0 || milli < 0) {
            return null; // A negative month, day, hour, minute or second is refused below.
        }
        try {
            return LocalDateTime.of(year, month, day, hour, minute, second, milli * NANOS_OF_A_MILLI)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null; // No such day or time: the other way says so in words.
        }
    }

    /** Parses a part of a text as a number; negative if it contains anything but ASCII decimal digits. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /**
     * Writes an instant in the one canonical form: UTC, three digits of milliseconds, {@code Z}.
     *
     * @param instant within the bounds; truncated to milliseconds
     * @return such as {@code 2026-01-31T09:30:00.000Z}
     */
    public static String format(Instant instant) {
        return MILLIS.format(instant);
    }
}
