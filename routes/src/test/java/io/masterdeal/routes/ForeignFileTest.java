package io.masterdeal.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.files.RouteFile;
import io.masterdeal.routes.servers.Infrastructure;
import io.masterdeal.routes.servers.RouteFolderOf;
import io.masterdeal.routes.trial.Trial;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files in other encodings and files whose items cannot be kept are handled once, and not read again without end. */
class ForeignFileTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Charset WINDOWS = Charset.forName("windows-1251");

    private static final String INVOICES = """
            - route:
                id: ID
                from:
                  uri: file:DROP
                  parameters: {include: '.*[.]csv', delay: '200', initialDelay: '0', readLock: none, CHARSET}
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
                                type: dcm.invoice.issued
                                subject: dcm:invoice:${body[number]}
                                time: '2026-03-10T09:00:00Z'
                                data.client: ${body[client]}
            """;

    private static final String TABLE = "number;client\nW-1;ООО Волна\nW-2;Plain\n";

    private RouteFolderOf folder;

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        folder = new RouteFolderOf(root);
        Infrastructure.shared().openGateway();
    }

    private void route(String id, String charset) throws Exception {
        folder.write(
                id + ".yaml",
                INVOICES.replace("ID", id).replace("CHARSET", charset.isEmpty() ? "" : "charset: " + charset));
    }

    @Test
    void a_table_of_another_encoding_is_read_once_and_its_good_rows_are_events() throws Exception {
        // given
        route("unnamed", "");
        try (RouteEngine engine = folder.start()) {
            // when
            folder.drop("invoices.csv", TABLE, WINDOWS);
            folder.drop("names.csv", "номер;имя\nW-3;Волна\n", WINDOWS);

            // then
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/names.csv")));
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/invoices.csv")));
            assertThat(folder.rejected("invoices.csv")).singleElement().satisfies(it -> {
                assertThat(it.path("line").intValue()).isEqualTo(2);
                assertThat(it.at("/problem/detail").stringValue())
                        .contains("not UTF-8", "column 'client'", "charset: windows-1251");
            });
            assertThat(folder.rejected("names.csv")).singleElement().satisfies(it -> {
                assertThat(it.at("/problem/detail").stringValue()).contains("first line", "not UTF-8");
                assertThat(it.path("item").stringValue()).contains("W-3;\uFFFD");
            });
            assertThat(engine.setAside()).isEmpty();
        }
        assertThat(Infrastructure.shared().events("dcm.events", "dcm:invoice:W-"))
                .extracting(it -> it.envelope().subject())
                .containsExactly("dcm:invoice:W-2");
    }

    @Test
    void a_configured_encoding_is_used_in_a_trial_as_in_the_running_route() throws Exception {
        // given
        String yaml = INVOICES.replace("CHARSET", "charset: windows-1251");

        // when
        JsonNode told;
        try (Trial trial = Trial.of(List.of(new RouteFile("named.yaml", yaml)), null, EventCatalog.bundled())) {
            told = trial.run("ID", Trial.Sample.file("a.csv", TABLE.getBytes(WINDOWS)));
        }
        route("named", "windows-1251");
        try (RouteEngine _ = folder.start()) {
            folder.drop("named.csv", TABLE.replace("W-", "N-"), WINDOWS);
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/named.csv")));
        }

        // then
        assertThat(told.path("failed")).isEmpty();
        assertThat(told.path("sends"))
                .extracting(it -> it.at("/event/data/client").stringValue())
                .containsExactly("ООО Волна", "Plain");
        assertThat(Infrastructure.shared().events("dcm.events", "dcm:invoice:N-"))
                .extracting(it -> String.valueOf(it.data().get("client")))
                .containsExactlyInAnyOrder("ООО Волна", "Plain");
    }

    @Test
    void a_file_whose_rejected_items_cannot_be_kept_is_quarantined_and_named() throws Exception {
        // given
        route("aside", "");
        Files.createDirectories(folder.drop());
        Files.writeString(folder.drop().resolve(".rejected"), "in the way");
        try (RouteEngine engine = folder.start()) {
            // when
            folder.drop("first.csv", "number;client\n;no number\nA-1;good\n");
            await().atMost(PATIENCE).until(() -> Files.exists(folder.drop().resolve(".camel/first.csv")));

            // then
            assertThat(folder.rejectedBy("aside")).singleElement().satisfies(it -> {
                assertThat(it.path("line").intValue()).isEqualTo(2);
                assertThat(it.path("file").stringValue()).endsWith("first.csv");
            });
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.rejected().resolve("aside.jsonl"))))
                    .isEqualTo("rw-------");
            assertThat(engine.setAside()).isEmpty();

            // when
            Files.delete(folder.rejected().resolve("aside.jsonl"));
            Files.delete(folder.rejected());
            Files.writeString(folder.rejected(), "in the way too");
            folder.drop("second.csv", "number;client\n;no number\nA-2;good\n");

            // then
            Path aside = folder.drop().resolve(".not-kept/second.csv");
            await().atMost(PATIENCE).until(() -> Files.exists(aside));
            assertThat(folder.drop().resolve("second.csv")).doesNotExist();
            assertThat(engine.setAside()).singleElement().asString().contains("second.csv");
        }
        try (RouteEngine engine = folder.start()) {
            assertThat(engine.setAside()).singleElement().asString().contains("second.csv");
            Files.delete(folder.drop().resolve(".not-kept/second.csv"));
            assertThat(engine.setAside()).isEmpty();
        }
    }
}
