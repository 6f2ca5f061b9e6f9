package io.masterdeal.contracts.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the version of an object may be ahead: its time of the clock, its sequence of all that can be counted. The newest
 * version wins, so one event from far ahead would stay the newest for good, whatever comes after it.
 *
 * <p>The gateway refuses both. The intake judges the time alone, by the clock of the broker that appended the record, so that
 * whoever reads it again comes to the same answer; what lies in Kafka with a large sequence was accepted and stays acceptable.
 * What no one can keep at all is no matter of this class: times outside the years 1 to 9999 and sequences that are no 64-bit
 * numbers are refused wherever an event is read ({@link ContextAttributes}). Immutable; thread-safe.
 */
public final class VersionLimits {
    /** The setting that has the tolerance, a duration such as {@code 5m}; the same for gateway and service. */
    public static final String AHEAD_SETTING = "masterdeal.events.ahead";

    /** The tolerance unless it is set, as text for a placeholder: room for clocks that are not quite right. */
    public static final String AHEAD_DEFAULT = "5m";

    /**
     * The largest sequence the gateway takes, 2^62-1: whatever is counted fits, nanoseconds since 1970 until the year 2116 among
     * it, but not the greatest numbers there are, which programs use to say "the newest", "none" or "for ever".
     */
    public static final long LARGEST_SEQUENCE = (1L << 62) - 1;

    private final Duration ahead;

    /**
     * Takes the tolerance.
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
     * What is wrong with the version of an event that is to be taken in now.
     *
     * @param envelope of the event
     * @param now by the clock of the one who takes it in
     * @return what is wrong, with pointers into the event's JSON; empty if nothing is
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
     * What is wrong with the time of an event that was accepted before.
     *
     * @param envelope of the event
     * @param accepted when it was, by the clock of the one who accepted it
     * @return what is wrong; null if nothing is
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
