package io.masterdeal.app.platform;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.effects.EffectsLifecycle;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalOptions;
import io.masterdeal.local.Part;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import io.masterdeal.worker.WorkerDeaths;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A running platform: the infrastructure started here, if any, and the roles of this process. */
public final class Platform implements AutoCloseable {

    private static final String ABORTED = "aborted: the process was told to end";

    private static final int ABORT_WITHIN_SECONDS = 60;

    private static final Duration WITHOUT_A_SERVER = Duration.ofSeconds(5);

    private final PlatformOptions options;

    private final Consumer<String> progress;

    private final Map<Role, ConfigurableApplicationContext> contexts = new EnumMap<>(Role.class);

    private final RoleAddresses roleAddresses;

    private final RoleDatabases databases;

    private final Thread starter = Thread.currentThread();

    private final CountDownLatch startEnded = new CountDownLatch(1);

    private final StartTimes times = new StartTimes();

    private volatile boolean processEnds;

    private @Nullable LocalInfrastructure infrastructure;

    private boolean announced;

    private boolean closed;

    private Platform(PlatformOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.roleAddresses = new RoleAddresses(options);
        this.databases = new RoleDatabases(options);
    }

    /**
     * Starts a platform; returns when every role answers. Ctrl-C and a TERM signal stop it from now on, also during the start.
     *
     * @param progress takes one line for each step
     * @throws PlatformException if something does not start; then nothing is left running
     * @throws io.masterdeal.rulesets.InvalidRuleSetException if the rule set is not usable; nothing was started
     */
    public static Platform start(PlatformOptions options, Consumer<String> progress) {
        Platform platform = new Platform(options, progress);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(platform::closeAtExit));
        try {
            platform.start();
            return platform;
        } catch (IOException e) {
            platform.closeAfterFailure();
            throw platform.abortedOr(new PlatformException("the platform does not start: " + e.getMessage(), e));
        } catch (InterruptedException e) {
            platform.closeAfterFailure();
            Thread.currentThread().interrupt();
            throw new PlatformException(ABORTED, e);
        } catch (RuntimeException e) {
            platform.closeAfterFailure();
            throw platform.abortedOr(e);
        } finally {
            platform.startEnded.countDown();
        }
    }

    private void closeAfterFailure() {
        if (processEnds) {
            Thread.interrupted(); // The interrupt has served its purpose, and would disturb close().
        }
        close();
    }

    /** A failure while the process ends is no error: the servers that the work needs are being stopped. */
    private RuntimeException abortedOr(RuntimeException failure) {
        return processEnds ? new PlatformException(ABORTED, failure) : failure;
    }

    /** Interrupts a start in progress, which cleans up in its own thread. */
    private void closeAtExit() {
        processEnds = true;
        if (startEnded.getCount() > 0) {
            progress.accept("aborting the start; stopping what was started");
            starter.interrupt();
            try {
                // If it hangs, the servers still notice that this process is gone, and end.
                if (!startEnded.await(ABORT_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                    progress.accept("the start cannot be aborted; what it has started ends by itself");
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        close();
    }

    /**
     * Runs a task that needs the platform. If a server that was started here dies, the task is interrupted.
     *
     * @param task what to do, in the calling thread
     * @return its result
     * @throws PlatformException if a server has died: its name, the end of its log, and what to do; or if the task failed because
     *     the process was told to end
     */
    public <T extends @Nullable Object> T whileItRuns(PlatformTask<T> task) throws IOException, InterruptedException {
        try {
            return infrastructure == null ? task.run() : new ServerMonitor(infrastructure.failure()).over(task);
        } catch (InterruptedException e) {
            if (processEnds) {
                // The interrupt for the start came right after it, and reached the task.
                throw new PlatformException(ABORTED, e);
            }
            throw e;
        } catch (RuntimeException e) {
            throw abortedOr(e);
        }
    }

    private String setting(String name, String standard) {
        return options.settings().getOrDefault(name, standard);
    }

    private void start() throws IOException, InterruptedException {
        // Errors in files are reported before anything is started.
        RuleSet rules = RuleSets.load(options.rules());
        EffectsLifecycle.check(
                setting("masterdeal.service.reactions", setting("masterdeal.reactions", "bundled")),
                EventCatalog.bundled());
        if (options.settings().keySet().stream().anyMatch(name -> name.startsWith("masterdeal.service.sla."))) {
            SlaFiles.load(
                    setting("masterdeal.service.sla.policies", SlaFiles.DEFAULT),
                    setting("masterdeal.service.sla.calendars", SlaFiles.DEFAULT),
                    rules);
        }
        Map<String, Object> common = new HashMap<>();
        Path keys = keys();
        Set<Part> missing = options.external().missing();
        if (!databases.areNeeded()) {
            missing.remove(Part.POSTGRESQL); // The gateway does not use it; the registry brings it along if needed.
        }
        if (!missing.isEmpty()) {
            infrastructure = LocalInfrastructure.start(LocalOptions.in(options.data())
                    .withParts(missing)
                    .withDatabaseRoles(databases.all())
                    .withProgress(progress));
            times.add(infrastructure.startTimes());
            // Left by a killed run: no other platform runs here, or the infrastructure would not have started.
            PlatformAddresses.forget(options.data());
        }
        List<String> principals = new ArrayList<>(EventCatalog.bundled().domains());
        principals.addAll(
                List.of("reader", "operator", "console", "prometheus", RoleAddresses.SERVICE, RoleAddresses.GATEWAY));
        ApiKeys.generate(keys, principals);
        common.put("masterdeal.api-keys", keys.toString());
        common.put("masterdeal.rules", options.rules());
        describeInfrastructure(common, infrastructure == null ? null : infrastructure.addresses());
        common.put("spring.jmx.enabled", "false");
        common.put(
                "logging.file.name",
                options.data().resolve("logs").resolve("masterdeal.log").toString());
        common.put("logging.threshold.console", "OFF");
        // While a broker is away, Kafka's clients log it many times a second; what matters are warnings.
        common.put("logging.level.org.apache.kafka", "WARN");
        common.put("logging.level.org.apache.camel", "WARN");
        // It advises a longer notation for each file of routes.
        common.put("logging.level.org.apache.camel.dsl", "ERROR");
        common.putAll(roleAddresses.settings(keys));
        common.putAll(SandboxSubscriptions.settings(options, roleAddresses));
        common.putAll(options.settings());
        whileItRuns(() -> startRoles(common));
        addresses().write(options.data());
        announced = true;
        progress.accept(times.line());
    }

    private @Nullable Void startRoles(Map<String, Object> settings) {
        for (Role role : options.roles()) {
            if (processEnds) {
                throw new PlatformException(ABORTED);
            }
            progress.accept("starting " + role.text());
            long begun = System.nanoTime();
            contexts.put(role, run(role, settings));
            times.add(role.text(), begun);
        }
        return null;
    }

    private void describeInfrastructure(Map<String, Object> settings, @Nullable LocalAddresses local) {
        ExternalParts external = options.external();
        Map<String, String> kafkaClient;
        if (external.kafka() != null) {
            settings.put("masterdeal.kafka.bootstrap-servers", external.kafka());
            kafkaClient = external.kafkaClient();
        } else {
            LocalAddresses here = Objects.requireNonNull(local);
            settings.put("masterdeal.kafka.bootstrap-servers", here.kafkaBootstrapServers());
            kafkaClient = here.kafkaClientProperties();
        }
        kafkaClient.forEach((name, value) -> settings.put("masterdeal.kafka.client." + name, value));
        settings.put(
                "masterdeal.registry.url",
                external.registry() != null
                        ? external.registry()
                        : Objects.requireNonNull(local).registryUrl().toString());
    }

    private ConfigurableApplicationContext run(Role role, Map<String, Object> common) {
        Map<String, Object> settings = new HashMap<>(databases.settings(role, infrastructure));
        settings.putAll(common); // A setting of the user's own goes before all else.
        settings.put("server.port", roleAddresses.port(role));
        try {
            return new SpringApplicationBuilder(role.context())
                    .bannerMode(Banner.Mode.OFF)
                    .registerShutdownHook(false)
                    .properties(settings)
                    .initializers(context -> context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource("masterdeal", settings)))
                    .run();
        } catch (RuntimeException e) {
            throw new PlatformException(
                    "role " + role.text() + " does not start: " + innermostMessage(e) + ". More is in "
                            + settings.get("logging.file.name"),
                    e);
        }
    }

    /** The message of the innermost cause that has one: the cause of a broken connection may have none. */
    private static String innermostMessage(Throwable failure) {
        String said = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                said = cause.getMessage();
            }
        }
        return said;
    }

    private Path keys() {
        String elsewhere = options.settings().get("masterdeal.api-keys");
        return elsewhere == null ? options.data().resolve("secrets").resolve("api-keys") : Path.of(elsewhere);
    }

    /** The addresses of the platform. */
    public PlatformAddresses addresses() {
        return new PlatformAddresses(
                address(Role.GATEWAY),
                address(Role.SERVICE),
                address(Role.ROUTER),
                address(Role.CONSOLE),
                address(Role.SANDBOX),
                keys());
    }

    /** The addresses of the servers that were started; null if none were. */
    public @Nullable LocalAddresses infrastructure() {
        return infrastructure == null ? null : infrastructure.addresses();
    }

    private @Nullable URI address(Role role) {
        return contexts.get(role) instanceof WebServerApplicationContext web
                ? RoleAddresses.loopback(
                        Objects.requireNonNull(web.getWebServer()).getPort())
                : null;
    }

    /** Stops the roles, then the servers that were started for them. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        WorkerDeaths.endsInOrder();
        if (infrastructure != null
                && infrastructure.failure().toCompletableFuture().isDone()) {
            closeRolesSoon();
        } else {
            closeRoles();
        }
        if (announced) { // Otherwise the file may be that of another platform, which still runs there.
            try {
                PlatformAddresses.forget(options.data());
            } catch (IOException e) {
                progress.accept("cannot remove the file with the addresses: " + e.getMessage());
            }
        }
        if (infrastructure != null) {
            progress.accept("stopping the servers");
            infrastructure.close();
        }
        if (announced) {
            progress.accept("MasterDeal is stopped.");
        }
    }

    private void closeRoles() {
        // The router first: otherwise it would record that its sinks no longer answer.
        for (Role role : List.of(Role.CONSOLE, Role.ROUTER, Role.SANDBOX, Role.GATEWAY, Role.SERVICE)) {
            ConfigurableApplicationContext context = contexts.get(role);
            if (context != null) {
                progress.accept("stopping " + role.text());
                context.close();
            }
        }
    }

    /** Requests and transactions in progress would wait in vain for a dead server, some for half a minute. */
    private void closeRolesSoon() {
        Thread closing = Thread.ofPlatform().daemon().name("platform-close").start(this::closeRoles);
        try {
            if (!closing.join(WITHOUT_A_SERVER)) {
                progress.accept("what still waits for the dead server ends with this process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
