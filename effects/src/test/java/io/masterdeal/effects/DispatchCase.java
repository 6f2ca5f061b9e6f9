package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.effects.servers.RemoteSystem;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.queue.QueueSettings;
import io.masterdeal.queue.TaskQueue;
import io.masterdeal.queue.TaskQueues;
import io.masterdeal.testbed.servers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Dispatchers before a server in the gateway's place: the ground of single cases. */
abstract class DispatchCase extends EffectCase {

    static final String D1 = "crm:deal:D-1";

    static final String PLAN = "media:mediaplan:MP-1";

    static final Duration LEASE = Duration.ofSeconds(2);

    static final Retries QUICK = new Retries(4, Duration.ofMillis(20));

    /** Often, so that what the cases leave behind does not keep them waiting. */
    static final Duration SWEEP = Duration.ofMillis(500);

    /** As good as never. */
    static final Duration NO_SWEEP = Duration.ofHours(1);

    private static TaskQueue tasks;

    private static volatile AttemptQueue.Attempt attempting = _ -> true;

    static AttemptQueue attempts;

    private final List<Dispatcher> running = new ArrayList<>();

    RemoteSystem remote;

    /** One for all cases, since a new share group takes its time. */
    @BeforeAll
    static void open_a_queue() {
        LocalAddresses kafka = TestServers.get().addresses();
        Map<String, String> client = new HashMap<>(kafka.kafkaClientProperties());
        client.put("bootstrap.servers", kafka.kafkaBootstrapServers());
        tasks = TaskQueues.open(
                TaskQueues.broker(_ -> null, client),
                QueueSettings.of("test." + UUID.randomUUID()),
                database.dataSource(),
                new SimpleMeterRegistry());
        attempts = new AttemptQueue(() -> tasks);
        attempts.start(effect -> attempting.make(effect));
        await().until(attempts::isOpen);
    }

    @AfterAll
    static void close_the_queue() throws InterruptedException {
        attempts.stop();
    }

    static long waitingTasks() {
        return tasks.waiting();
    }

    @BeforeEach
    void start_the_remote_system() throws Exception {
        remote = new RemoteSystem();
    }

    @AfterEach
    void stop_all() throws Exception {
        attempting = _ -> true;
        for (Dispatcher each : running) {
            each.stop();
        }
        remote.close();
    }

    EffectClaims claims(boolean gateway, Retries retries) {
        return claims(gateway, REACTIONS, retries);
    }

    EffectClaims claims(boolean gateway, List<Reaction> reactions, Retries retries) {
        return new EffectClaims(
                database.dataSource(),
                reactions,
                RULES,
                new EffectClaims.Terms(gateway, retries, LEASE),
                attempts,
                meters);
    }

    GatewayClient client() {
        return new GatewayClient(
                URI.create(remote.address() + "/"),
                "the-key",
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ofMillis(500));
    }

    Dispatcher dispatcher(boolean gateway, Retries retries) {
        return dispatcher(gateway, retries, SWEEP);
    }

    /** Says what the processes at work use, as their guards do. */
    static void inUse(List<Reaction> reactions, boolean sends) {
        jdbc().sql("INSERT INTO active_settings (catalog, reactions, sends) VALUES ('', ?, ?)")
                .params(Reaction.identity(reactions), sends)
                .update();
    }

    Dispatcher dispatcher(boolean gateway, Retries retries, Duration sweep) {
        return dispatcher(gateway, REACTIONS, retries, sweep);
    }

    Dispatcher dispatcher(boolean gateway, List<Reaction> reactions, Retries retries, Duration sweep) {
        Dispatcher dispatcher = new Dispatcher(
                claims(gateway, reactions, retries),
                new EffectTable(jdbc()),
                gateway ? client() : null,
                retries,
                meters,
                4,
                sweep);
        running.add(dispatcher);
        attempting = dispatcher::attempt;
        dispatcher.start();
        return dispatcher;
    }

    static void awaitEffects(String... expected) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(effects()).containsExactly(expected));
    }

    static <T> T column(String column, Class<T> type) {
        return jdbc().sql("SELECT " + column + " FROM effects").query(type).single();
    }
}
