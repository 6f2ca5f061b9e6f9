package io.masterdeal.router.subscription;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who gets which events.
 *
 * @param name up to 63 lower-case letters, digits and hyphens, a letter first
 * @param types exact types such as {@code legal.approved}, or all below a name: {@code docflow.contract.*}, {@code *}
 * @param filter what an event of such a type has to fulfil; null if all do
 * @param sink where they go
 * @param ordered whether events of one deal arrive in the order in which they were accepted
 * @param retry how often and when a delivery is tried
 * @param delivery how much at a time, how fast, how long to wait
 * @param paused whether nothing is sent for now
 */
public record Subscription(
        String name,
        List<String> types,
        @Nullable Filter filter,
        Sink sink,
        boolean ordered,
        RetryPolicy retry,
        Delivery delivery,
        boolean paused) {

    /**
     * How events are sent.
     *
     * @param concurrency at most so many at a time, 1 to 256
     * @param rate at most so many a second; 0 for no limit
     * @param timeout so long an answer may take
     */
    public record Delivery(int concurrency, double rate, Duration timeout) {
        /** What most sinks bear. */
        public static final Delivery DEFAULT = new Delivery(16, 0, Duration.ofSeconds(10));
    }

    /** Whether events of a type are wanted, as far as their type tells. */
    public boolean wants(String type) {
        for (String pattern : types) {
            if (covers(pattern, type)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a type is among those that a pattern names. */
    static boolean covers(String pattern, String type) {
        return pattern.equals("*")
                || pattern.equals(type)
                || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
