package io.masterdeal.local;

/** A server that was started and answers. */
interface RunningPart {
    Part part();

    ProcessHandle process();

    /** The port it listens on. */
    int port();

    /** Stops it, gently first; does nothing if it is stopped already. */
    void stop();
}
