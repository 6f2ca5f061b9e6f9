package io.masterdeal.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Signals to a process and to all it has started: the parent first, so that it starts no others meanwhile. */
public final class Signals {

    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private Signals() {}

    /** Kills a process and all below it, and waits until they are gone; false if it was not there. */
    public static boolean kill(long pid) throws InterruptedException {
        ProcessHandle process = alive(pid);
        if (process == null) {
            return false;
        }
        // Stopped first: of one that is only killed, a child could be born between the look and the kill.
        send("STOP", process);
        List<ProcessHandle> all = withDescendants(process);
        send("KILL", all);
        for (ProcessHandle each : all) {
            awaitEnd(each);
        }
        return true;
    }

    /** Stops a process and all below it; false if it was not there. */
    public static boolean pause(long pid) throws InterruptedException {
        ProcessHandle process = alive(pid);
        if (process == null) {
            return false;
        }
        send("STOP", process);
        send("STOP", withDescendants(process));
        return true;
    }

    /** Lets a process and all below it go on. */
    public static void resume(long pid) throws InterruptedException {
        ProcessHandle process = alive(pid);
        if (process != null) {
            send("CONT", withDescendants(process));
        }
    }

    public static @Nullable ProcessHandle alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
    }

    private static List<ProcessHandle> withDescendants(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        long end = System.nanoTime() + END_WITHIN.toNanos();
        while (process.isAlive()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("process " + process.pid() + " was killed and lives");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void send(String signal, ProcessHandle process) throws InterruptedException {
        send(signal, List.of(process));
    }

    /** By the shell, for Java knows two signals only. One that is gone by now needs no signal. */
    private static void send(String signal, List<ProcessHandle> processes) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$0\" \"$@\" 2>/dev/null", signal));
        processes.forEach(each -> command.add(Long.toString(each.pid())));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("no signal can be sent", e);
        }
    }
}
