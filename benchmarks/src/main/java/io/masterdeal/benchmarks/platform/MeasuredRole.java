package io.masterdeal.benchmarks.platform;

import io.masterdeal.gateway.GatewayRole;
import io.masterdeal.router.RouterRole;
import io.masterdeal.service.ServiceRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A process that runs one role on a platform. */
public final class MeasuredRole implements AutoCloseable {

    /**
     * Of every Java virtual machine that is measured. What lives long is a few dozen MiB, so half of the heap is for the young: then
     * they are copied half as often.
     */
    public static final List<String> MEMORY = List.of("-Xmx1g", "-XX:NewRatio=1");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final long PATIENCE_S = 90;

    private final Process process;

    private final int port;

    private MeasuredRole(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * What is to run.
     *
     * @param name of the role, for its files and for messages
     * @param role the class of its application context
     * @param settings all of them
     * @param flags of the Java virtual machine, besides those for its memory
     * @param processors on which it may run, as {@code taskset} takes them; null for those of this process
     */
    private record Order(
            String name,
            Class<?> role,
            Map<String, String> settings,
            List<String> flags,
            @Nullable String processors) {}

    /** Starts the service, as {@link #start} does. */
    public static MeasuredRole service(MeasuredPlatform platform, Map<String, String> more, List<String> flags)
            throws InterruptedException {
        return start(platform, order("service", ServiceRole.class, platform.serviceSettings(), more, flags));
    }

    /**
     * Starts the service on some processors, as {@link #start} does. Linux lets a process leave those of its parent.
     *
     * @param processors as {@code taskset} takes them ({@code 1} or {@code 2-3}); null for those of this process
     */
    public static MeasuredRole service(
            MeasuredPlatform platform, Map<String, String> more, List<String> flags, @Nullable String processors)
            throws InterruptedException {
        Order order = order("service", ServiceRole.class, platform.serviceSettings(), more, flags);
        return start(platform, new Order(order.name(), order.role(), order.settings(), order.flags(), processors));
    }

    /** Starts the gateway, as {@link #start} does. */
    public static MeasuredRole gateway(MeasuredPlatform platform, Map<String, String> more, List<String> flags)
            throws InterruptedException {
        return start(platform, order("gateway", GatewayRole.class, platform.gatewaySettings(), more, flags));
    }

    /** Starts the event router, as {@link #start} does. */
    public static MeasuredRole router(MeasuredPlatform platform, Map<String, String> more, List<String> flags)
            throws InterruptedException {
        return start(platform, order("router", RouterRole.class, platform.routerSettings(), more, flags));
    }

    private static Order order(
            String name, Class<?> role, Map<String, String> ofPlatform, Map<String, String> more, List<String> flags) {
        Map<String, String> settings = new TreeMap<>(ofPlatform);
        settings.putAll(more);
        return new Order(name, role, settings, flags, null);
    }

    /**
     * Starts a process; returns when it answers.
     *
     * @throws IllegalStateException if it ends, or does not answer in time; the message has the end of its log
     */
    private static MeasuredRole start(MeasuredPlatform platform, Order order) throws InterruptedException {
        try {
            String name = order.name() + "-" + NUMBER.incrementAndGet();
            Path settings = platform.directory().resolve(name + ".properties");
            write(order.settings(), settings);
            Path answered = platform.directory().resolve(name + ".port");
            Path log = platform.directory().resolve(name + ".log");
            List<String> command = new ArrayList<>();
            if (order.processors() != null) {
                command.addAll(List.of("taskset", "--cpu-list", order.processors()));
            }
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(MEMORY);
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.addAll(order.flags());
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(RoleMain.class.getName(), order.role().getName()));
            command.addAll(List.of(settings.toString(), answered.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new MeasuredRole(process, awaitPort(order.name(), process, answered, log));
        } catch (IOException e) {
            throw new UncheckedIOException("the " + order.name() + " cannot be started", e);
        }
    }

    /** Readable for the owner alone: there are passwords among the settings. */
    private static void write(Map<String, String> settings, Path file) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    private static int awaitPort(String name, Process process, Path answered, Path log)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!Files.exists(answered)) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                process.destroyForcibly();
                List<String> lines = Files.readAllLines(log);
                throw new IllegalStateException("the " + name + " does not start; its log ends with:\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())));
            }
        }
        return Integer.parseInt(Files.readString(answered));
    }

    /** The port on 127.0.0.1 where it answers. */
    public int port() {
        return port;
    }

    /** The process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends it as on an orderly stop; kills it if that takes more than 30 s. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
