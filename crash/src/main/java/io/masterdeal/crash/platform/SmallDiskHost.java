package io.masterdeal.crash.platform;

import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalInfrastructureException;
import io.masterdeal.local.LocalOptions;
import io.masterdeal.local.Part;
import io.masterdeal.processes.DatabaseLogin;
import io.masterdeal.processes.SettingsFile;
import io.masterdeal.processes.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL on the small disk, from inside its namespace: restarts it whenever it has ended, as a supervisor would, and
 * fills and frees the disk on request by standard input. It ends with its input.
 */
final class SmallDiskHost {

    static final String FILL = "fill";

    static final String FREE = "free";

    private static final int LOOK_EVERY_MS = 200;

    private final LocalOptions options;

    private final Path ballast;

    private LocalInfrastructure running;

    private boolean closed;

    private SmallDiskHost(Path disk, int port) {
        this.options = LocalOptions.in(disk.resolve("server"))
                .withParts(EnumSet.of(Part.POSTGRESQL))
                .withPostgresPort(port)
                .withProgress(SmallDiskHost::say);
        this.ballast = disk.resolve("ballast");
        this.running = LocalInfrastructure.start(options);
    }

    /** Arguments: the disk, PostgreSQL's port, and a file to write its addresses to. */
    public static void main(String[] arguments) throws IOException {
        SmallDiskHost host = new SmallDiskHost(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Thread.ofPlatform().daemon().start(host::supervise);
        host.announce(Path.of(arguments[2]));
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                host.obey(order);
            }
        }
        host.close();
    }

    private static void say(String line) {
        System.err.println(line);
    }

    private void announce(Path file) throws IOException {
        DatabaseLogin login = DatabaseLogin.of(running.addresses());
        SettingsFile.write(
                file, Map.of("jdbc-url", login.jdbcUrl(), "user", login.user(), "password", login.password()));
    }

    private void obey(String order) throws IOException {
        if (order.equals(FREE)) {
            Files.deleteIfExists(ballast);
            say("the disk has space again");
        } else if (order.equals(FILL)) {
            fill();
        }
    }

    private void fill() throws IOException {
        long written = 0;
        for (int size = 1 << 20; size > 0; size /= 2) {
            written += write(new byte[size]);
        }
        say("the disk is full: " + written + " bytes were free");
    }

    /** Writes pieces of a size until there is no room for one more. */
    private long write(byte[] piece) {
        long written = 0;
        while (true) {
            try (OutputStream out =
                    Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(piece);
                written += piece.length;
            } catch (IOException e) {
                return written; // No space left, as intended.
            }
        }
    }

    private void supervise() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
                startAgainIfEnded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void startAgainIfEnded() {
        long pid = Objects.requireNonNull(running.addresses().pids().get("postgresql"));
        if (closed || Signals.alive(pid) != null) {
            return;
        }
        say("PostgreSQL has ended and is started again");
        running.close();
        try {
            running = LocalInfrastructure.start(options);
        } catch (LocalInfrastructureException e) {
            say("it does not start: " + e.getMessage());
        }
    }

    private synchronized void close() {
        closed = true;
        running.close();
    }
}
