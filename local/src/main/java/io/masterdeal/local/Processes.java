package io.masterdeal.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How processes are ended: asked first, killed after a time. */
final class Processes {
    private Processes() {}

    /** Ends the process and waits for its end. An interrupt does not cut this short, but is kept for the caller. */
    static void end(ProcessHandle process, Duration grace, Duration afterKill) {
        if (!process.isAlive()) {
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
            while (true) {
                try {
                    process.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    return !process.isAlive();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("waiting for process " + process.pid(), e);
                }
            }
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
