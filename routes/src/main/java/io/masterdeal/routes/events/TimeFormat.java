package io.masterdeal.routes.events;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The time format of another system, such as {@code dd.MM.yyyy H:mm[:ss]} in Moscow. */
final class TimeFormat {

    private final String pattern;

    private final DateTimeFormatter format;

    private final ZoneId zone;

    private TimeFormat(String pattern, DateTimeFormatter format, ZoneId zone) {
        this.pattern = pattern;
        this.format = format;
        this.zone = zone;
    }

    /**
     * What parameters say.
     *
     * @param pattern as of {@link DateTimeFormatter}; null for RFC 3339
     * @param zone as of {@link ZoneId}, for times that tell none; null for UTC
     * @return null if there is no pattern
     * @throws IllegalArgumentException if they say nothing that is known
     */
    static @Nullable TimeFormat of(@Nullable Object pattern, @Nullable Object zone) {
        if (pattern == null) {
            if (zone != null) {
                throw new IllegalArgumentException(
                        "timeZone is for times that timeFormat describes, and there is none");
            }
            return null;
        }
        try {
            DateTimeFormatter format = new DateTimeFormatterBuilder()
                    .appendPattern(pattern.toString())
                    .parseDefaulting(ChronoField.ERA, IsoEra.CE.getValue())
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
            return new TimeFormat(
                    pattern.toString(), format, zone == null ? ZoneOffset.UTC : ZoneId.of(zone.toString()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "timeFormat and timeZone must be like 'dd.MM.yyyy H:mm' and 'Europe/Moscow': " + e.getMessage(), e);
        }
    }

    /**
     * A time in RFC 3339; of a date without a time its begin.
     *
     * @throws DateTimeException if the text is not written so
     */
    String read(String text) {
        try {
            TemporalAccessor read = format.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            OffsetDateTime time = switch (read) {
                case OffsetDateTime told -> told;
                case LocalDateTime local -> local.atZone(zone).toOffsetDateTime();
                default -> LocalDate.from(read).atStartOfDay(zone).toOffsetDateTime();
            };
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        } catch (DateTimeException e) {
            throw new DateTimeException("The time '" + text + "' is not written as '" + pattern + "'", e);
        }
    }
}
