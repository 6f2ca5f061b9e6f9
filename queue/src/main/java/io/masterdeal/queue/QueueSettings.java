package io.masterdeal.queue;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings of one queue.
 *
 * @param name of the queue, also of the topic and the share group, or of the queue in RabbitMQ: lower-case letters, digits,
 *     dots and hyphens
 * @param attempts how many times a task is given to a handler at most, 1 to 100
 * @param atOnce how many tasks this process handles at once, 1 to 64
 * @param handlerTimeout how long a handler may take, 1 ms to 40 s
 * @param firstPause before the second attempt
 * @param longestPause between two attempts; each pause is three times the one before, up to this, plus or minus 20 %
 */
public record QueueSettings(
        String name, int attempts, int atOnce, Duration handlerTimeout, Duration firstPause, Duration longestPause) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");

    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(40);

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public QueueSettings {
        require(NAME.matcher(name).matches(), "name", "1 to 100 lower-case letters, digits, dots and hyphens", name);
        require(attempts >= 1 && attempts <= 100, "attempts", "1 to 100", attempts);
        require(atOnce >= 1 && atOnce <= 64, "at-once", "1 to 64", atOnce);
        require(
                handlerTimeout.isPositive() && handlerTimeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "handler-timeout",
                "more than 0 and at most 40 s",
                handlerTimeout);
        require(firstPause.isPositive(), "first-pause", "more than 0", firstPause);
        require(longestPause.compareTo(firstPause) >= 0, "longest-pause", "at least the first pause", longestPause);
    }

    private static void require(boolean held, String name, String allowed, Object value) {
        if (!held) {
            throw new IllegalArgumentException("masterdeal.queue: %s is %s, not %s".formatted(name, allowed, value));
        }
    }

    /**
     * Ten attempts in about an hour, four tasks at once, 20 s for each.
     *
     * @param name of the queue
     * @return the settings
     */
    public static QueueSettings of(String name) {
        return new QueueSettings(name, 10, 4, Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofMinutes(15));
    }

    /**
     * The same with another number of attempts.
     *
     * @param most 1 to 100
     * @return the changed copy
     */
    public QueueSettings withAttempts(int most) {
        return new QueueSettings(name, most, atOnce, handlerTimeout, firstPause, longestPause);
    }

    /**
     * The same with another number of tasks at once.
     *
     * @param most 1 to 64
     * @return the changed copy
     */
    public QueueSettings withAtOnce(int most) {
        return new QueueSettings(name, attempts, most, handlerTimeout, firstPause, longestPause);
    }

    /**
     * The same with another time for a handler.
     *
     * @param longest up to 40 s
     * @return the changed copy
     */
    public QueueSettings withHandlerTimeout(Duration longest) {
        return new QueueSettings(name, attempts, atOnce, longest, firstPause, longestPause);
    }

    /**
     * The same with other pauses.
     *
     * @param first before the second attempt
     * @param longest between two attempts
     * @return the changed copy
     */
    public QueueSettings withPauses(Duration first, Duration longest) {
        return new QueueSettings(name, attempts, atOnce, handlerTimeout, first, longest);
    }
}
