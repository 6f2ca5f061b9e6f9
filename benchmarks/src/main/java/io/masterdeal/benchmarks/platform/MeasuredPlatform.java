package io.masterdeal.benchmarks.platform;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.processes.DatabaseLogin;
import io.masterdeal.processes.ProcessPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.flywaydb.core.Flyway;

/** Kafka, PostgreSQL and the registry for one measurement, empty at first and thrown away after it. */
public final class MeasuredPlatform implements AutoCloseable {

    /** How many each topic has. */
    public static final int PARTITIONS = 3;

    private static final String SCHEMA = "service";

    /** Where the service looks for them: {@code spring.flyway.locations} of its defaults. */
    private static final String[] MIGRATIONS = {
        "classpath:masterdeal/service/migrations", "classpath:masterdeal/queue/migrations"
    };

    private final ProcessPlatform platform;

    private final PlatformServers servers;

    /** A measurement that is broken off leaves nothing behind either. */
    private final Thread atExit = Thread.ofPlatform().name("platform-at-exit").unstarted(this::remove);

    private MeasuredPlatform(ProcessPlatform platform, PlatformServers servers) {
        this.platform = platform;
        this.servers = servers;
    }

    /** Starts the servers and makes the topics. */
    public static MeasuredPlatform start() {
        try {
            Path directory = Files.createTempDirectory("masterdeal-bench-");
            PlatformServers servers = PlatformServers.start(directory.resolve("data"));
            LocalAddresses at = servers.addresses();
            MeasuredPlatform platform = new MeasuredPlatform(
                    ProcessPlatform.create(directory, at, at.registryUrl(), DatabaseLogin.of(at)), servers);
            Runtime.getRuntime().addShutdownHook(platform.atExit);
            try (Connection connection = platform.connect()) {
                Versions.sawPostgresql(connection.getMetaData().getDatabaseProductVersion());
            }
            try (Admin admin = Admin.create(platform.kafka())) {
                Topics.ensure(admin, EventCatalog.bundled(), new Topics.Layout(PARTITIONS, (short) 1));
            }
            return platform;
        } catch (IOException e) {
            throw new UncheckedIOException("the servers for a measurement do not start", e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    /** Where files of this measurement lie. */
    public Path directory() {
        return platform.directory();
    }

    /** The directory of the callers' keys. */
    public Path keys() {
        return platform.keys();
    }

    /** What a Kafka client needs. */
    public Map<String, Object> kafka() {
        return platform.kafkaClient();
    }

    /** Events to records and back. */
    public EventSerde serde() {
        EventSerde serde = new EventSerde(EventCatalog.bundled(), new HttpSchemaRegistry(platform.registry()));
        serde.registerAll();
        return serde;
    }

    /** A connection to the database, as its owner. */
    public Connection connect() throws SQLException {
        return platform.database().connect();
    }

    /** Makes the service's tables, as its first start would. */
    public void makeTables() {
        Flyway.configure()
                .dataSource(
                        addresses().jdbcUrl(),
                        addresses().postgresUser(),
                        addresses().postgresPassword())
                .locations(MIGRATIONS)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .load()
                .migrate();
    }

    /** Addresses and secrets of the servers. */
    public LocalAddresses addresses() {
        return servers.addresses();
    }

    /** The settings of a service on this platform; a new map. */
    public Map<String, String> serviceSettings() {
        return measured(platform.databaseRoleSettings());
    }

    /** The settings of an event router on this platform; a new map. */
    public Map<String, String> routerSettings() {
        Map<String, String> settings = serviceSettings();
        settings.put(
                "masterdeal.router.secrets",
                directory().resolve("subscriptions").toString());
        settings.put("masterdeal.router.sinks.allowed", "127.0.0.1");
        return settings;
    }

    /** The settings of a gateway on this platform; a new map. */
    public Map<String, String> gatewaySettings() {
        return measured(platform.roleSettings());
    }

    private static Map<String, String> measured(Map<String, String> settings) {
        settings.put("server.port", "0");
        settings.put("spring.jmx.enabled", "false");
        settings.put("logging.level.org.apache.kafka", "WARN");
        return settings;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // The process is about to end: the hook does it, or has done it.
        }
        remove();
    }

    private void remove() {
        servers.close();
        try (Stream<Path> files = Files.walk(directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory(), e);
        }
    }
}
