package io.masterdeal.service.query;

import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Reads instants of the past that a caller names, also by a date. */
final class PastInstant {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private PastInstant() {}

    /**
     * An instant that is not in the future.
     *
     * @param name of the parameter
     * @param text RFC 3339, or a date, which means its last millisecond
     * @param zone of a date, such as {@code Europe/Berlin}; null for UTC
     * @param clock tells the present
     * @return whole milliseconds
     * @throws Problem if it is neither, before 1970, in the future, or more precise than milliseconds, or there is no such zone
     */
    static Instant read(String name, String text, @Nullable String zone, Clock clock) {
        ZoneId place = zone(zone);
        Instant instant = DATE.matcher(text).matches() ? endOf(name, text, place) : instant(name, text);
        if (instant.isAfter(clock.instant())) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "in the future",
                    "'" + name + "' is " + Times.text(instant)
                            + ", which is in the future: nobody knows yet what will be known."
                            + " Give an instant of the past; a date means its last millisecond.");
        }
        return instant;
    }

    private static ZoneId zone(@Nullable String zone) {
        if (zone == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "no such zone",
                    "'zone' is a time zone such as Europe/Berlin, UTC or +03:00, not '" + zone
                            + "'. A '+' in it has to be written as %2B.",
                    e);
        }
    }

    private static Instant endOf(String name, String text, ZoneId zone) {
        try {
            return checked(
                    name,
                    text,
                    LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(zone)
                            .toInstant()
                            .minusMillis(1));
        } catch (DateTimeException e) {
            throw wrong(name, text, e);
        }
    }

    private static Instant instant(String name, String text) {
        try {
            return checked(name, text, OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw wrong(name, text, e);
        }
    }

    private static Instant checked(String name, String text, Instant instant) {
        if (instant.isBefore(Instant.EPOCH) || !instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
            throw wrong(name, text, null);
        }
        return instant;
    }

    private static Problem wrong(String name, String text, @Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not an instant",
                "'" + name
                        + "' is an instant like 2026-05-03T18:00:00Z, from 1970 on and at most milliseconds, or a date like"
                        + " 2026-05-03, which means its last millisecond in 'zone'; not '" + text
                        + "'. A '+' in it has to be written as %2B.",
                cause);
    }
}
