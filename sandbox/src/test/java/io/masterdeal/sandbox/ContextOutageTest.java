package io.masterdeal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One subscriber is away now and then, as in a demonstration. */
class ContextOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void the_context_has_an_outage_during_a_run_and_then_receives_what_it_missed(@TempDir Path directory)
            throws Exception {
        try (RunningSandbox sandbox = RunningSandbox.start(directory, Map.of())) {
            // before a run it is there
            assertThat(tell(sandbox, revision("crm:deal:D-first")).status()).isEqualTo(204);

            // when
            assertThat(sandbox.post("/simulation", """
                    {"deals": 1, "rate": 50, "seed": 3, "tag": "outage"}""").status()).isEqualTo(202);

            // then
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> tell(sandbox, revision("crm:deal:D-during")).status() == 503);
            JsonNode event = revision("crm:deal:D-after");
            await().atMost(PATIENCE).until(() -> tell(sandbox, event).status() == 204);
            assertThat(sandbox.get("/notifications").json().at("/context/away").longValue())
                    .isPositive();
            assertThat(sandbox.get("/context/crm:deal:D-after").json()).hasToString(event.toString());
        }
    }

    private static RunningSandbox.Reply tell(RunningSandbox sandbox, JsonNode event) {
        return sandbox.send(Notifier.CONTEXT.request(sandbox.address(), event));
    }

    private static JsonNode revision(String deal) {
        var event = RunningSandbox.JSON
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", UUID.randomUUID().toString())
                .put("source", "/masterdeal")
                .put("type", "masterdeal.updated")
                .put("subject", deal)
                .put("time", "2026-03-02T09:00:00Z");
        event.putObject("data").put("root", deal).put("revision", 1).put("stage", "briefed");
        return event;
    }
}
