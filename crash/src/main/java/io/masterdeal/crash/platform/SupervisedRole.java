package io.masterdeal.crash.platform;

import io.masterdeal.processes.JavaCommand;
import io.masterdeal.processes.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code masterdeal up} with one role, in a process of its own. If it ends although nobody stopped it, it is started again, as
 * an operating system's supervisor would do.
 */
public final class SupervisedRole implements PlatformProcess, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SupervisedRole.class);

    private static final long AGAIN_AFTER_MS = 500;

    private static final Duration END_WITHIN = Duration.ofSeconds(60);

    private final String name;

    private final Path data;

    private final URI address;

    private final JavaCommand command;

    private @Nullable JavaProcess process;

    private boolean wanted;

    private int endedByItself;

    /**
     * @param name for people, and the name of its folder
     * @param directory in which it has its data directory
     * @param address where it listens
     * @param options of {@code up}
     */
    SupervisedRole(String name, Path directory, URI address, List<String> options) {
        this.name = name;
        this.data = directory.resolve(name);
        this.address = address;
        this.command = JavaCommand.of(SupervisedMain.class)
                .withOptions(JavaCommand.shortLived())
                .withOptions(
                        "-Xmx384m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Duser.timezone=UTC",
                        "-Dmasterdeal.home=" + System.getProperty("masterdeal.home", ""))
                .withArguments("up", "--data=" + data)
                .withArguments(options);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
    }

    @Override
    public String name() {
        return name;
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** Its log, which continues over all its starts. */
    public Path log() {
        return data.resolve("logs").resolve("masterdeal.log");
    }

    /** How often it ended although nobody stopped it. */
    public synchronized int endedByItself() {
        return endedByItself;
    }

    @Override
    public synchronized void start() {
        wanted = true;
        launch();
    }

    private void launch() {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
        JavaProcess started = JavaProcess.start(name, command, data.resolve("output.txt"));
        process = started;
        var _ = started.onExit().thenAccept(this::ended);
    }

    private synchronized void ended(JavaProcess which) {
        if (!wanted || !which.equals(process)) {
            return;
        }
        endedByItself++;
        log.warn("{} ended by itself with exit code {}: {}", name, which.exitCode(), which.endOfLog());
        Executor later = CompletableFuture.delayedExecutor(AGAIN_AFTER_MS, TimeUnit.MILLISECONDS);
        later.execute(() -> {
            synchronized (this) {
                if (wanted && which.equals(process)) {
                    launch();
                }
            }
        });
    }

    @Override
    public synchronized boolean kill() throws InterruptedException {
        wanted = false;
        return process != null && process.kill();
    }

    @Override
    public boolean end() throws InterruptedException {
        JavaProcess ending;
        synchronized (this) {
            wanted = false;
            ending = process;
        }
        if (ending == null || !ending.isAlive()) {
            return false;
        }
        if (!ending.terminate(END_WITHIN)) {
            throw new IllegalStateException(
                    name + " was asked to end and still runs after " + END_WITHIN.toSeconds() + " s");
        }
        return true;
    }

    @Override
    public synchronized boolean pause() throws InterruptedException {
        return process != null && process.pause();
    }

    @Override
    public synchronized void resume() throws InterruptedException {
        if (process != null) {
            process.resume();
        }
    }

    @Override
    public synchronized void close() {
        wanted = false;
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
