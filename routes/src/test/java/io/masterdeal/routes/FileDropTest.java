package io.masterdeal.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.routes.servers.Infrastructure;
import io.masterdeal.routes.servers.RouteFolderOf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rows of dropped files become domain events, or are kept with a reason. */
class FileDropTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Infrastructure AT = Infrastructure.shared();

    private static final String INVOICES = """
            - route:
                id: ID
                from:
                  uri: file:DROP
                  parameters: {include: '.*[.]csv', delay: '200', initialDelay: '0'}
                  steps:
                    - unmarshal: {custom: {ref: csv}}
                    - split:
                        simple: ${body}
                        streaming: true
                        steps:
                          - to:
                              uri: masterdeal:events
                              parameters:
                                domain: dcm
                                type: dcm.invoice.${body[what]}
                                subject: dcm:invoice:${body[number]}
                                time: ${body[time]}
                                data.amount: ${body[amount]}
                                data.client: ${body[client]}
            """;

    private static final String HEAD = "number,what,time,amount,client\n";

    private static int count;

    private RouteFolderOf folder;

    private String object;

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        folder = new RouteFolderOf(root);
        object = "F" + ++count + "-";
        folder.write("invoices.yaml", INVOICES.replace("ID", "invoices"));
    }

    @AfterEach
    void gatewayIsThere() {
        AT.openGateway();
    }

    private List<Event> events() {
        return AT.events("dcm.events", "dcm:invoice:" + object);
    }

    private static List<UUID> ids(List<Event> events) {
        return events.stream().map(it -> it.envelope().id()).toList();
    }

    private String row(int number, String amount) {
        return object + number + ",issued,2026-03-10T09:00:0" + number + "Z," + amount + ",\"A \"\"quoted\"\", Ltd\"\n";
    }

    @Test
    void bad_rows_are_kept_with_their_line_and_reason_and_the_good_ones_are_events() throws Exception {
        try (RouteEngine _ = folder.start()) {
            // when
            folder.drop(
                    "march.csv",
                    HEAD + row(1, "10.50") + row(2, "ten") + row(3, "30") + object + "4,issued\n" + row(5, "50"));

            // then
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/march.csv")));
            assertThat(events())
                    .extracting(it -> it.envelope().subject())
                    .containsExactlyInAnyOrder(
                            "dcm:invoice:" + object + 1, "dcm:invoice:" + object + 3, "dcm:invoice:" + object + 5);
            assertThat(events())
                    .allSatisfy(it -> assertThat(it.data().get("client")).hasToString("A \"quoted\", Ltd"));
            List<JsonNode> rejected = folder.rejected("march.csv");
            assertThat(rejected).extracting(it -> it.path("line").intValue()).containsExactly(3, 5);
            assertThat(rejected.getFirst().at("/problem/status").intValue()).isEqualTo(422);
            assertThat(rejected.getFirst().at("/problem/errors/0/pointer").stringValue())
                    .isEqualTo("/data/amount");
            assertThat(rejected.getFirst().at("/item/amount").stringValue()).isEqualTo("ten");
            assertThat(rejected.getLast().at("/problem/detail").stringValue()).contains("2 fields");
        }
    }

    @Test
    void a_file_that_comes_twice_gives_the_same_events() throws Exception {
        try (RouteEngine _ = folder.start()) {
            folder.drop("once.csv", HEAD + row(1, "1") + row(2, "2") + row(3, "wrong"));
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/once.csv")));
            List<UUID> first = ids(events());

            // when
            Files.delete(folder.drop().resolve(".camel/once.csv"));
            folder.drop("once.csv", HEAD + row(2, "2") + row(1, "1") + row(3, "wrong"));
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/once.csv")));

            // then
            assertThat(first).hasSize(2).doesNotHaveDuplicates();
            assertThat(ids(events())).hasSize(4).containsAll(first);
            assertThat(Set.copyOf(ids(events()))).isEqualTo(Set.copyOf(first));
            assertThat(folder.rejected("once.csv")).hasSize(1);
        }
    }

    @Test
    void nothing_is_lost_while_the_gateway_is_away_nor_when_the_engine_stops_meanwhile() throws Exception {
        // given
        AT.closeGateway();
        try (RouteEngine engine = folder.start()) {
            folder.drop("away.csv", HEAD + row(1, "1") + row(2, "2"));
            await().atMost(PATIENCE).until(() -> engine.waitsFor().contains("gateway"));
        }
        assertThat(folder.drop().resolve("away.csv")).exists();
        assertThat(folder.rejected("away.csv")).isEmpty();

        // when
        try (RouteEngine engine = folder.start()) {
            await().atMost(PATIENCE).until(() -> engine.waitsFor().contains("gateway"));
            AT.openGateway();

            // then
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/away.csv")));
            assertThat(events()).hasSize(2);
            assertThat(engine.waitsFor()).isEmpty();
        }
    }

    @Test
    void a_table_with_semicolons_a_byte_order_mark_and_broken_quotes_is_read_as_far_as_it_goes() throws Exception {
        try (RouteEngine _ = folder.start()) {
            // when
            folder.drop(
                    "odd.csv",
                    "\uFEFFnumber;what;time;amount;client\n" + object
                            + "1;issued;2026-03-10T09:00:00Z;1;\"two\nlines\"\n" + object
                            + "2;issued;2026-03-10T09:00:00Z;2;B\n" + object + "3;issued;\"never closed\n");

            // then
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/odd.csv")));
            assertThat(events()).hasSize(2);
            assertThat(folder.rejected("odd.csv")).singleElement().satisfies(it -> {
                assertThat(it.path("line").intValue()).isEqualTo(5);
                assertThat(it.at("/problem/detail").stringValue()).contains("cannot be read");
            });
        }
    }

    @Test
    void events_of_another_domain_are_rejected_and_json_lists_work_as_well() throws Exception {
        // given
        folder.write("list.yaml", """
                - route:
                    id: list
                    from:
                      uri: file:DROP
                      parameters: {include: '.*[.]json', delay: '200', initialDelay: '0'}
                      steps:
                        - to: {uri: masterdeal:events, parameters: {domain: dcm}}
                """);
        String event =
                "{\"type\":\"%s\",\"source\":\"/x\",\"subject\":\"%s\",\"time\":\"2026-03-10T09:00:00Z\",\"data\":{}}";
        try (RouteEngine _ = folder.start()) {
            // when
            folder.drop(
                    "list.json",
                    "[" + String.format(event, "dcm.invoice.paid", "dcm:invoice:" + object + 1) + ","
                            + String.format(event, "legal.approved", "legal:case:" + object + 1) + ",7]");

            // then
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/list.json")));
            assertThat(events()).hasSize(1);
            assertThat(folder.rejected("list.json"))
                    .extracting(it -> it.path("place").stringValue() + ": "
                            + it.at("/problem/status").asInt(0) + " "
                            + it.at("/problem/title").stringValue())
                    .containsExactly("item 2: 403 This key may not do that", "item 3: 0 not an event");
        }
    }
}
