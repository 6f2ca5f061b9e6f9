package io.masterdeal.benchmarks.control;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A process of the control on a platform. */
public final class ControlProcess implements AutoCloseable {

    private final Process process;

    private final Path done;

    private final Path log;

    private ControlProcess(Process process, Path done, Path log) {
        this.process = process;
        this.done = done;
        this.log = log;
    }

    /**
     * How it writes.
     *
     * @param connections on how many connections at once, 1 or more
     * @param withKafka whether it reads the events and hands canonical events to the relay; if not, it writes rows alone
     */
    public record Mode(int connections, boolean withKafka) {}

    /**
     * Starts it; it begins at once.
     *
     * @param flags of the Java virtual machine, besides those for its memory
     */
    public static ControlProcess start(MeasuredPlatform platform, Recording recording, Mode mode, List<String> flags) {
        try {
            Properties properties = new Properties();
            properties.putAll(platform.serviceSettings());
            properties.setProperty(ControlMain.RECORDING, recording.directory().toString());
            properties.setProperty(ControlMain.CONNECTIONS, Integer.toString(mode.connections()));
            properties.setProperty(ControlMain.KAFKA, Boolean.toString(mode.withKafka()));
            Path settings = Files.createFile(
                    platform.directory().resolve("control.properties"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (Writer writer = Files.newBufferedWriter(settings)) {
                properties.store(writer, null);
            }
            Path done = platform.directory().resolve("control.done");
            Path log = platform.directory().resolve("control.log");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(MeasuredRole.MEMORY);
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.addAll(flags);
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(ControlMain.class.getName(), settings.toString(), done.toString()));
            return new ControlProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    done,
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException("the control cannot be started", e);
        }
    }

    /** The process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * How many events are written and committed.
     *
     * @throws IllegalStateException if the process has failed; the message has the end of its log
     */
    public long done() {
        throwIfFailed();
        try {
            byte[] bytes = Files.exists(done) ? Files.readAllBytes(done) : new byte[0];
            return bytes.length < Long.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
        } catch (IOException e) {
            throw new UncheckedIOException("the control's progress cannot be read", e);
        }
    }

    /**
     * Looks whether it still lives; it stays when it is done.
     *
     * @throws IllegalStateException if not; the message has the end of its log
     */
    public void throwIfFailed() {
        if (process.isAlive()) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(log);
            throw new IllegalStateException("the control failed; its log ends with:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())));
        } catch (IOException e) {
            throw new UncheckedIOException("the control failed, and its log cannot be read", e);
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
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
