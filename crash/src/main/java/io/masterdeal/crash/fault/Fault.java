package io.masterdeal.crash.fault;

import java.time.Duration;
import java.util.Locale;

/**
 * What is done to processes.
 *
 * @param kind what
 * @param target to which processes
 * @param after how long after the end of the previous fault
 * @param down how long it lasts: until the process is started again or resumed
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
