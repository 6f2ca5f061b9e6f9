package io.masterdeal.router.subscription;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who gets which events.
 *
 * @param name up to 63 lower-case letters, digits and hyphens, beginning with a letter
 * @param types exact types such as {@code legal.approved}, or prefixes: {@code docflow.contract.*}, {@code *}
 * @param filter the condition that an event of such a type must fulfil; null if all are wanted
 * @param sink where the events go
 * @param ordered whether events of one deal are delivered in the order in which they were accepted
 * @param retry how many times and when a delivery is tried
 * @param delivery limits of concurrency, rate and time
 * @param paused whether sending is paused
 */
public record Subscription(
        String name,
        List<String> types,
        @Nullable Filter filter,
        Sink sink,
        boolean ordered,
        DeliveryRetries retry,
        Delivery delivery,
        boolean paused) {

    /**
     * How events are sent.
     *
     * @param concurrency the most deliveries at the same time, 1 to 256
     * @param rate the most deliveries per second; 0 for no limit
     * @param timeout how long a response may take
     */
    public record Delivery(int concurrency, double rate, Duration timeout) {
        /** Suits most sinks. */
        public static final Delivery DEFAULT = new Delivery(16, 0, Duration.ofSeconds(10));
    }

    /** Whether events of this type are wanted; the filter is not considered. */
    public boolean wants(String type) {
        for (String pattern : types) {
            if (covers(pattern, type)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a type matches a pattern. */
    static boolean covers(String pattern, String type) {
        return pattern.equals("*")
                || pattern.equals(type)
                || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
