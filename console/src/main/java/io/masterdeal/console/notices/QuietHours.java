package io.masterdeal.console.notices;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of each day.
 *
 * @param from the first minute
 * @param to the first minute after it; earlier than {@code from} if it spans midnight
 * @param zone of both
 */
record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

    private static final Pattern FORM = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) (\\S+)");

    /**
     * Reads {@code 22:00-07:00 Europe/Moscow}.
     *
     * @throws IllegalArgumentException if it is not of this form
     */
    static QuietHours read(String text) {
        Matcher parts = FORM.matcher(text);
        try {
            if (parts.matches()) {
                return new QuietHours(
                        LocalTime.parse(parts.group(1)), LocalTime.parse(parts.group(2)), ZoneId.of(parts.group(3)));
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not such as '22:00-07:00 Europe/Moscow'", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not such as '22:00-07:00 Europe/Moscow'");
    }

    /** Whether an instant is within. */
    boolean contains(Instant instant) {
        LocalTime time = instant.atZone(zone).toLocalTime();
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }
}
