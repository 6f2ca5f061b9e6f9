package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.role.leadership.Lease;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RecordingSink;
import io.masterdeal.router.servers.RecordingSink.Received;
import io.masterdeal.router.servers.RunningRouter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is routed from the moment a router has started, and what a start changes. */
class StartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SIGNED = "docflow.contract.signed";

    @TempDir
    private Path directory;

    @Test
    void events_published_after_the_start_are_routed_even_without_a_leader_yet() throws Exception {
        try (RecordingSink sink = RecordingSink.start();
                Publisher publisher = new Publisher()) {
            // given
            Path file = file(sink);
            AtomicReference<Connection> another = new AtomicReference<>();
            try (RunningRouter router = RunningRouter.start(settings -> {
                settings.put("masterdeal.router.subscriptions", file.toString());
                another.set(anotherDelivers(settings, Duration.ofHours(1)));
            })) {
                // when
                publisher.publish(List.of(Publisher.event(SIGNED, "docflow:contract:S-1")));
                another.get().close();

                // then
                await().atMost(PATIENCE).until(() -> !sink.received().isEmpty());
                assertThat(sink.received()).extracting(Received::subject).containsExactly("docflow:contract:S-1");
                assertThat(router.get("/ledger/verify").path("whole").booleanValue())
                        .isTrue();
            }
        }
    }

    @Test
    void a_start_without_a_file_ends_the_subscriptions_of_an_earlier_file_and_only_those() throws Exception {
        try (RecordingSink sink = RecordingSink.start()) {
            // given
            Path file = file(sink);
            try (RunningRouter router =
                    RunningRouter.start(settings -> settings.put("masterdeal.router.subscriptions", file.toString()))) {
                router.subscribe(
                        "by-hand",
                        "{\"types\": [\"crm.*\"], \"sink\": {\"type\": \"http\", \"url\": \"" + sink.url() + "\"}}");
                assertThat(names(router)).contains("from-the-file", "also-from-it", "by-hand", "refused-records");

                // when
                router.restart(settings -> settings.remove("masterdeal.router.subscriptions"));

                // then
                assertThat(names(router)).containsExactlyInAnyOrder("by-hand", "refused-records");
                assertThat(router.get("/subscriptions/from-the-file/changes").path("items"))
                        .extracting(it -> it.path("action").stringValue())
                        .containsExactly("created", "deleted");
            }
        }
    }

    @Test
    void a_frozen_leader_is_replaced_once_its_lease_has_expired() throws Exception {
        // given
        AtomicReference<Map<String, Object>> told = new AtomicReference<>(Map.of());
        AtomicReference<Connection> frozen = new AtomicReference<>();
        try (RunningRouter router = RunningRouter.start(settings -> {
            told.set(settings);
            frozen.set(anotherDelivers(settings, Duration.ofSeconds(2)));
        })) {
            await("it delivers")
                    .atMost(PATIENCE)
                    .until(() -> router.jdbc()
                                    .sql("SELECT number FROM terms")
                                    .query(Long.class)
                                    .single()
                            > 0);

            // then
            assertThat(isFree(told.get())).isFalse();
            assertThat(frozen.get().isValid(5)).isTrue();
            frozen.get().close();
        }
        assertThat(isFree(told.get())).isTrue();
    }

    /** Whether another process could become the leader. */
    private static boolean isFree(Map<String, Object> settings) throws SQLException {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM router.leases WHERE name = 'router' AND expires_at > clock_timestamp()")) {
            return row.next() && row.getInt(1) == 0;
        }
    }

    private Path file(RecordingSink sink) throws Exception {
        return Files.writeString(directory.resolve("subscriptions.yaml"), """
                subscriptions:
                  - {name: from-the-file, types: [%s], sink: {type: http, url: "%s"}}
                  - {name: also-from-it, types: [legal.approved], sink: {type: http, url: "%2$s"}}
                """.formatted(SIGNED, sink.url()));
    }

    private static List<String> names(RunningRouter router) throws Exception {
        return router.get("/subscriptions")
                .path("items")
                .valueStream()
                .map(it -> it.at("/definition/name").stringValue())
                .toList();
    }

    private static Connection connect(Map<String, Object> settings) throws SQLException {
        return DriverManager.getConnection(
                String.valueOf(settings.get("spring.datasource.url")),
                String.valueOf(settings.get("spring.datasource.username")),
                String.valueOf(settings.get("spring.datasource.password")));
    }

    /** Holds the leader's lease, as another process would. */
    private static Connection anotherDelivers(Map<String, Object> settings, Duration length) {
        Flyway.configure()
                .dataSource(
                        String.valueOf(settings.get("spring.datasource.url")),
                        String.valueOf(settings.get("spring.datasource.username")),
                        String.valueOf(settings.get("spring.datasource.password")))
                .locations("classpath:masterdeal/router/migrations")
                .schemas("router")
                .defaultSchema("router")
                .load()
                .migrate();
        try {
            Connection connection = connect(settings);
            connection.setSchema("router");
            assertThat(new Lease("router", length).acquire(connection)).isPresent();
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
