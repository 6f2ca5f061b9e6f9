package io.masterdeal.contracts.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.DomainEventData;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.contracts.registry.RegistryServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The acceptance data beside the repository, if it is there. */
class HistoriesTest {
    private static final Path EVENTS =
            Path.of(System.getProperty("masterdeal.home", "."), "..", "shared", "data", "histories", "events.jsonl.gz");

    private final EventCatalog catalog = EventCatalog.bundled();
    private final EventJson json = new EventJson(catalog);

    @Test
    void every_event_of_the_random_histories_is_accepted_and_unchanged_by_a_round_trip() throws IOException {
        assumeTrue(Files.exists(EVENTS), "the acceptance data are not here: " + EVENTS);
        try (var server = new RegistryServer();
                var lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(EVENTS)), StandardCharsets.UTF_8))) {
            var serde = new EventSerde(catalog, new HttpSchemaRegistry(server.url()));
            int count = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                check(line, serde);
                count++;
            }
            assertThat(count).isEqualTo(10_585);
        }
    }

    private void check(String line, EventSerde serde) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        JsonNode given = EventJson.parse(bytes);

        Event read = json.read(bytes);
        Event delivered = serde.deserialize(Records.delivered(serde.serialize(read)));

        assertThat(delivered).isEqualTo(read);
        assertThat(json.read(json.write(delivered))).isEqualTo(read);
        DomainEventData data = DomainEventData.of(delivered);
        JsonNode from = given.get("data");
        assertThat(data.status()).isEqualTo(from.path("status").stringValue(null));
        assertThat(data.links())
                .containsExactlyElementsOf(from.get("links")
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .sorted()
                        .toList());
        assertThat(data.retracts()).hasSize(from.path("retracts").size());
        assertThat(data.attributes()).hasSize(from.path("attributes").size());
    }
}
