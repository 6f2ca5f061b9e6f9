package io.masterdeal.app.replay.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of a log: ISO 8601 calendar dates in extended or basic form, with or without a time of day and an offset. Week and
 * ordinal dates are not read.
 */
final class LogTime {

    private static final Pattern ISO = Pattern.compile("(\\d{4})(-?)(\\d{2})\\2(\\d{2})"
            + "(?:[Tt ](\\d{2})(?::?(\\d{2})(?::?(\\d{2})(?:[.,](\\d+))?)?)?"
            + "([Zz]|([+-])(\\d{2}):?(\\d{2})?(?::?(\\d{2}))?)?)?");
    private static final DateTimeFormatter WITH_MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private LogTime() {}

    /**
     * The instant in UTC as RFC 3339 with three decimals; further digits are cut off.
     *
     * @param text a time
     * @param zone the offset for a time without one
     * @return empty if the text is not a time, or outside the years 1 to 9999
     */
    static Optional<String> utc(String text, ZoneOffset zone) {
        Matcher m = ISO.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(m, 1), number(m, 3), number(m, 4), number(m, 5), number(m, 6), number(m, 7), nanos(m));
            // Offsets are subtracted here: ZoneOffset allows at most 18 hours.
            long offset = m.group(9) == null ? zone.getTotalSeconds() : offsetSeconds(m);
            Instant instant =
                    local.toInstant(ZoneOffset.UTC).minusSeconds(offset).truncatedTo(ChronoUnit.MILLIS);
            boolean inRange = !instant.isBefore(FIRST) && instant.isBefore(AFTER_LAST);
            return inRange ? Optional.of(WITH_MILLISECONDS.format(instant)) : Optional.empty();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static long offsetSeconds(Matcher m) {
        if (m.group(10) == null) {
            return 0;
        }
        int hours = number(m, 11);
        int minutes = number(m, 12);
        int seconds = number(m, 13);
        if (hours > 23 || minutes > 59 || seconds > 59) {
            throw new DateTimeException("no such offset");
        }
        long total = hours * 3600L + minutes * 60L + seconds;
        return m.group(10).equals("-") ? -total : total;
    }

    private static int nanos(Matcher m) {
        String digits = m.group(8);
        return digits == null ? 0 : Integer.parseInt((digits + "000000000").substring(0, 9));
    }

    private static int number(Matcher m, int group) {
        String digits = m.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
