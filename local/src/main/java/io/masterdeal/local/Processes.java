package io.masterdeal.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes: asks them first, and kills them after a time. */
final class Processes {
    private static final String ZOMBIE = ") Z ";

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Processes() {}

    /**
     * Whether it runs. A zombie does not: until its new parent asks for its exit code, Java and the system still list it (the init
     * process of some containers never asks).
     */
    static boolean isAlive(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            // "PID (NAME) STATE ...", and the name may contain anything.
            String line = Files.exists(stat) ? Files.readString(stat, StandardCharsets.ISO_8859_1) : "";
            return line.indexOf(ZOMBIE, Math.max(0, line.lastIndexOf(')'))) < 0;
        } catch (IOException e) {
            return process.isAlive(); // It ended while we looked.
        }
    }

    /** Ends the process and waits for its end. An interrupt does not shorten this, but is kept for the caller. */
    static void end(ProcessHandle process, Duration grace, Duration afterKill) {
        if (!isAlive(process)) {
            return;
        }
        process.destroy();
        if (!awaitEnd(process, grace)) {
            process.destroyForcibly();
            if (!awaitEnd(process, afterKill)) {
                throw new LocalInfrastructureException(
                        "Process " + process.pid() + " does not end, not even when killed."
                                + " Look at what it waits for (a hanging disk?) and end it by hand.");
            }
        }
    }

    static boolean awaitEnd(ProcessHandle process, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (isAlive(process)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    process.onExit().get(Math.min(left, LOOK_EVERY_NANOS), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    // It is checked again.
                } catch (ExecutionException e) {
                    throw new IllegalStateException("waiting for process " + process.pid(), e);
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void forget(Path pidFile) {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
