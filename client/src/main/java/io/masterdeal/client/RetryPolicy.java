package io.masterdeal.client;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The retry rule of all clients: what is asked again, when, and for how long.
 *
 * <table>
 * <caption>What becomes of a request</caption>
 * <tr><th>Answer</th><th>Meaning</th><th>Asked again</th></tr>
 * <tr><td>2xx</td><td>done</td><td>no</td></tr>
 * <tr><td>408, 425, 429, 5xx; no connection, a lost connection, no answer in time</td><td>not known whether it was done</td>
 * <td>yes: events, which keep their ids, and {@code GET}</td></tr>
 * <tr><td>3xx, 401, 403, 404, 405, 407 for the whole request; a key file that cannot be read</td>
 * <td>the caller is not admitted, or it is not the right address</td><td>only if {@link #repeatsRefused}</td></tr>
 * <tr><td>any other 4xx, such as 400, 413, 415, 422</td><td>the content is refused</td><td>no</td></tr>
 * </table>
 *
 * <p>In an answer to a batch the same holds for the status of each event, except that every 4xx that is not in the second row rejects that
 * event. Only the events that are not decided are sent again. If a batch as a whole is refused for its content, it is halved, until
 * the event to blame is found.
 *
 * <p>The pause before the first repeat is {@code firstPause}; it doubles with each further repeat up to {@code longestPause}. Up to half of it
 * is left out at random, so that many clients do not come back at once. A longer {@code Retry-After} is honoured up to
 * {@code longestRetryAfter}.
 *
 * @param patience how long after the first attempt a repeat may begin; zero: nothing is repeated. It begins anew whenever an event of
 *     a batch is decided
 * @param firstPause before the first repeat; not zero
 * @param longestPause the longest pause that is not asked for by the server
 * @param longestRetryAfter the longest pause that the server may ask for
 * @param repeatsRefused whether to ask again while the caller is not admitted: for a process that must not lose an event and whose key
 *     or address somebody can correct meanwhile
 */
public record RetryPolicy(
        Duration patience,
        Duration firstPause,
        Duration longestPause,
        Duration longestRetryAfter,
        boolean repeatsRefused) {

    private static final RetryPolicy STANDARD = new RetryPolicy(
            Duration.ofMinutes(2), Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(30), false);

    /**
     * Checks the durations.
     *
     * @throws IllegalArgumentException if one is negative, or the first pause zero
     */
    public RetryPolicy {
        if (patience.isNegative() || longestPause.isNegative() || longestRetryAfter.isNegative()) {
            throw new IllegalArgumentException("a duration of a retry policy cannot be negative");
        }
        if (!firstPause.isPositive()) {
            throw new IllegalArgumentException("firstPause has to be greater than zero");
        }
    }

    /** Repeats for 2 minutes: pauses of 200 ms to 5 s, or up to 30 s if the server asks for it. */
    public static RetryPolicy standard() {
        return STANDARD;
    }

    /** Repeats nothing. */
    public static RetryPolicy once() {
        return STANDARD.withPatience(Duration.ZERO);
    }

    /** Repeats without end, also while the caller is not admitted; otherwise as {@link #standard()}. */
    public static RetryPolicy endless() {
        return new RetryPolicy(
                ChronoUnit.FOREVER.getDuration(),
                STANDARD.firstPause,
                STANDARD.longestPause,
                STANDARD.longestRetryAfter,
                true);
    }

    /** The same with another patience. */
    public RetryPolicy withPatience(Duration other) {
        return new RetryPolicy(other, firstPause, longestPause, longestRetryAfter, repeatsRefused);
    }

    boolean repeats(ApiException failure) {
        return failure.isTransient() || (repeatsRefused && failure.isCallerRefused());
    }

    /**
     * The pause before a repeat.
     *
     * @param repeats how many there were before
     * @param retryAfter what the server asks for; null if nothing
     */
    Duration pause(int repeats, @Nullable Duration retryAfter) {
        long longest = Math.max(1, longestPause.toNanos());
        long full = Math.min(firstPause.toNanos(), longest);
        for (int i = 0; i < repeats && full < longest; i++) {
            full = full > longest / 2 ? longest : 2 * full;
        }
        Duration pause = Duration.ofNanos(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
        if (retryAfter == null) {
            return pause;
        }
        Duration asked = retryAfter.compareTo(longestRetryAfter) > 0 ? longestRetryAfter : retryAfter;
        return asked.compareTo(pause) > 0 ? asked : pause;
    }
}
