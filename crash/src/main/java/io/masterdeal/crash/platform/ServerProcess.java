package io.masterdeal.crash.platform;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalInfrastructureException;
import io.masterdeal.local.LocalOptions;
import io.masterdeal.local.Part;
import io.masterdeal.local.Ports;
import io.masterdeal.processes.DatabaseLogin;
import io.masterdeal.processes.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka, PostgreSQL or the registry, each in a data directory of its own so that it can be started by itself. */
final class ServerProcess implements PlatformProcess, PlatformDatabase {

    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);

    private static final int ATTEMPTS = 5;

    private final Part part;

    private final LocalOptions options;

    private LocalInfrastructure running;

    private LocalAddresses addresses;

    private ServerProcess(Part part, LocalOptions options) {
        this.part = part;
        this.options = options;
        this.running = LocalInfrastructure.start(options);
        this.addresses = running.addresses();
    }

    /** Starts a server in a directory; the registry comes with a PostgreSQL of its own, which is not part of the platform. */
    static ServerProcess start(Part part, Path directory) throws IOException {
        LocalOptions options = LocalOptions.in(directory.resolve(part.name().toLowerCase(Locale.ROOT)))
                .withParts(EnumSet.of(part))
                .withProgress(log::info);
        return new ServerProcess(
                part,
                switch (part) {
                    case KAFKA -> options.withKafkaPort(Ports.free());
                    case POSTGRESQL -> options.withPostgresPort(Ports.free());
                    case REGISTRY -> options;
                });
    }

    LocalAddresses addresses() {
        return addresses;
    }

    @Override
    public DatabaseLogin login() {
        return DatabaseLogin.of(addresses);
    }

    private long pid() {
        return Objects.requireNonNull(addresses.pids().get(part.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public String name() {
        return part == Part.KAFKA ? "broker" : part.name().toLowerCase(Locale.ROOT);
    }

    /** A connection as PostgreSQL's superuser. */
    Connection superuser() throws IOException, SQLException {
        String url = addresses.jdbcUrl();
        Path password = options.dataDirectory().resolve("secrets").resolve("postgresql-superuser.password");
        return DriverManager.getConnection(
                url.substring(0, url.lastIndexOf('/')) + "/postgres",
                "postgres",
                Files.readString(password).strip());
    }

    @Override
    public boolean kill() throws InterruptedException {
        return Signals.kill(pid());
    }

    @Override
    public boolean end() {
        boolean alive = Signals.alive(pid()) != null;
        running.close();
        return alive;
    }

    @Override
    public boolean pause() throws InterruptedException {
        return Signals.pause(pid());
    }

    @Override
    public void resume() throws InterruptedException {
        Signals.resume(pid());
    }

    @Override
    public void start() throws InterruptedException {
        running.close();
        for (int attempt = 1; ; attempt++) {
            try {
                running = LocalInfrastructure.start(options);
                addresses = running.addresses();
                return;
            } catch (LocalInfrastructureException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                log.warn("{} does not start, and is started again: {}", name(), e.getMessage());
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    @Override
    public void close() {
        running.close();
    }
}
