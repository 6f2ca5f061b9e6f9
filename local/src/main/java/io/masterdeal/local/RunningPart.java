package io.masterdeal.local;

import java.util.Optional;

/** A server that was started and answers. */
interface RunningPart {
    Part part();

    ProcessHandle process();

    /** The port it listens on. */
    int port();

    /** How its process ended, if that can be known; empty if it cannot, or if it is alive. */
    Optional<String> ending();

    /** Stops it, gently first; does nothing if it is stopped already. */
    void stop();
}
