package io.masterdeal.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of an attempt. */
public sealed interface TaskOutcome {

    /** The work is done. */
    record Done() implements TaskOutcome {}

    /**
     * The attempt failed; a later one may succeed.
     *
     * @param after how long to wait; null if the queue is to choose, longer after each attempt
     * @param why in words, for people
     */
    record Retry(@Nullable Duration after, String why) implements TaskOutcome {

        /**
         * @throws IllegalArgumentException if the time is negative
         */
        public Retry {
            if (after != null && after.isNegative()) {
                throw new IllegalArgumentException("a task cannot be tried again in the past: " + after);
            }
        }
    }

    /**
     * No attempt will ever succeed: the task becomes a dead letter.
     *
     * @param reason for people
     */
    record Reject(String reason) implements TaskOutcome {}

    /** The work is done. */
    static TaskOutcome done() {
        return new Done();
    }

    /**
     * To be tried again; the queue chooses when.
     *
     * @param why for people
     */
    static TaskOutcome retry(String why) {
        return new Retry(null, why);
    }

    /**
     * To be tried again.
     *
     * @param after how long to wait, not negative
     * @param why for people
     */
    static TaskOutcome retry(Duration after, String why) {
        return new Retry(after, why);
    }

    /**
     * Never to be tried again.
     *
     * @param reason for people
     */
    static TaskOutcome reject(String reason) {
        return new Reject(reason);
    }
}
