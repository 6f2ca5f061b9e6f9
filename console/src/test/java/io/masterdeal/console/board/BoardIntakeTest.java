package io.masterdeal.console.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.console.RunningConsole;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.role.kafka.KafkaClientFactory;
import io.masterdeal.role.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the topic to the board, in a console as it is started in production. */
class BoardIntakeTest {

    private static final Instant NOW = Instant.parse("2026-04-15T09:00:00Z");

    private final String root = "crm:deal:" + UUID.randomUUID();

    @Test
    void a_restarted_console_loads_the_board_and_reads_on_and_makes_it_again_if_it_was_dropped(@TempDir Path directory)
            throws Exception {
        try (RunningConsole console = RunningConsole.start(directory.resolve("first"), Map.of())) {
            // when
            publish(console, "masterdeal.created", 1, "briefed");
            send(console, new ProducerRecord<>(BoardIntake.TOPIC, 0, new byte[] {1}, new byte[] {2}));
            publish(console, "masterdeal.created", 1, "briefed");

            // then
            awaitStage(console, "briefed");
            JdbcClient sql = console.context().getBean(JdbcClient.class);
            await().until(() -> stored(sql) == 1);
            assertThat(console.get("/actuator/health", "application/json").body())
                    .contains("\"board\":{\"status\":\"UP\"}");
            assertThat(console.get("/actuator/prometheus", "text/plain").body())
                    .contains("masterdeal_board_deals", "masterdeal_board_lag_events 0", "masterdeal_board_version");
            publish(console, "masterdeal.updated", 2, "closed");
            awaitStage(console, "closed");
            await().until(() -> stored(sql) == 2);

            // As if another process had stored this, and only the offsets told what comes next.
            sql.sql("UPDATE cards SET revision = 77 WHERE root = ?").param(root).update();
        }

        try (RunningConsole console = RunningConsole.start(directory.resolve("second"), Map.of())) {
            // then
            await().until(() -> board(console).isCurrent());
            assertThat(board(console).byRoot(root).orElseThrow().revision()).isEqualTo(77);
            JdbcClient sql = console.context().getBean(JdbcClient.class);
            await().until(() -> console.context().getBean(BoardStore.class).isHeld());
            console.context().getBean(BoardIntake.class).stop();
            sql.sql("TRUNCATE cards, daily, board_offsets, board_source").update();
        }

        try (RunningConsole console = RunningConsole.start(directory.resolve("third"), Map.of())) {
            // then
            await().until(() -> board(console).isCurrent());
            assertThat(board(console).byRoot(root).orElseThrow().revision()).isEqualTo(2);
            JdbcClient sql = console.context().getBean(JdbcClient.class);
            await().until(() -> stored(sql) == 2);
        }
    }

    private void awaitStage(RunningConsole console, String stage) {
        await().untilAsserted(() ->
                assertThat(board(console).byRoot(root).map(Card::stage)).contains(stage));
    }

    private static Board board(RunningConsole console) {
        return console.context().getBean(Board.class);
    }

    private long stored(JdbcClient sql) {
        return sql.sql("SELECT coalesce(sum(revision), 0) FROM cards WHERE root = ?")
                .param(root)
                .query(Long.class)
                .single();
    }

    private void publish(RunningConsole console, String name, long revision, String stage)
            throws InterruptedException, ExecutionException {
        EventType type = Objects.requireNonNull(EventCatalog.bundled().type(name));
        UUID id = UUID.nameUUIDFromBytes(root.getBytes(StandardCharsets.UTF_8));
        Event event = new Event(
                Envelope.builder(UUID.randomUUID(), "/masterdeal", name, root, NOW)
                        .sequence(revision)
                        .masterDealId(id)
                        .build(),
                new GenericRecordBuilder(type.schema())
                        .set("master_deal_id", id.toString())
                        .set("root", root)
                        .set("revision", revision)
                        .set("epoch", 1L)
                        .set("stage", stage)
                        .set("outcome", "open")
                        .set("rule_set", "default@1")
                        .set("facts", 1)
                        .set("attributes", Map.of("client", "ООО «Ромашка»", "amount", "100"))
                        .build());
        send(console, console.context().getBean(EventSerde.class).serialize(event));
    }

    private static void send(RunningConsole console, ProducerRecord<byte[], byte[]> record)
            throws InterruptedException, ExecutionException {
        KafkaSettings settings = console.context().getBean(KafkaSettings.class);
        try (Producer<byte[], byte[]> producer = KafkaClientFactory.producer(settings.common())) {
            producer.send(record).get();
        }
    }
}
