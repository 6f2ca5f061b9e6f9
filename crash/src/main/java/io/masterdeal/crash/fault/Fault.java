package io.masterdeal.crash.fault;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that is done to a process.
 *
 * @param kind what
 * @param target to whom
 * @param after how long after the fault before is over
 * @param down how long it lasts: until it is started again, or goes on
 */
public record Fault(Kind kind, Target target, Duration after, Duration down) {

    /** What is done. */
    public enum Kind {
        /** SIGKILL; started again later. */
        KILL,
        /** SIGSTOP; later SIGCONT. */
        PAUSE,
        /** Asked to end; started again later. */
        RESTART;

        /** The name for people. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In one line. */
    @Override
    public String toString() {
        return "after " + after.toMillis() + " ms: " + kind.text() + " " + target.text() + " for " + down.toMillis()
                + " ms";
    }
}
