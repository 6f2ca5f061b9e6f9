package io.masterdeal.crash.platform;

/** One program of a platform, as fault injection sees it. Not safe for use by several threads. */
public interface PlatformProcess {

    /** Its name, for people. */
    String name();

    /**
     * Kills it with all processes it has, as SIGKILL does. It stays down until it is started.
     *
     * @return whether there was anything to kill
     */
    boolean kill() throws InterruptedException;

    /**
     * Asks it to end and waits until it has. It stays down until it is started.
     *
     * @return whether there was anything to end
     */
    boolean end() throws InterruptedException;

    /**
     * Pauses it with all processes it has, as SIGSTOP does, until {@link #resume}.
     *
     * @return whether there was anything to pause
     */
    boolean pause() throws InterruptedException;

    /** Resumes it after a pause. */
    void resume() throws InterruptedException;

    /** Starts it again, with the same data and on the same port. A server answers when this returns; a role will later. */
    void start() throws InterruptedException;
}
