package io.masterdeal.local;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Kafka, PostgreSQL and the Schema Registry, running on this machine for this process alone, on loopback, with their data in
 * one folder that is kept.
 *
 * <p>It stops when it is closed. If this process dies without closing it, however that happens, the servers notice and stop
 * by themselves; what is still running at the next start on the same folder is stopped then.
 */
public final class LocalInfrastructure implements AutoCloseable {
    private final StartContext context;
    private final RunningParts running;
    private final LocalAddresses addresses;
    private final Map<String, PostgresLogin> logins;

    private LocalInfrastructure(
            StartContext context, RunningParts running, LocalAddresses addresses, Map<String, PostgresLogin> logins) {
        this.context = context;
        this.running = running;
        this.addresses = addresses;
        this.logins = logins;
    }

    /**
     * Starts the parts and returns when all of them answer. If one fails, those already started are stopped.
     *
     * @param options what to start and where
     * @return the running infrastructure, to be closed by the caller
     * @throws LocalInfrastructureException if a part cannot be started (a port in use, a full disk, a data directory in use, a
     *     part that does not answer within 60 s): the message says why and what to do
     */
    public static LocalInfrastructure start(LocalOptions options) {
        InfrastructureFiles files = InfrastructureFiles.find();
        DataDirectory data = DataDirectory.open(options.dataDirectory());
        StartContext context = new StartContext(data, files, options.progress());
        RunningParts running = new RunningParts(context);
        boolean started = false;
        try {
            stopLeftBehind(context);
            new StartOrder(context, options, running).startAll();
            boolean postgres = running.get(Part.POSTGRESQL).isPresent();
            LocalInfrastructure infrastructure = new LocalInfrastructure(
                    context,
                    running,
                    addresses(data, running),
                    logins(data, postgres ? options.databaseRoles() : Set.of()));
            started = true;
            return infrastructure;
        } catch (IOException e) {
            throw new LocalInfrastructureException(
                    "The local infrastructure cannot be started in " + data.root() + ": " + e, e);
        } finally {
            if (!started) {
                stopAndRelease(running, data);
            }
        }
    }

    /**
     * How to reach what was started.
     *
     * @return addresses, users and passwords
     */
    public LocalAddresses addresses() {
        return addresses;
    }

    /**
     * A role's own login in PostgreSQL.
     *
     * @param role the name of one of {@link LocalOptions#databaseRoles}
     * @return the login and its password
     * @throws IllegalArgumentException if no login was asked for it, or PostgreSQL was not started
     */
    public PostgresLogin login(String role) {
        PostgresLogin login = logins.get(role);
        if (login == null) {
            throw new IllegalArgumentException("no login was asked for the role " + role);
        }
        return login;
    }

    /**
     * How long the start of each part took. Kafka starts at the same time as PostgreSQL, and the registry after PostgreSQL.
     *
     * @return by the parts that were started
     */
    public Map<Part, Duration> startTimes() {
        return running.startTimes();
    }

    /**
     * Reports a part that died. The others still run then, and have to be closed as usual.
     *
     * @return completes when a part ends unexpectedly, with its name, the end of its log and what to do; never otherwise
     */
    public CompletionStage<String> failure() {
        return running.failure();
    }

    /**
     * Stops all that was started, and nothing else: the registry, then Kafka, then PostgreSQL, each asked first and killed if it
     * does not end in time. Closing again does nothing.
     *
     * @throws LocalInfrastructureException if a process does not end even when it is killed; the others are stopped all the same
     */
    @Override
    public synchronized void close() {
        if (!running.isClosed()) {
            stopAndRelease(running, context.data());
        }
    }

    /** The folder and the addresses, never a secret. */
    @Override
    public String toString() {
        return "LocalInfrastructure[" + context.data().root() + ", " + addresses + "]";
    }

    private static void stopLeftBehind(StartContext context) throws IOException {
        context.data()
                .killedRun()
                .ifPresent(pid -> context.progress()
                        .accept("the last run on this data (process " + pid + ") was killed; cleaning up after it"));
        ChildJvm.stopLeftBehind(context, Part.REGISTRY);
        ChildJvm.stopLeftBehind(context, Part.KAFKA);
        PostgresServer.stopLeftBehind(context);
    }

    private static void stopAndRelease(RunningParts running, DataDirectory data) {
        try {
            running.stopAll();
        } finally {
            data.close();
        }
    }

    private static Map<String, PostgresLogin> logins(DataDirectory data, Set<DatabaseRole> roles) throws IOException {
        Map<String, PostgresLogin> logins = new HashMap<>();
        for (DatabaseRole role : roles) {
            logins.put(role.name(), new PostgresLogin(role.login(), data.secret(role.secret())));
        }
        return Map.copyOf(logins);
    }

    private static LocalAddresses addresses(DataDirectory data, RunningParts running) throws IOException {
        Optional<RunningPart> kafka = running.get(Part.KAFKA);
        Optional<RunningPart> postgres = running.get(Part.POSTGRESQL);
        Map<String, Long> pids = new TreeMap<>();
        running.all()
                .forEach(
                        part -> pids.put(part.part().directory(), part.process().pid()));
        return new LocalAddresses(
                kafka.map(part -> Ports.LOOPBACK + ":" + part.port()).orElse(""),
                kafka.isPresent() ? KafkaServer.clientProperties(data) : Map.of(),
                postgres.map(part -> PostgresAccounts.jdbcUrl(part.port(), PostgresAccounts.MASTERDEAL))
                        .orElse(""),
                postgres.isPresent() ? PostgresAccounts.MASTERDEAL : "",
                postgres.isPresent() ? data.secret(PostgresAccounts.MASTERDEAL_SECRET) : "",
                running.get(Part.REGISTRY)
                        .map(part -> RegistryServer.url(part.port()))
                        .orElse(URI.create("")),
                pids);
    }
}
