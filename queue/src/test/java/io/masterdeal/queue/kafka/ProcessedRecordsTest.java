package io.masterdeal.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.queue.broker.Acknowledgement;
import io.masterdeal.queue.broker.BrokerMessage;
import io.masterdeal.queue.broker.BrokerQueue;
import io.masterdeal.queue.broker.Receiver;
import io.masterdeal.queue.servers.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A topic of tasks does not grow forever. */
class ProcessedRecordsTest {

    @Test
    void only_processed_records_are_deleted() throws Exception {
        // given two messages that are done and one that is not
        String queue = "test." + UUID.randomUUID();
        Map<String, String> client = Servers.kafka().kafkaClient();
        KafkaQueueClients clients = new KafkaQueueClients(client, queue);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        try (BrokerQueue broker = new KafkaBrokerSettings(client, 1, 1).open(queue, Duration.ofSeconds(60));
                Admin admin = clients.admin()) {
            broker.publish(List.of(message("a"), message("b"), message("last")));
            Receiver receiver = broker.receive(1, received -> {
                begun.incrementAndGet();
                if (received.message().key().equals("last")) {
                    mayEnd.await();
                }
                return Acknowledgement.ACCEPT;
            });
            await().atMost(Duration.ofMinutes(3)).until(() -> begun.get() >= 3);

            // then what is not done stays. Kafka stores up to where all is done only with the next change, so it is one
            // record late.
            awaitBegin(1, clients, admin);
            ProcessedRecords.delete(clients);
            assertThat(begin(admin, queue)).isBetween(1L, 2L);
            mayEnd.countDown();
            broker.publish(List.of(message("c"), message("d")));
            awaitBegin(4, clients, admin);
            receiver.close(Duration.ofSeconds(10));
        }
    }

    private static void awaitBegin(long offset, KafkaQueueClients clients, Admin admin) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            ProcessedRecords.delete(clients);
            return begin(admin, clients.group()) >= offset;
        });
    }

    private static BrokerMessage message(String key) {
        return new BrokerMessage(key, Map.of(), new byte[] {1});
    }

    private static long begin(Admin admin, String queue) throws Exception {
        TopicPartition partition = new TopicPartition(queue, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
