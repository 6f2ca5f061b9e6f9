package io.masterdeal.router.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.router.kafka.RouterClients;
import io.masterdeal.router.servers.LedgerDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where reading begins. The consumer is Kafka's mock, because the tests choose what a topic contains. */
class StartOffsetsTest {

    private static final Node NODE = new Node(0, "127.0.0.1", 9092);

    private final TreeSet<String> topics = EventCatalog.bundled().types().stream()
            .map(EventType::topic)
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void a_new_topic_begins_at_its_end_and_a_partition_that_is_added_later_at_its_first_record() throws Exception {
        try (LedgerDatabase database = new LedgerDatabase("begin")) {
            StartOffsets startOffsets = new StartOffsets(
                    new RouterClients(new KafkaSettings("127.0.0.1:1", Map.of(), null)),
                    EventCatalog.bundled(),
                    new Positions(database.transactions()));

            // when
            Map<TopicPartition, Long> first = startOffsets.fix(kafka(1));

            // then
            assertThat(first).hasSize(topics.size()).containsEntry(new TopicPartition("crm.events", 0), 100L);

            // when
            Map<TopicPartition, Long> then = startOffsets.fix(kafka(2));

            // then
            assertThat(then)
                    .hasSize(2 * topics.size())
                    .containsEntry(new TopicPartition("crm.events", 0), 100L)
                    .containsEntry(new TopicPartition("crm.events", 1), 7L);
        }
    }

    /** Each partition has the offsets 7 to 99. */
    private MockConsumer<byte[], byte[]> kafka(int partitions) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        for (String topic : topics) {
            List<TopicPartition> all = new ArrayList<>();
            IntStream.range(0, partitions).forEach(it -> all.add(new TopicPartition(topic, it)));
            consumer.updatePartitions(
                    topic,
                    all.stream()
                            .map(it -> new PartitionInfo(
                                    topic, it.partition(), NODE, new Node[] {NODE}, new Node[] {NODE}))
                            .toList());
            consumer.updateBeginningOffsets(all.stream().collect(Collectors.toMap(it -> it, _ -> 7L)));
            consumer.updateEndOffsets(all.stream().collect(Collectors.toMap(it -> it, _ -> 100L)));
        }
        return consumer;
    }
}
