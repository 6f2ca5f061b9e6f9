package io.masterdeal.router.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.local.Ports;
import io.masterdeal.queue.TaskQueues;
import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.LedgerMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A delivery to a queue succeeds only when its broker has confirmed it. */
class QueueSenderTest {

    @Test
    void without_a_broker_nothing_counts_as_accepted() throws Exception {
        // given
        Map<String, String> nobody = Map.of("bootstrap.servers", "127.0.0.1:" + Ports.free());
        try (SinkQueues queues = new SinkQueues(TaskQueues.broker(_ -> null, nobody), new SimpleMeterRegistry())) {
            QueueSender sender = new QueueSender(queues, "test.nobody", Duration.ofMillis(500));

            // when
            SinkResponse response = sender.send(new Delivery(message(), 1, "docflow:contract:K-1", 0, 0), 1)
                    .get();

            // then
            assertThat(response.verdict()).isEqualTo(SinkResponse.Verdict.AWAY);
        }
    }

    private static LedgerMessage message() {
        return new LedgerMessage(
                1,
                OffsetDateTime.parse("2026-03-01T10:00:00Z"),
                "docflow.events",
                0,
                7,
                UUID.randomUUID(),
                "docflow.contract.signed",
                "docflow:contract:K-1",
                null,
                null,
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
