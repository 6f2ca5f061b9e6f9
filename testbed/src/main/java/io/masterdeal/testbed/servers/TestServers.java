package io.masterdeal.testbed.servers;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.Part;
import io.masterdeal.testbed.times.Spans;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka, PostgreSQL and the registry, lent to this JVM alone until it ends. They come from a {@link ServerPool}, which is started
 * if there is none: the first JVM of a build waits for servers to start, the next ones find them running. They are empty when
 * they are lent.
 */
public final class TestServers {

    static final String POOL_FILE = "pool.properties";

    static final String START = "start ";

    static final String STOP = "stop ";

    static final String EMPTY = "empty";

    private static final String CLIENT = "kafka.client.";

    private static final String PID = "pid.";

    /** The prefix of the names of all databases that tests make. */
    static final String DATABASES = "test_";

    private static final Logger log = LoggerFactory.getLogger(TestServers.class);

    private static final long POOL_WITHIN_S = 60;

    private static final int ATTEMPTS = 3;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static @Nullable TestServers shared;

    private final BufferedReader answers;

    private final Writer commands;

    /** With the database that is never emptied. */
    private final LocalAddresses servers;

    private volatile LocalAddresses addresses;

    private final String superuserPassword;

    private final Path directory;

    private TestServers(Socket pool, String token) throws IOException {
        this.answers = new BufferedReader(new InputStreamReader(pool.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new OutputStreamWriter(pool.getOutputStream(), StandardCharsets.UTF_8);
        commands.write(token + "\n");
        commands.flush();
        Map<String, String> told = read(answers);
        this.superuserPassword = value(told, "superuser.password");
        this.servers = servers(told);
        this.addresses = withNewDatabase();
        this.directory = Files.createTempDirectory("masterdeal-test-");
    }

    private static LocalAddresses servers(Map<String, String> told) throws IOException {
        Map<String, String> client = new HashMap<>();
        Map<String, Long> pids = new HashMap<>();
        told.forEach((name, value) -> {
            if (name.startsWith(CLIENT)) {
                client.put(name.substring(CLIENT.length()), value);
            } else if (name.startsWith(PID)) {
                pids.put(name.substring(PID.length()), Long.valueOf(value));
            }
        });
        return new LocalAddresses(
                value(told, "kafka"),
                client,
                value(told, "jdbc"),
                value(told, "user"),
                value(told, "password"),
                URI.create(value(told, "registry")),
                pids);
    }

    private LocalAddresses withNewDatabase() {
        return new LocalAddresses(
                servers.kafkaBootstrapServers(),
                servers.kafkaClientProperties(),
                createDatabase("main"),
                servers.postgresUser(),
                servers.postgresPassword(),
                servers.registryUrl(),
                servers.pids());
    }

    /**
     * The servers of this JVM.
     *
     * @throws IllegalStateException if they do not start; the message says where their logs are
     */
    public static synchronized TestServers get() {
        if (shared == null) {
            try (Spans.Open _ = Spans.open(Spans.Kind.SERVERS, "lent")) {
                TestServers borrowed = borrow(pool());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(borrowed.directory), "delete-test-files"));
                shared = borrowed;
            } catch (IOException e) {
                throw new UncheckedIOException("no servers for tests", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the servers for tests start", e);
            }
        }
        return shared;
    }

    /** Where they are; the JDBC URL is that of a database which is empty at first. */
    public LocalAddresses addresses() {
        return addresses;
    }

    /** What a Kafka client needs, the address among it. */
    public Map<String, Object> kafkaClient() {
        Map<String, Object> client = new HashMap<>(addresses.kafkaClientProperties());
        client.put("bootstrap.servers", addresses.kafkaBootstrapServers());
        return client;
    }

    /** A directory for files of this JVM; deleted when the JVM ends. */
    public Path directory() {
        return directory;
    }

    /**
     * Makes an empty database: a slot of it reads nothing of what other tests write.
     *
     * @param what it is for: a part of its name
     * @return its JDBC URL
     */
    public String createDatabase(String what) {
        LocalAddresses at = servers;
        String name = DATABASES + what + "_" + NUMBERS.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(at.jdbcUrl(), at.postgresUser(), at.postgresPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " cannot be made: " + e.getMessage(), e);
        }
        return at.jdbcUrl().substring(0, at.jdbcUrl().lastIndexOf('/') + 1) + name;
    }

