package io.masterdeal.service.query;

import io.masterdeal.role.http.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Reads instants that a caller names. */
public final class InstantParameter {

    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private InstantParameter() {}

    /**
     * An instant.
     *
     * @param name of the parameter
     * @param text RFC 3339; null if it is left out
     * @return null if it is left out
     * @throws Problem if it is no instant, before 1970, from 2200 on, or has more than milliseconds
     */
    public static @Nullable Instant read(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(EARLIEST)
                    && instant.isBefore(LATEST)
                    && instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw wrong(name, text, e);
        }
        throw wrong(name, text, null);
    }

    private static Problem wrong(String name, String text, @Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not an instant",
                "'" + name + "' is an instant like 2026-04-06T09:00:00Z, from 1970 to 2199, at most milliseconds; not '"
                        + text + "'. A '+' in it has to be written as %2B.",
                cause);
    }
}
