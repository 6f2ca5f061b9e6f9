package io.masterdeal.service.query;

import io.masterdeal.role.http.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Reads durations that a caller names. */
final class DurationParameter {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private DurationParameter() {}

    /**
     * A duration.
     *
     * @param name of the parameter
     * @param text as ISO 8601 has it, in days and less; null if it is left out
     * @return null if it is left out
     * @throws Problem if it is no duration, negative, or more than 36,500 days
     */
    static @Nullable Duration read(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            throw wrong(name, text, e);
        }
        throw wrong(name, text, null);
    }

    private static Problem wrong(String name, String text, @Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not a duration",
                "'" + name + "' is a duration like P5D or PT2H30M, at most P36500D, without months and years; not '"
                        + text + "'.",
                cause);
    }
}
