package io.masterdeal.console.board;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Instants as milliseconds since 1970, UTC, as columns have them. */
final class Millis {
    /** No instant; it is after all others. */
    static final long NONE = Long.MAX_VALUE;

    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE - 2);

    private Millis() {}

    /** The millisecond in which an instant lies; {@link #NONE} for null. */
    static long of(@Nullable Instant instant) {
        if (instant == null) {
            return NONE;
        }
        if (instant.isAfter(LAST)) {
            return NONE - 1;
        }
        return instant.isBefore(FIRST) ? Long.MIN_VALUE : instant.toEpochMilli();
    }

    /** The first millisecond that is not before an instant. */
    static long from(Instant instant) {
        long millis = of(instant);
        return millis < NONE - 1 && Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
    }

    /** Null for {@link #NONE}. */
    static @Nullable Instant instant(long millis) {
        return millis == NONE ? null : Instant.ofEpochMilli(millis);
    }
}
