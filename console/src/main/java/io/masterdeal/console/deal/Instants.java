package io.masterdeal.console.deal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads instants: those of other roles, and those that people type. */
final class Instants {

    private Instants() {}

    /** A field with an instant; null if it is missing or none. */
    static @Nullable Instant of(JsonNode object, String field) {
        return parse(object.path(field).asString(""));
    }

    /** An instant in the form of the other roles; null if it is none. */
    static @Nullable Instant parse(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    /**
     * An instant as typed: RFC 3339 with its offset, or a date with or without a time of day, which is read in a time zone. A date alone
     * means its last millisecond.
     *
     * @return empty if the text is none of these
     */
    static Optional<Instant> typed(String text, ZoneId zone) {
        try {
            if (text.endsWith("Z")) {
                return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MILLIS));
            }
            if (!text.contains("T")) {
                return Optional.of(LocalDate.parse(text)
                        .atTime(LocalTime.MAX)
                        .atZone(zone)
                        .toInstant()
                        .truncatedTo(ChronoUnit.MILLIS));
            }
            return Optional.of(
                    LocalDateTime.parse(text).atZone(zone).toInstant().truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** As a field of a form for date and time holds it, in a time zone. */
    static String field(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
