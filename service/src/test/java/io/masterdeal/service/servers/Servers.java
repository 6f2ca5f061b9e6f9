package io.masterdeal.service.servers;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The servers of this test run. Each starts when the first test asks for it, and stops with the JVM. */
public final class Servers {

    private static final Map<Part, Server> STARTED = new EnumMap<>(Part.class);

    private static final Deque<Server> TO_STOP = new ArrayDeque<>();

    private static final Deque<Runnable> BEFORE_STOP = new ArrayDeque<>();

    private Servers() {}

    /** PostgreSQL, for the service alone: the registry of the tests has another one. */
    public static Server postgres() {
        return get(Part.POSTGRESQL);
    }

    /** Kafka. */
    public static Server kafka() {
        return get(Part.KAFKA);
    }

    /** The Schema Registry. */
    public static Server registry() {
        return get(Part.REGISTRY);
    }

    private static synchronized Server get(Part part) {
        Server there = STARTED.get(part);
        if (there != null) {
            return there;
        }
        try {
            Path data = Files.createTempDirectory("masterdeal-service-test");
            Server server = Server.start(part, data);
            if (TO_STOP.isEmpty()) {
                Runtime.getRuntime().addShutdownHook(new Thread(Servers::stopAll, "stop-servers"));
            }
            TO_STOP.push(server);
            STARTED.put(part, server);
            if (part == Part.POSTGRESQL) {
                findDeadlocksSoon(server);
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Transactions are driven into each other on purpose here; to wait a second for each deadlock would take hours. */
    private static void findDeadlocksSoon(Server server) throws IOException {
        LocalAddresses at = server.addresses();
        String password = Files.readString(server.data().resolve("secrets").resolve("postgresql-superuser.password"))
                .strip();
        try (Connection connection = DriverManager.getConnection(at.jdbcUrl(), "postgres", password);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET deadlock_timeout = '20ms'");
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("the superuser of the tests' own PostgreSQL cannot set it up", e);
        }
    }

    /** What to do before the servers stop. */
    static synchronized void beforeStop(Runnable action) {
        BEFORE_STOP.push(action);
    }

    private static void stopAll() {
        BEFORE_STOP.forEach(Runnable::run);
        for (Server server : TO_STOP) {
            server.stop();
            try (Stream<Path> tree = Files.walk(server.data())) {
                List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the data of a server of the tests stays behind", e);
            }
        }
    }
}
