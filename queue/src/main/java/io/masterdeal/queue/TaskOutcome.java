package io.masterdeal.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a task. */
public sealed interface TaskOutcome {

    /** The work is done. */
    record Done() implements TaskOutcome {}

    /**
     * It did not work, and may work later.
     *
     * @param after how long to wait; null lets the queue choose, longer after each attempt
     * @param why for people
     */
    record Retry(@Nullable Duration after, String why) implements TaskOutcome {

        /**
         * @throws IllegalArgumentException if the time is negative
         */
        public Retry {
            if (after != null && after.isNegative()) {
                throw new IllegalArgumentException("a task cannot be tried again before now: " + after);
            }
        }
    }

    /**
     * It will never work: the task becomes a dead letter.
     *
     * @param reason for people
     */
    record Reject(String reason) implements TaskOutcome {}

    /** The work is done. */
    static TaskOutcome done() {
        return new Done();
    }

    /**
     * To be tried again when the queue thinks fit.
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
