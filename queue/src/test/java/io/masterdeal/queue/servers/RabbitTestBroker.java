package io.masterdeal.queue.servers;

import io.masterdeal.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The RabbitMQ that is installed on this machine, as an instance only for the tests: with its own data, name, cookie, password
 * and port mapper, on loopback. Another instance on the machine is not touched.
 */
final class RabbitTestBroker implements TestBroker {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private static final String LOOPBACK = "127.0.0.1";

    private final Path server;

    private final Path data;

    private final String password = secret();

    private final int port;

    private final int mapperPort;

    private final int nodePort;

    private @Nullable Process mapper;

    private @Nullable Process running;

    RabbitTestBroker(Path server, Path data) throws IOException {
        this.server = server;
        this.data = data;
        this.port = Ports.free();
        this.mapperPort = Ports.free();
        this.nodePort = Ports.free();
        ownerOnly(".erlang.cookie", secret());
        ownerOnly("rabbitmq.conf", """
                listeners.tcp.local = %s:%d
                default_user = masterdeal
                default_pass = %s
                disk_free_limit.absolute = 100MB
                """.formatted(LOOPBACK, port, password));
        Files.writeString(data.resolve("enabled_plugins"), "[].");
    }

    /** The start script of the installed server, if there is one; not the wrapper, which would change the user. */
    static Optional<Path> find() throws IOException {
        Path installed = Path.of("/usr/lib/rabbitmq/lib");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(installed)) {
            return versions.map(it -> it.resolve("sbin/rabbitmq-server"))
                    .filter(Files::isExecutable)
                    .max(Path::compareTo);
        }
    }

    private static String secret() {
        byte[] bytes = new byte[20];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void ownerOnly(String name, String text) throws IOException {
        Path file = data.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "masterdeal.queue.kind",
                "rabbitmq",
                "masterdeal.queue.rabbitmq.uri",
                "amqp://" + LOOPBACK + ":" + port,
                "masterdeal.queue.rabbitmq.username",
                "masterdeal",
                "masterdeal.queue.rabbitmq.password",
                password);
    }

    @Override
    public Map<String, String> kafkaClient() {
        return Map.of();
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        try {
            // Our own, because Erlang would leave one running.
            mapper = process(List.of("epmd", "-port", Integer.toString(mapperPort), "-address", LOOPBACK), "epmd.log");
            Process started = process(List.of(server.toString()), "server.log");
            running = started;
            Awaitility.await("RabbitMQ answers; its output is in " + data.resolve("server.log"))
                    .atMost(READY_WITHIN)
                    .until(() -> {
                        if (!started.isAlive()) {
                            throw new IllegalStateException(
                                    "RabbitMQ ended at its start: " + Files.readString(data.resolve("server.log")));
                        }
                        return listens();
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("RabbitMQ cannot be started", e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Process process(List<String> command, String log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(data.resolve(log).toFile()));
        builder.environment()
                .putAll(Map.of(
                        "HOME", data.toString(),
                        "ERL_EPMD_PORT", Integer.toString(mapperPort),
                        "ERL_EPMD_ADDRESS", LOOPBACK,
                        "RABBITMQ_NODENAME", "queue-test-" + port + "@localhost",
                        "RABBITMQ_DIST_PORT", Integer.toString(nodePort),
                        "RABBITMQ_CONFIG_FILE", data.resolve("rabbitmq.conf").toString(),
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"));
        builder.environment()
                .putAll(Map.of(
                        "RABBITMQ_MNESIA_BASE", data.resolve("data").toString(),
                        "RABBITMQ_LOG_BASE", data.resolve("log").toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                data.resolve("enabled_plugins").toString(),
                        "RABBITMQ_PID_FILE", data.resolve("pid").toString(),
                        "RABBITMQ_CONF_ENV_FILE", "/dev/null",
                        "RABBITMQ_ADVANCED_CONFIG_FILE", data.resolve("none").toString()));
        return builder.start();
    }

    @Override
    public synchronized void stop() {
        end(running);
        end(mapper);
        running = null;
        mapper = null;
    }

    /** The script waits for the server, which is its child, and passes signals on to it. */
    private static void end(@Nullable Process process) {
        if (process == null) {
            return;
        }
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
