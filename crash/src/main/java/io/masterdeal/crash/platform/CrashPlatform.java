package io.masterdeal.crash.platform;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.crash.workload.SentEvents;
import io.masterdeal.crash.workload.ShortTargets;
import io.masterdeal.local.Part;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.processes.ProcessPlatform;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A platform whose every part is a process of its own: Kafka, PostgreSQL, the registry (with a PostgreSQL of its own, so that
 * what is done to the platform's does not reach it), a gateway and services.
 */
public final class CrashPlatform implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final ProcessPlatform platform;

    private final ServerProcess kafka;

    private final ServerProcess registry;

    private final PlatformDatabase database;

    private final SupervisedRole gateway;

    private final List<SupervisedRole> services = new ArrayList<>();

    private final RoleProcesses roles;

    private final SlaEvaluator evaluator;

    private @Nullable SupervisedRole router;

    private final SentEvents sent = new SentEvents();

    private CrashPlatform(
            Path directory, ServerProcess kafka, ServerProcess registry, PlatformDatabase database, String policies)
            throws IOException {
        this.kafka = kafka;
        this.registry = registry;
        this.database = database;
        this.platform = ProcessPlatform.create(
                directory, kafka.addresses(), registry.addresses().registryUrl(), database.login());
        this.roles = new RoleProcesses(platform, policies);
        this.evaluator = SlaFiles.policies("sla.yaml", policies, RuleSets.load("default"), Map.of());
        this.gateway = roles.gateway();
    }

    /**
     * Starts a platform with an ordinary PostgreSQL; returns when every part answers.
     *
     * @param directory for all data of it
     * @param services how many service processes
     */
    public static CrashPlatform start(Path directory, int services) throws IOException, InterruptedException {
        return start(directory, services, ShortTargets.POLICIES);
    }

    /**
     * Starts a platform with an ordinary PostgreSQL and clocks of its own.
     *
     * @param directory for all data of it
     * @param services how many service processes
     * @param policies of the clocks, in YAML
     */
    public static CrashPlatform start(Path directory, int services, String policies)
            throws IOException, InterruptedException {
        return start(directory, services, () -> ServerProcess.start(Part.POSTGRESQL, directory), policies);
    }

    /**
     * Starts a platform with a PostgreSQL of a special kind.
     *
     * @param directory for all data of it
     * @param services how many service processes
     * @param database starts PostgreSQL
     */
    public static CrashPlatform start(Path directory, int services, Callable<PlatformDatabase> database)
            throws IOException, InterruptedException {
        return start(directory, services, database, ShortTargets.POLICIES);
    }

    private static CrashPlatform start(
            Path directory, int services, Callable<PlatformDatabase> database, String policies)
            throws IOException, InterruptedException {
        try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ServerProcess> kafka = starts.submit(() -> ServerProcess.start(Part.KAFKA, directory));
            Future<ServerProcess> registry = starts.submit(() -> ServerProcess.start(Part.REGISTRY, directory));
            Future<PlatformDatabase> postgres = starts.submit(database);
            CrashPlatform platform =
                    new CrashPlatform(directory, kafka.get(), registry.get(), postgres.get(), policies);
            platform.gateway.start();
            platform.setServices(services);
            return platform;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the platform does not start", e);
        }
    }

    /** Starts or ends service processes until there are this many; returns when the roles answer. */
    public void setServices(int count) throws InterruptedException, IOException {
        while (services.size() > count) {
            services.removeLast().end();
        }
        while (services.size() < count) {
            SupervisedRole service = roles.service(services.size() + 1);
            service.start();
            services.add(service);
        }
        for (SupervisedRole role : roleProcesses()) {
            roles.awaitUp(role, PATIENCE);
        }
    }

    /** Waits until a role answers; it may still be starting. */
    public void awaitUp(SupervisedRole role) throws InterruptedException {
        roles.awaitUp(role, PATIENCE);
    }

    /** The gateway and the services. */
    public List<SupervisedRole> roleProcesses() {
        List<SupervisedRole> all = new ArrayList<>(services);
        all.addFirst(gateway);
        return all;
    }

    /** The service processes. */
    public List<SupervisedRole> services() {
        return List.copyOf(services);
    }

    /** The gateway. */
    public SupervisedRole gateway() {
        return gateway;
    }

    /** The event router, which is started when it is first asked for; returns when it answers. */
    public SupervisedRole router() throws IOException, InterruptedException {
        SupervisedRole running = router;
        if (running == null) {
            running = roles.router();
            running.start();
            router = running;
            roles.awaitUp(running, PATIENCE);
        }
        return running;
    }

    /** The API of the event router. */
    public PlatformClient routerClient(String principal) throws IOException, InterruptedException {
        return new PlatformClient("router", router().address(), platform.key(principal));
    }

    /** The broker. */
    public PlatformProcess broker() {
        return kafka;
    }

    /**
     * PostgreSQL.
     *
     * @throws IllegalStateException if this platform has one of a special kind
     */
    public PlatformProcess postgres() {
        return ordinary();
    }

    /**
     * A connection as PostgreSQL's superuser.
     *
     * @throws IllegalStateException if this platform has one of a special kind
     */
    public Connection superuser() throws IOException, SQLException {
        return ordinary().superuser();
    }

    private ServerProcess ordinary() {
        if (database instanceof ServerProcess server) {
            return server;
        }
        throw new IllegalStateException("this platform has a PostgreSQL of a special kind");
    }

    /** How its clocks are evaluated. */
    public SlaEvaluator evaluator() {
        return evaluator;
    }

    /** What was sent to this platform since it was new. */
    public SentEvents sent() {
        return sent;
    }

    /** The service that says it is the one that relays; empty if none does. */
    public Optional<SupervisedRole> leader() throws InterruptedException {
        for (SupervisedRole service : services) {
            if (roles.ask(service, "/relay").contains("\"state\":\"leading\"")) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }

    /** What a role answers to a GET by the operator; empty if it does not answer within seconds. */
    public String ask(SupervisedRole role, String path) throws InterruptedException {
        return roles.ask(role, path);
    }

    /** The API of the first service. */
    public PlatformClient client(String principal) {
        return new PlatformClient(services.getFirst().address(), platform.key(principal));
    }

    /** Where replays go: the gateway, and the first service to ask. */
    public PlatformAddresses addresses() {
        return new PlatformAddresses(
                gateway.address(), services.getFirst().address(), null, null, null, platform.keys());
    }

    /** Properties of Kafka's clients, the address among them. */
    public Map<String, Object> kafkaClient() {
        return platform.kafkaClient();
    }

    /** Where the registry is. */
    public URI registry() {
        return platform.registry();
    }

    /** A connection to the service's schema. */
    public Connection connect() throws SQLException {
        return platform.database().connect("service");
    }

    /** The first column of the first row of a query in the service's schema, as text. */
    public String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /**
     * Waits until no deal is left to be folded, no clock changes by itself within a minute, and Kafka has acknowledged everything
     * committed so far.
     */
    public void awaitQuiet() throws InterruptedException, SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        await(
                "no deal waits to be folded",
                end,
                () -> query("SELECT count(*) FROM pending_folds").equals("0"));
        await(
                "no clock is due soon",
                end,
                () -> query("SELECT count(*) FROM sla_deadlines WHERE due_at < now() + interval '1 minute'")
                        .equals("0"));
        awaitPublished();
    }

    /** Waits until Kafka has acknowledged everything committed so far. */
    public void awaitPublished() throws InterruptedException, SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String beat = "SELECT pg_logical_emit_message(false, 'masterdeal.heartbeat', '', true)";
        String place = query(beat);
        query(beat);
        await(
                "the relay has come to " + place,
                end,
                () -> query("SELECT bool_and(acknowledged_lsn >= '" + place + "') FROM relay_slot")
                        .equals("t"));
    }

    private static void await(String what, long end, Callable<Boolean> condition) throws InterruptedException {
        while (!isTrue(condition)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + PATIENCE.toMinutes() + " minutes: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static boolean isTrue(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            return false; // Out of reach for the moment; the caller waits until it is back.
        }
    }

    @Override
    public void close() {
        if (router != null) {
            router.close();
        }
        services.forEach(SupervisedRole::close);
        gateway.close();
        registry.close();
        kafka.close();
        database.close();
    }
}
