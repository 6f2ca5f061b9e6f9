package io.masterdeal.processes;

import java.io.IOException;

/** How a child of a {@link JavaProcess} notices that its parent has ended or wants it to end: its standard input ends. */
public final class ParentWatch {

    private ParentWatch() {}

    /** Returns when the input has ended; what comes before is read and dropped. */
    public static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said on this channel; only its end means something.
            }
        } catch (IOException e) {
            // A broken channel says the same as a closed one.
        }
    }

    /**
     * Ends this process at once, without shutdown hooks, when the input ends.
     *
     * @param exitCode the exit code then
     * @return the daemon thread that watches; it never ends before the process does
     */
    public static Thread haltAtEndOfInput(int exitCode) {
        return Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            awaitEndOfInput();
            Runtime.getRuntime().halt(exitCode);
        });
    }
}
