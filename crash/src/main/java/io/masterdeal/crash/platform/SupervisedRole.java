package io.masterdeal.crash.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code masterdeal up} with one role, in a process of its own. If it ends while nobody wants that, it is started again, as
 * an operating system's supervisor would do.
 */
public final class SupervisedRole implements PlatformProcess, AutoCloseable {

    /** What the build gives to JVMs that live for seconds. */
    private static final String OPTIONS =
            System.getProperty("masterdeal.local.java-options", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

    private static final Pattern BLANKS = Pattern.compile(" +");

    private static final Logger log = LoggerFactory.getLogger(SupervisedRole.class);

    private static final long AGAIN_AFTER_MS = 500;

    private static final int END_WITHIN_SECONDS = 60;

    private final String name;

    private final Path data;

    private final URI address;

    private final List<String> options;

    private @Nullable Process process;

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
        this.options = List.copyOf(options);
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

    /** Its log, which goes on over all its lives. */
    public Path log() {
        return data.resolve("logs").resolve("masterdeal.log");
    }

    /** How often it ended although nobody wanted it. */
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
            Process started = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(output().toFile())
                    .start();
            process = started;
            var _ = started.onExit().thenAccept(this::ended);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    private Path output() {
        return data.resolve("output.txt");
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(BLANKS.split(OPTIONS)));
        command.addAll(List.of(
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Duser.timezone=UTC",
                "-Dmasterdeal.home=" + System.getProperty("masterdeal.home", ""),
                "-cp",
                System.getProperty("java.class.path"),
                RoleMain.class.getName(),
                "up",
                "--data=" + data));
        command.addAll(options);
        return command;
    }

    private synchronized void ended(Process which) {
        if (!wanted || !which.equals(process)) {
            return;
        }
        endedByItself++;
        log.warn("{} ended by itself with exit code {}: {}", name, which.exitValue(), lastOutput());
        Executor later = CompletableFuture.delayedExecutor(AGAIN_AFTER_MS, TimeUnit.MILLISECONDS);
        later.execute(() -> {
            synchronized (this) {
                if (wanted && which.equals(process)) {
                    launch();
                }
            }
        });
    }

    private String lastOutput() {
        try {
            List<String> lines = Files.readAllLines(output());
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException e) {
            return "its output cannot be read: " + e;
        }
    }

    @Override
    public synchronized boolean kill() throws InterruptedException {
        wanted = false;
        return process != null && Signals.kill(process.pid());
    }

    @Override
    public boolean end() throws InterruptedException {
        Process ending;
        synchronized (this) {
            wanted = false;
            ending = process;
        }
        if (ending == null || !ending.isAlive()) {
            return false;
        }
        ending.destroy();
        if (!ending.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " was asked to end and has not for " + END_WITHIN_SECONDS + " s");
        }
        return true;
    }

    @Override
    public synchronized boolean pause() throws InterruptedException {
        return process != null && Signals.pause(process.pid());
    }

    @Override
    public synchronized void resume() throws InterruptedException {
        if (process != null) {
            Signals.resume(process.pid());
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
