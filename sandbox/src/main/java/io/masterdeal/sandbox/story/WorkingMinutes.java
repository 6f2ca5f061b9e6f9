package io.masterdeal.sandbox.story;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The working hours of a demonstration, which has no time for real ones: every even minute of UTC is working time, every odd one is
 * closed. The calendar of the demonstration's SLA policies is the same.
 */
public final class WorkingMinutes {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** How long before closing time something should begin that is to last over it. */
    private static final Duration SHORTLY = Duration.ofSeconds(6);

    /** What is left of a closed minute has to be so long for something to begin in it. */
    private static final Duration ENOUGH = Duration.ofSeconds(20);

    private WorkingMinutes() {}

    /**
     * Whether an instant is working time.
     *
     * @param at the instant
     * @return true if so
     */
    public static boolean isWorkingTime(Instant at) {
        return at.atZone(ZoneOffset.UTC).getMinute() % 2 == 0;
    }

    /**
     * How long to wait before something begins of which most is to happen while it is closed.
     *
     * @param now the instant
     * @return zero if now is such an instant, otherwise less than 75 s
     */
    static Duration untilClosingTime(Instant now) {
        Duration left = MINUTE.minusMillis(now.toEpochMilli() % MINUTE.toMillis());
        Duration wait;
        if (isWorkingTime(now)) {
            wait = left.minus(SHORTLY);
        } else {
            wait = left.compareTo(ENOUGH) < 0 ? left.plus(MINUTE).minus(SHORTLY) : Duration.ZERO;
        }
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