    /** A connection of PostgreSQL's superuser. What it sets by {@code ALTER SYSTEM} lasts until this JVM ends. */
    public Connection superuser() throws SQLException {
        return DriverManager.getConnection(addresses.jdbcUrl(), "postgres", superuserPassword);
    }

    /**
     * Removes everything from Kafka and PostgreSQL.
     *
     * @return where they are, with another database
     */
    public LocalAddresses empty() {
        command(EMPTY);
        addresses = withNewDatabase();
        return addresses;
    }

    /** Stops a part. Its data stays. */
    public void stop(Part part) {
        command(STOP + part);
    }

    /** Starts a part at the address that it had; does nothing if it runs. */
    public void start(Part part) {
        command(START + part);
    }

    private synchronized void command(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
            if (answers.readLine() == null) {
                throw new IOException("the pool of servers is gone");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the pool of servers does not do '" + command + "'; see its log", e);
        }
    }

    private static Map<String, String> read(BufferedReader answers) throws IOException {
        Map<String, String> told = new HashMap<>();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.isEmpty()) {
                return told;
            }
            int blank = line.indexOf(' ');
            told.put(line.substring(0, blank), line.substring(blank + 1));
        }
        throw new IOException("the pool of servers ended before it lent any; see its log");
    }

    private static String value(Map<String, String> told, String name) throws IOException {
        String value = told.get(name);
        if (value == null) {
            throw new IOException("the pool of servers does not tell " + name);
        }
        return value;
    }

    private static TestServers borrow(Path pool) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Socket socket = connectOrStart(pool);
            try {
                return new TestServers(socket, property(pool, "token"));
            } catch (IOException e) {
                socket.close();
                if (attempt == ATTEMPTS) {
                    throw new IOException("the pool lends no servers; see " + pool.resolve("pool.log"), e);
                }
                // It was just ending.
                log.info("the pool of servers ended: {}", e.toString());
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    /** One JVM at a time looks for the pool, and starts it if need be. */
    private static Socket connectOrStart(Path pool) throws IOException, InterruptedException {
        Files.createDirectories(pool);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(POOL_WITHIN_S);
        try (FileChannel lock =
                FileChannel.open(pool.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            Process started = null;
            while (true) {
                Socket socket = connect(pool);
                if (socket != null) {
                    return socket;
                }
                if (started == null) {
                    started = startPool(pool);
                } else if (!started.isAlive() || System.nanoTime() > end) {
                    throw new IOException("the pool of servers does not start; see " + pool.resolve("pool.log"));
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private static @Nullable Socket connect(Path pool) throws IOException {
        if (!Files.exists(pool.resolve("data").resolve(POOL_FILE))) {
            return null;
        }
        try {
            return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(property(pool, "port")));
        } catch (IOException e) {
            log.info("the pool of servers was killed; a new one is started: {}", e.toString());
            Files.deleteIfExists(pool.resolve("data").resolve(POOL_FILE));
            return null;
        }
    }

    private static String property(Path pool, String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(pool.resolve("data").resolve(POOL_FILE))) {
            properties.load(reader);
        }
        return properties.getProperty(name, "");
    }

    /** It must outlive this JVM, so it inherits nothing from it, not even the terminal. */
    private static Process startPool(Path pool) throws IOException {
        delete(pool.resolve("data"));
        Files.createDirectory(
                pool.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path log = pool.resolve("pool.log");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dmasterdeal.home=" + System.getProperty("masterdeal.home", ""),
                        "-Dmasterdeal.local.java-options=" + System.getProperty("masterdeal.local.java-options", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerPool.class.getName(),
                        pool.resolve("data").toString())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static Path pool() {
        return Path.of(System.getProperty("masterdeal.home", ""))
                .toAbsolutePath()
                .resolve("testbed/target/servers");
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("{} stays behind: {}", directory, e.toString());
        }
    }
}
