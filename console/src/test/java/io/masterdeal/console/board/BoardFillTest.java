package io.masterdeal.console.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.masterdeal.console.platform.Roles;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Deals whose events the topic no longer has. */
class BoardFillTest {

    private static final String FIRST = """
            {"items":[{"master_deal_id":"00000000-0000-5000-8000-000000000001","root":"crm:deal:D-1","stage":"briefed","outcome":"open",
             "gaps":["lead_created"],"facts":3,"revision":4,"rule_set":"default@1","updated_at":"2026-04-02T09:00:00.000Z",
             "attributes":{"client":"ООО «Ромашка»","amount":"1250000.50","currency":"RUB"},
             "timeline":[{"stage":"briefed","effective_at":"2026-04-01T09:00:00.000Z","direction":"forward"}]}],"next":"Mw=="}
            """;
    private static final String SECOND = """
            {"items":[{"master_deal_id":"00000000-0000-5000-8000-000000000002","root":"crm:deal:D-2","stage":"none","outcome":"open",
             "gaps":[],"facts":1,"revision":9,"rule_set":"default@1","updated_at":"2026-04-02T09:00:00.000Z","attributes":{}}]}
            """;
    private static final String CLOCKS = """
            {"items":[{"root":"crm:deal:D-1","master_deal_id":"00000000-0000-5000-8000-000000000001","policy":"brief-to-offer","object":null,
             "cycle":1,"state":"running","at_risk":true,"started_at":"2026-04-01T09:00:00.000Z","due_at":"2026-04-09T09:00:00.000Z",
             "breached_at":null,"stopped_at":null,"domain":"masterdeal"}]}
            """;

    @Test
    void are_asked_from_the_service_until_it_answers_and_never_replace_an_event() throws IOException, SQLException {
        // given
        AtomicInteger asked = new AtomicInteger();
        HttpServer service = service(asked);
        try (Roles roles = new Roles(
                        URI.create("http://127.0.0.1:" + service.getAddress().getPort()), null, "key");
                BoardStore store = new BoardStore(database(), "masterdeal.events")) {
            assertThat(store.acquire()).isTrue();
            store.begin("topic", false);
            ColumnBoard board = new ColumnBoard(List::of, Clock.systemUTC());
            Card second = new RandomDeals(3, 1).card("crm:deal:D-2", 0, 1);
            board.take(List.of(new CardReader.Read(with(second, "00000000-0000-5000-8000-000000000002"), false)));
            BoardFill fill = new BoardFill(new ServiceDeals(roles), board, store, Duration.ofMillis(10));

            // when
            fill.begin();
            await().until(fill::isDone);

            // then
            Card card = board.byRoot("crm:deal:D-1").orElseThrow();
            assertThat(card.attribute("client")).isEqualTo("ООО «Ромашка»");
            assertThat(card.amount()).isEqualByComparingTo("1250000.5");
            assertThat(card.since()).isEqualTo(Instant.parse("2026-04-01T09:00:00Z"));
            assertThat(card.sla(Instant.parse("2026-04-08T09:00:00Z"))).isEqualTo(DealSla.AT_RISK);
            assertThat(card.sla(Instant.parse("2026-04-09T09:00:00Z"))).isEqualTo(DealSla.BREACHED);
            assertThat(board.byRoot("crm:deal:D-2").orElseThrow().revision()).isEqualTo(1);
            ColumnBoard loaded = new ColumnBoard(List::of, Clock.systemUTC());
            assertThat(store.load(loaded::take)).contains(new Position("topic", Map.of(), true));
            assertThat(loaded.page(DealSelection.ALL, Sort.KEY, null, 10, Instant.now()))
                    .isEqualTo(board.page(DealSelection.ALL, Sort.KEY, null, 10, Instant.now()));
        } finally {
            service.stop(0);
        }
    }

    private static Card with(Card card, String id) {
        return new Card(
                UUID.fromString(id),
                card.root(),
                card.epoch(),
                card.revision(),
                card.stage(),
                card.outcome(),
                card.gaps(),
                card.attributes(),
                card.amount(),
                card.currency(),
                card.ruleSet(),
                card.steps(),
                card.clocks(),
                card.facts(),
                card.publishedAt());
    }

    private static HttpServer service(AtomicInteger asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String query = exchange.getRequestURI().toString();
            String answer = query.startsWith("/sla") ? CLOCKS : query.contains("cursor=Mw%3D%3D") ? SECOND : FIRST;
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(asked.incrementAndGet() == 1 ? 503 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static PGSimpleDataSource database() {
        LocalAddresses at = TestServers.get().addresses();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(at.jdbcUrl());
        database.setUser(at.postgresUser());
        database.setPassword(at.postgresPassword());
        database.setCurrentSchema("board_fill_test");
        Flyway.configure()
                .dataSource(database)
                .schemas("board_fill_test")
                .locations("classpath:masterdeal/console/migrations")
                .load()
                .migrate();
        return database;
    }
}
