package io.masterdeal.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A part that runs in a JVM of its own, with the same Java as this process. */
final class ChildJvm implements RunningPart {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    /** What Java adds to the number of the signal that ended a process. */
    private static final int SIGNALLED = 128;

    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * Ctrl-C reaches every process of the terminal at once. The children ignore it (Java leaves an ignored signal alone), so
     * that this process can stop them in the right order; if it dies instead, they see the end of their input.
     */
    private static final List<String> DEAF_TO_THE_TERMINAL =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private final Part part;
    private final int port;
    private final Process process;
    private final Path pidFile;

    private ChildJvm(Part part, int port, Process process, Path pidFile) {
        this.part = part;
        this.port = port;
        this.process = process;
        this.pidFile = pidFile;
    }

    /**
     * More options for the JVM, from the system property {@code masterdeal.local.java-options}, separated by blanks: tests, whose
     * servers live for seconds, switch off the second compiler.
     */
    static List<String> moreOptions() {
        return Arrays.stream(
                        System.getProperty("masterdeal.local.java-options", "").split(" "))
                .filter(option -> !option.isEmpty())
                .toList();
    }

    /** Starts it and returns at once. The environment is added to this process's own. */
    static ChildJvm start(
            StartContext context, Part part, int port, List<String> javaArguments, Map<String, String> environment)
            throws IOException {
        Path log = context.data().newLog(part);
        Path home = OwnerOnly.directory(context.data().of(part));
        List<String> command = new ArrayList<>(DEAF_TO_THE_TERMINAL);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + context.data().temporary(part));
        command.add("-XX:+ExitOnOutOfMemoryError"); // Without memory it lives on as a part of itself.
        command.addAll(javaArguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Path pidFile = context.data().run(part.directory() + ".pid");
        ChildJvm child = new ChildJvm(part, port, process, pidFile);
        try {
            ProcessRecord.of(process.toHandle()).write(pidFile);
        } catch (IOException e) {
            child.stop();
            throw e;
        }
        return child;
    }

    /** Waits until it answers; a child that dies or takes too long is stopped and reported with the end of its log. */
    void awaitReady(StartContext context, BooleanSupplier answers) throws PortTakenException, InterruptedException {
        long deadline = System.nanoTime() + StartContext.READY_WITHIN.toNanos();
        boolean ready = false;
        try {
            while (!ready) {
                if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    if (LogTail.of(context.data().log(part)).saysPortTaken()) {
                        throw new PortTakenException(part, port);
                    }
                    throw context.failure(part, "ended at its start " + ending().orElse(""));
                }
                if (System.nanoTime() > deadline) {
                    throw context.failure(
                            part,
                            "did not answer within " + StartContext.READY_WITHIN.toSeconds() + " s and was stopped");
                }
                ready = answers.getAsBoolean() && process.isAlive();
            }
        } finally {
            if (!ready) {
                stop();
            }
        }
    }

    /** Stops a child that a killed run left behind, and reports one that ended by itself. */
    static void stopLeftBehind(StartContext context, Part part) throws IOException {
        Path pidFile = context.data().run(part.directory() + ".pid");
        Optional<ProcessHandle> alive = ProcessRecord.findAlive(pidFile, "java");
        if (alive.isPresent()) {
            context.progress()
                    .accept("stopping " + part.title() + " of an earlier run (process "
                            + alive.get().pid() + ") ...");
            Processes.end(alive.get(), GRACE, AFTER_KILL);
        } else if (Files.exists(pidFile)) {
            context.progress()
                    .accept(part.sentenceTitle() + " of an earlier run has ended without being stopped; it goes on from"
                            + " what is on its disk");
        }
        Files.deleteIfExists(pidFile);
    }

    @Override
    public Part part() {
        return part;
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Optional<String> ending() {
        if (process.isAlive()) {
            return Optional.empty();
        }
        int code = process.exitValue();
        return Optional.of(code > SIGNALLED ? "by signal " + (code - SIGNALLED) : "with exit code " + code);
    }

    /** If it had ended before, its pid file stays, so that the next start reports it. */
    @Override
    public void stop() {
        if (process.isAlive()) {
            Processes.end(process.toHandle(), GRACE, AFTER_KILL);
            Processes.forget(pidFile);
        }
    }
}
