package io.masterdeal.service.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Dispatchers before a server in the gateway's place: the ground of single cases. */
abstract class DispatchCase extends EffectCase {

    static final String D1 = "crm:deal:D-1";

    static final String PLAN = "media:mediaplan:MP-1";

    static final Duration LEASE = Duration.ofSeconds(2);

    static final Retries QUICK = new Retries(4, Duration.ofMillis(20));

    private final List<Dispatcher> running = new ArrayList<>();

    RemoteSystem remote;

    @BeforeEach
    void start_the_remote_system() throws Exception {
        remote = new RemoteSystem();
    }

    @AfterEach
    void stop_all() throws Exception {
        for (Dispatcher each : running) {
            each.stop();
        }
        remote.close();
    }

    Desk desk(boolean gateway, Retries retries) {
        return new Desk(database.dataSource(), REACTIONS, RULES, new Desk.Terms(gateway, retries, LEASE), meters);
    }

    GatewayClient client() {
        return new GatewayClient(
                URI.create(remote.address() + "/"),
                "the-key",
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ofMillis(500));
    }

    Dispatcher dispatcher(boolean gateway, Retries retries) {
        Dispatcher dispatcher = new Dispatcher(
                desk(gateway, retries), new EffectTable(jdbc()), gateway ? client() : null, retries, meters, 4);
        running.add(dispatcher);
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
