package io.masterdeal.contracts.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Upper limits for the version of an object: how far its time may be ahead of the clock, and how large its sequence may be. The
 * newest version wins, so an event from the far future would remain the newest forever.
 *
 * <p>The gateway checks both. The intake checks only the time, against the clock of the broker that appended the record, so that
 * reading the record again gives the same result; a large sequence that is already in Kafka was accepted and stays acceptable.
 * This class does not check what cannot be stored at all: times outside the years 1 to 9999 and sequences that do not fit in 64
 * bits are refused wherever an event is read ({@link ContextAttributes}). Immutable; thread-safe.
 */
public final class VersionLimits {
    /** The setting for the tolerance, a duration such as {@code 5m}; the same for gateway and service. */
    public static final String AHEAD_SETTING = "masterdeal.events.ahead";

    /** The default tolerance, as text for a placeholder. It allows for clocks that differ. */
    public static final String AHEAD_DEFAULT = "5m";

    /**
     * The largest sequence that the gateway accepts, 2^62-1. All real counters fit, including nanoseconds since 1970 until the year
     * 2116, but not the largest 64-bit numbers, which programs use for "newest", "none" or "forever".
     */
    public static final long LARGEST_SEQUENCE = (1L << 62) - 1;

    private final Duration ahead;

    /**
     * Creates limits with a tolerance.
     *
     * @param ahead how far an event's time may be ahead of the clock; not negative
     * @throws IllegalArgumentException if it is negative
     */
    public VersionLimits(Duration ahead) {
        if (ahead.isNegative()) {
            throw new IllegalArgumentException(
                    AHEAD_SETTING + " is " + ahead + ", and has to be 0 or more, such as " + AHEAD_DEFAULT);
        }
        this.ahead = ahead;
    }

    /**
     * Checks the version of an event that is about to be accepted.
     *
     * @param envelope of the event
     * @param now by the clock of the acceptor
     * @return the violations, with pointers into the event's JSON; empty if there are none
     */
    public List<Violation> atDoor(Envelope envelope, Instant now) {
        var violations = new ArrayList<Violation>();
        Violation time = ofTime(envelope, now);
        if (time != null) {
            violations.add(time);
        }
        Long sequence = envelope.sequence();
        if (sequence != null && sequence > LARGEST_SEQUENCE) {
            violations.add(
                    new Violation(
                            "/sequence",
                            "must be at most " + LARGEST_SEQUENCE + ", not " + sequence
                                    + ": after a version that has no next one, nothing about this object would count any more"));
        }
        return violations;
    }

    /**
     * Checks the time of an event that was accepted earlier.
     *
     * @param envelope of the event
     * @param accepted when it was accepted, by the clock of the acceptor
     * @return the violation; null if there is none
     */
    public @Nullable Violation ofTime(Envelope envelope, Instant accepted) {
        if (Duration.between(accepted, envelope.time()).compareTo(ahead) <= 0) {
            return null;
        }
        return new Violation(
                "/time",
                "must not be more than " + inWords(ahead) + " ahead of the clock, which was at " + accepted + ", not "
                        + envelope.time() + ": later events about this object would count for older");
    }

    private static String inWords(Duration duration) {
        return duration.toMillis() % 60_000 == 0 ? duration.toMinutes() + " min" : duration.toMillis() + " ms";
    }
}
