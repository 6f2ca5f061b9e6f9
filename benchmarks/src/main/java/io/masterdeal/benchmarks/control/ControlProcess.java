package io.masterdeal.benchmarks.control;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import io.masterdeal.processes.JavaProcess;
import io.masterdeal.processes.SettingsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process of the control on a platform. */
public final class ControlProcess implements AutoCloseable {

    private final JavaProcess process;

    private final Path done;

    private ControlProcess(JavaProcess process, Path done) {
        this.process = process;
        this.done = done;
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
        Map<String, String> settings = platform.serviceSettings();
        settings.put(ControlMain.RECORDING, recording.directory().toString());
        settings.put(ControlMain.CONNECTIONS, Integer.toString(mode.connections()));
        settings.put(ControlMain.KAFKA, Boolean.toString(mode.withKafka()));
        Path done = platform.directory().resolve("control.done");
        try {
            Path file = SettingsFile.write(platform.directory().resolve("control.properties"), settings);
            return new ControlProcess(
                    JavaProcess.start(
                            "the control",
                            MeasuredRole.command(ControlMain.class, flags)
                                    .withArguments(file.toString(), done.toString()),
                            platform.directory().resolve("control.log")),
                    done);
        } catch (IOException e) {
            throw new UncheckedIOException("the control cannot be started", e);
        }
    }

    /** The process. */
    public ProcessHandle handle() {
        return process.handle();
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
     * Checks that it still runs; it keeps running when its work is done.
     *
     * @throws IllegalStateException if not; the message has the end of its log
     */
    public void throwIfFailed() {
        process.throwIfEnded();
    }

    /** Ends it. */
    @Override
    public void close() {
        process.close();
    }
}
