package io.masterdeal.benchmarks.platform;

import io.masterdeal.gateway.GatewayRole;
import io.masterdeal.processes.JavaCommand;
import io.masterdeal.processes.JavaProcess;
import io.masterdeal.processes.SettingsFile;
import io.masterdeal.router.RouterRole;
import io.masterdeal.service.ServiceRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A process that runs one role on a platform. */
public final class MeasuredRole implements AutoCloseable {

    /**
     * The options of every Java virtual machine that is measured. Only a few dozen MiB live long, so half of the heap is for the
     * young generation, which is then copied half as often.
     */
    private static final List<String> OPTIONS =
            List.of("-Xmx1g", "-XX:NewRatio=1", "--sun-misc-unsafe-memory-access=allow");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);

    private final JavaProcess process;

    private final int port;

    private MeasuredRole(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * The command for a Java virtual machine like all that are measured.
     *
     * @param flags besides those for its memory
     */
    public static JavaCommand command(Class<?> main, List<String> flags) {
        return JavaCommand.of(main).withOptions(OPTIONS).withOptions(flags);
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
    private record Launch(
            String name,
            Class<?> role,
            Map<String, String> settings,
            List<String> flags,
            @Nullable String processors) {}

    /** Starts the service, as {@link #start} does. */
    public static MeasuredRole service(MeasuredPlatform platform, Map<String, String> more, List<String> flags)
            throws InterruptedException {
        return service(platform, more, flags, null);
    }

    /**
     * Starts the service on some processors, as {@link #start} does. Linux lets a process leave those of its parent.
     *
     * @param processors as {@code taskset} takes them ({@code 1} or {@code 2-3}); null for those of this process
     */
    public static MeasuredRole service(
            MeasuredPlatform platform, Map<String, String> more, List<String> flags, @Nullable String processors)
            throws InterruptedException {
        Map<String, String> settings = joined(platform.serviceSettings(), more);
        return start(platform, new Launch("service", ServiceRole.class, settings, flags, processors));
    }

    /** Starts the gateway, as {@link #start} does. */
    public static MeasuredRole gateway(MeasuredPlatform platform, Map<String, String> more, List<String> flags)
            throws InterruptedException {
        Map<String, String> settings = joined(platform.gatewaySettings(), more);
        return start(platform, new Launch("gateway", GatewayRole.class, settings, flags, null));
    }

    /** Starts the event router, as {@link #start} does. */
    public static MeasuredRole router(MeasuredPlatform platform, Map<String, String> more, List<String> flags)
            throws InterruptedException {
        Map<String, String> settings = joined(platform.routerSettings(), more);
        return start(platform, new Launch("router", RouterRole.class, settings, flags, null));
    }

    private static Map<String, String> joined(Map<String, String> ofPlatform, Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(ofPlatform);
        settings.putAll(more);
        return settings;
    }

    /**
     * Starts a process; returns when it answers.
     *
     * @throws IllegalStateException if it ends, or does not answer in time; the message has the end of its log
     */
    private static MeasuredRole start(MeasuredPlatform platform, Launch launch) throws InterruptedException {
        String name = launch.name() + "-" + NUMBER.incrementAndGet();
        Path port = platform.directory().resolve(name + ".port");
        try {
            Path settings = SettingsFile.write(platform.directory().resolve(name + ".properties"), launch.settings());
            JavaCommand command = command(RoleMain.class, launch.flags())
                    .withArguments(launch.role().getName(), settings.toString(), port.toString());
            if (launch.processors() != null) {
                command = command.wrappedBy(List.of("taskset", "--cpu-list", launch.processors()));
            }
            JavaProcess process = JavaProcess.start(
                    "the " + launch.name(), command, platform.directory().resolve(name + ".log"));
            process.awaitReady(STARTS_WITHIN, () -> Files.exists(port));
            return new MeasuredRole(process, Integer.parseInt(Files.readString(port)));
        } catch (IOException e) {
            throw new UncheckedIOException("the " + launch.name() + " cannot be started", e);
        }
    }

    /** The port on 127.0.0.1 where it answers. */
    public int port() {
        return port;
    }

    /** The process. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /** Ends it as on an orderly stop; kills it if that takes more than 30 s. */
    @Override
    public void close() {
        process.close();
    }
}
