package io.masterdeal.router.ledger;

import io.masterdeal.role.http.Problem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Reads a time range of the ledger from a request. The ledger counts by the hour, so a range covers whole hours. */
public final class HourRange {

    /** PostgreSQL stores fewer instants than there are. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private HourRange() {}

    /**
     * The start of the range.
     *
     * @param text UTC, or null for everything in the ledger
     * @throws Problem if it is not a time
     */
    public static Instant since(@Nullable String text) {
        return text == null ? Instant.EPOCH : instant(text);
    }

    /**
     * An instant in the hour after the last hour of the range.
     *
     * @param text UTC, or null for everything up to now
     * @throws Problem if it is not a time
     */
    public static Instant until(@Nullable String text) {
        Instant last = text == null ? Instant.now().plus(1, ChronoUnit.DAYS) : instant(text);
        return last.plus(1, ChronoUnit.HOURS);
    }

    private static Instant instant(String text) {
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            throw wrong(e);
        }
        throw wrong(null);
    }

    private static Problem wrong(@Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not a time",
                "A time is UTC, such as 2026-01-31T09:00:00Z, from 1970 to 2199.",
                cause);
    }
}
