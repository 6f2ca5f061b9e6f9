package io.masterdeal.testbed.servers;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalOptions;
import io.masterdeal.local.Part;
import io.masterdeal.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One Kafka, one PostgreSQL and one registry, each of which can be stopped and started again at the same address. The registry
 * has a PostgreSQL of its own, so that what a test does to the other does not reach it.
 */
final class ServerSet implements AutoCloseable {

    private final Map<Part, LocalOptions> options = new EnumMap<>(Part.class);

    private final Map<Part, LocalInfrastructure> running = new EnumMap<>(Part.class);

    private final Map<Part, LocalAddresses> addresses = new EnumMap<>(Part.class);

    private final Path directory;

    private ServerSet(Path directory) {
        this.directory = directory;
    }

    /** Starts all three; returns when they answer. */
    static ServerSet start(Path directory) throws IOException {
        ServerSet set = new ServerSet(directory);
        for (Part part : Part.values()) {
            set.options.put(part, set.optionsOf(part));
        }
        try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Part, Future<?>> started = new EnumMap<>(Part.class);
            set.options.keySet().forEach(part -> started.put(part, starts.submit(() -> set.start(part))));
            for (Future<?> each : started.values()) {
                each.get();
            }
            return set;
        } catch (ExecutionException e) {
            set.close();
            throw new IllegalStateException("the servers do not start: " + e.getCause(), e);
        } catch (InterruptedException e) {
            set.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the start of the servers was interrupted", e);
        }
    }

    private LocalOptions optionsOf(Part part) throws IOException {
        LocalOptions of = LocalOptions.in(directory.resolve(part.name().toLowerCase(Locale.ROOT)))
                .withParts(Set.of(part));
        return switch (part) {
            case KAFKA -> of.withKafkaPort(Ports.free());
            case POSTGRESQL -> of.withPostgresPort(Ports.free());
            case REGISTRY -> of.withPostgresPort(Ports.free()).withRegistryPort(Ports.free());
        };
    }

    /** Starts a part, if it does not run. */
    void start(Part part) {
        LocalOptions of = options(part);
        synchronized (of) {
            if (!isRunning(part)) {
                LocalInfrastructure started = LocalInfrastructure.start(of);
                synchronized (this) {
                    running.put(part, started);
                    addresses.put(part, started.addresses());
                }
            }
        }
    }

    /** Stops a part, if it runs. */
    void stop(Part part) {
        LocalOptions of = options(part);
        synchronized (of) {
            LocalInfrastructure stopped;
            synchronized (this) {
                stopped = running.remove(part);
            }
            if (stopped != null) {
                stopped.close();
            }
        }
    }

    /** Starts Kafka again without any data, at the address and with the password that the borrower knows. */
    void renewKafka() {
        stop(Part.KAFKA);
        TestServers.delete(options(Part.KAFKA).dataDirectory().resolve("kafka"));
        start(Part.KAFKA);
    }

    private LocalOptions options(Part part) {
        return Objects.requireNonNull(options.get(part));
    }

    private synchronized boolean isRunning(Part part) {
        return running.containsKey(part);
    }

    /** Where a part is, running or not. */
    synchronized LocalAddresses addresses(Part part) {
        return Objects.requireNonNull(addresses.get(part));
    }

    /** The password of PostgreSQL's superuser {@code postgres}. */
    String superuserPassword() throws IOException {
        Path secrets = options(Part.POSTGRESQL).dataDirectory().resolve("secrets");
        return Files.readString(secrets.resolve("postgresql-superuser.password"))
                .strip();
    }

    @Override
    public void close() {
        for (Part part : Part.values()) {
            stop(part);
        }
    }
}
