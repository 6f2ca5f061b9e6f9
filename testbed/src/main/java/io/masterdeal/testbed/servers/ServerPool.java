package io.masterdeal.testbed.servers;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that lends sets of servers to test JVMs, each to one at a time. A borrower keeps its connection open; when that
 * closes, however the borrower ended, its set is cleaned and lent to the next. It ends by itself when the build that started it
 * is over, or when nothing has been borrowed for a while.
 */
public final class ServerPool {

    private static final Logger log = LoggerFactory.getLogger(ServerPool.class);

    /** The launcher's lock of a build, which is there while the build lasts. */
    private static final String BUILD = "MASTERDEAL_BUILDING";

    private static final long IDLE_MS = 60_000;

    private static final int TOKEN_WITHIN_MS = 5_000;

    private final Path directory;

    private final String token = UUID.randomUUID().toString();

    private final Deque<ServerSet> idle = new ArrayDeque<>();

    /** How many sets are being cleaned; guarded by {@link #idle}. */
    private int cleaned;

    private final AtomicInteger borrowers = new AtomicInteger();

    private final AtomicInteger numbers = new AtomicInteger();

    private volatile long idleSince = System.nanoTime();

    private ServerPool(Path directory) {
        this.directory = directory;
    }

    /**
     * Runs until it is no longer needed.
     *
     * @param arguments the directory for the data of all servers; its file {@code pool.properties} then says where the pool is
     * @throws IOException if it cannot listen
     */
    public static void main(String[] arguments) throws IOException {
        ServerPool pool = new ServerPool(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(pool::stop));
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofPlatform().daemon().name("end-when-idle").start(pool::endWhenIdle);
            pool.announce(socket.getLocalPort());
            while (true) {
                Socket borrower = socket.accept();
                Thread.ofVirtual().start(() -> pool.serve(borrower));
            }
        }
    }

    private void announce(int port) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("port", Integer.toString(port));
        properties.setProperty("token", token);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path partial = directory.resolve("pool.partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(partial, text.toString());
        Files.move(partial, directory.resolve(TestServers.POOL_FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    private void serve(Socket socket) {
        borrowers.incrementAndGet();
        try (socket;
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                Writer answers = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8)) {
            socket.setSoTimeout(TOKEN_WITHIN_MS);
            String shown = String.valueOf(commands.readLine());
            if (!MessageDigest.isEqual(
                    shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
                return;
            }
            socket.setSoTimeout(0);
            lend(commands, answers);
        } catch (IOException e) {
            log.info("a borrower is gone: {}", e.toString());
        } finally {
            idleSince = System.nanoTime();
            borrowers.decrementAndGet();
        }
    }

    private void lend(BufferedReader commands, Writer answers) throws IOException {
        ServerSet set = take();
        try {
            tell(set, answers);
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                carryOut(line, set);
                answers.write("done\n");
                answers.flush();
            }
        } finally {
            giveBack(set);
        }
    }

    private static void carryOut(String command, ServerSet set) throws IOException {
        if (command.equals(TestServers.EMPTY)) {
            try {
                new ServerCleanup(set).cleanData();
            } catch (SQLException | InterruptedException e) {
                throw new IOException("the servers cannot be emptied", e);
            }
            return;
        }
        Part part = Part.valueOf(command.substring(command.indexOf(' ') + 1));
        if (command.startsWith(TestServers.START)) {
            set.start(part);
        } else {
            set.stop(part);
        }
    }

    /** One that is free, or is about to be; else a new one. */
    private ServerSet take() throws IOException {
        synchronized (idle) {
            while (idle.isEmpty() && cleaned > 0) {
                try {
                    idle.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while a set of servers is cleaned", e);
                }
            }
            ServerSet there = idle.poll();
            if (there != null) {
                return there;
            }
        }
        return ServerSet.start(directory.resolve("set-" + numbers.incrementAndGet()));
    }

    private void giveBack(ServerSet set) {
        synchronized (idle) {
            cleaned++;
        }
        boolean clean = false;
        try {
            new ServerCleanup(set).clean();
            clean = true;
        } catch (Exception e) {
            log.warn("a set of servers is thrown away, for it cannot be cleaned", e);
            set.close();
        } finally {
            synchronized (idle) {
                cleaned--;
                if (clean) {
                    idle.push(set);
                }
                idle.notifyAll();
            }
        }
    }

    /** Lines of names and values, then an empty one. */
    private static void tell(ServerSet set, Writer answers) throws IOException {
        LocalAddresses kafka = set.addresses(Part.KAFKA);
        LocalAddresses postgres = set.addresses(Part.POSTGRESQL);
        StringBuilder told = new StringBuilder();
        line(told, "kafka", kafka.kafkaBootstrapServers());
        kafka.kafkaClientProperties().forEach((name, value) -> line(told, "kafka.client." + name, value));
        line(told, "jdbc", postgres.jdbcUrl());
        line(told, "user", postgres.postgresUser());
        line(told, "password", postgres.postgresPassword());
        line(told, "superuser.password", set.superuserPassword());
        line(told, "registry", set.addresses(Part.REGISTRY).registryUrl().toString());
        for (Part part : Part.values()) {
            String name = part.name().toLowerCase(Locale.ROOT);
            Long pid = Objects.requireNonNull(set.addresses(part).pids().get(name));
            line(told, "pid." + name, pid.toString());
        }
        answers.write(told.append('\n').toString());
        answers.flush();
    }

    private static void line(StringBuilder told, String name, String value) {
        told.append(name).append(' ').append(value).append('\n');
    }

    private void endWhenIdle() {
        String build = System.getenv(BUILD);
        while (!isOver(build)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
        System.exit(0);
    }

    private boolean isOver(@Nullable String build) {
        if (borrowers.get() > 0) {
            return false;
        }
        boolean buildIsOver = build != null && !Files.exists(Path.of(build));
        return buildIsOver || System.nanoTime() - idleSince > TimeUnit.MILLISECONDS.toNanos(IDLE_MS);
    }

    private void stop() {
        try {
            Files.deleteIfExists(directory.resolve(TestServers.POOL_FILE));
        } catch (IOException e) {
            log.warn("{} stays behind", TestServers.POOL_FILE, e);
        }
        synchronized (idle) {
            idle.forEach(ServerSet::close);
            idle.clear();
        }
        TestServers.delete(directory);
    }
}
