package io.masterdeal.processes;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A child process that runs a {@link JavaCommand}. Its output goes to a file, its input comes from here and ends when this process
 * ends: a program that stops then ({@link ParentWatch}) never outlives its parent.
 */
public final class JavaProcess implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private static final int SHOWN_LINES = 30;

    private final String name;

    private final Process process;

    private final Path log;

    private JavaProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one and returns at once.
     *
     * @param name for messages
     * @param log gets what the process prints; emptied first
     * @throws UncheckedIOException if the system cannot start it
     */
    public static JavaProcess start(String name, JavaCommand command, Path log) {
        return start(name, command, ProcessBuilder.Redirect.to(log.toFile()), log);
    }

    /**
     * Starts one as {@link #start} does, but keeps what is in the log already.
     *
     * @throws UncheckedIOException if the system cannot start it
     */
    public static JavaProcess startAgain(String name, JavaCommand command, Path log) {
        return start(name, command, ProcessBuilder.Redirect.appendTo(log.toFile()), log);
    }

    private static JavaProcess start(String name, JavaCommand command, ProcessBuilder.Redirect output, Path log) {
        try {
            Process process = new ProcessBuilder(command.line())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            return new JavaProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    /**
     * Waits until it is ready.
     *
     * @param ready asked every 50 ms
     * @throws IllegalStateException if it ends, or is not ready in time and therefore killed; the message has the end of its log
     */
    public void awaitReady(Duration within, BooleanSupplier ready) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (!ready.getAsBoolean()) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " does not start; its log ends with:\n" + endOfLog());
            }
        }
    }

    /**
     * Does nothing while it runs.
     *
     * @throws IllegalStateException if it has ended; the message has the end of its log
     */
    public void throwIfEnded() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    name + " has ended with exit code " + process.exitValue() + "; its log ends with:\n" + endOfLog());
        }
    }

    /** The last lines of its log; why not, if it cannot be read. */
    public String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return "its log cannot be read: " + e;
        }
    }

    /** What it prints, on standard output and standard error. */
    public Path log() {
        return log;
    }

    /** The process as the system knows it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs; true while it is paused, too. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Its exit code.
     *
     * @throws IllegalThreadStateException if it has not ended
     */
    public int exitCode() {
        return process.exitValue();
    }

    /** Completes when it has ended. */
    public CompletableFuture<JavaProcess> onExit() {
        return process.onExit().thenApply(_ -> this);
    }

    /** Its standard input. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Kills it and all processes it has started, as SIGKILL does, and waits until they are gone.
     *
     * @return false if it had ended already
     */
    public boolean kill() throws InterruptedException {
        return Signals.kill(process.pid());
    }

    /**
     * Halts it and all processes it has started, as SIGSTOP does, until {@link #resume}.
     *
     * @return false if it has ended
     */
    public boolean pause() throws InterruptedException {
        return Signals.pause(process.pid());
    }

    /** Lets it and all processes it has started go on after {@link #pause}. */
    public void resume() throws InterruptedException {
        Signals.resume(process.pid());
    }

    /**
     * Asks it to end, as SIGTERM does, and waits until it has.
     *
     * @return false if it still runs after that time
     */
    public boolean terminate(Duration within) throws InterruptedException {
        process.destroy();
        return awaitEnd(within);
    }

    /**
     * Waits until it has ended by itself.
     *
     * @return false if it still runs after that time
     */
    public boolean awaitEnd(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Kills it alone, as SIGKILL does, and does not wait; the processes it has started are not told. */
    public void destroyForcibly() {
        process.destroyForcibly();
    }

    /** Ends its input, and waits until it has ended; kills it if that takes more than 30 s. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
