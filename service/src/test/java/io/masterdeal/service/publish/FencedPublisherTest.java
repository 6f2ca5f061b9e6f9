package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.testbed.servers.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A publisher publishes nothing after another one has begun, and what Kafka refuses does not hold up other events. */
class FencedPublisherTest {

    private final String id = "fenced-" + UUID.randomUUID();

    private final List<FencedPublisher> opened = new ArrayList<>();

    @BeforeEach
    void make_a_topic() throws Exception {
        try (Admin admin = DomainEvents.clients("unused").admin()) {
            admin.createTopics(Set.of(new NewTopic(id, 1, (short) 1)
                            .configs(Map.of("max.message.bytes", Integer.toString(20_000)))))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void close() throws Exception {
        opened.forEach(FencedPublisher::close);
        try (Admin admin = DomainEvents.clients("unused").admin()) {
            admin.deleteTopics(Set.of(id)).all().get();
        }
    }

    @Test
    void a_leader_that_was_frozen_before_its_commit_publishes_nothing_after_another_took_over() {
        // given
        FencedPublisher frozen = open();
        assertThat(frozen.publish(List.of(record("r1")), () -> {})).isEmpty();

        // when: it has sent r2, and wakes up after another one has published r2 and r3
        assertThatThrownBy(() -> frozen.publish(
                        List.of(record("r2")),
                        () -> assertThat(open().publish(List.of(record("r2"), record("r3")), () -> {}))
                                .isEmpty()))
                .isInstanceOf(KafkaException.class);
        assertThatThrownBy(() -> frozen.publish(List.of(record("r2 again")), () -> {}))
                .isInstanceOf(KafkaException.class);

        // then
        assertThat(committed()).containsExactly("r1", "r2", "r3");
    }

    @Test
    void a_domains_topic_that_may_not_be_written_to_holds_up_no_canonical_event() {
        // given
        ProducerRecord<byte[], byte[]> canonical = new ProducerRecord<>(TopicTail.TOPIC, new byte[1]);
        ProducerRecord<byte[], byte[]> byAnOperator = new ProducerRecord<>("docflow.events", new byte[1]);
        FencedPublisher publisher = FencedPublisher.open(() -> new Denied(byAnOperator.topic()));
        FencedPublisher withoutAnyRight = FencedPublisher.open(() -> new Denied(canonical.topic()));

        // then
        assertThat(publisher.publish(List.of(canonical, byAnOperator), () -> {}))
                .containsOnlyKeys(1)
                .hasEntrySatisfying(1, why -> assertThat(why).contains("TopicAuthorizationException"));
        assertThat(publisher.publish(List.of(byAnOperator), () -> {})).containsOnlyKeys(0);
        assertThat(publisher.publish(List.of(canonical), () -> {})).isEmpty();
        assertThatThrownBy(() -> withoutAnyRight.publish(List.of(canonical), () -> {}))
                .isInstanceOf(KafkaException.class);
    }

    /** A producer whose login may not write to a topic. */
    private static final class Denied extends MockProducer<byte[], byte[]> {

        private final String topic;

        private boolean failed;

        Denied(String topic) {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.topic = topic;
        }

        @Override
        public synchronized void beginTransaction() {
            failed = false;
            super.beginTransaction();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            if (!record.topic().equals(topic)) {
                return super.send(record);
            }
            failed = true;
            return CompletableFuture.failedFuture(new TopicAuthorizationException(topic));
        }

        @Override
        public synchronized void commitTransaction() {
            if (failed) {
                throw new KafkaException("a record of the transaction was not sent");
            }
            super.commitTransaction();
        }
    }

    @Test
    void what_the_broker_refuses_is_named_and_nothing_is_published_until_it_is_left_out() {
        // given
        FencedPublisher publisher = open();
        String large = random(60_000);

        // when
        Map<Integer, String> refused =
                publisher.publish(List.of(record("a"), record(large), record("b"), record("c")), () -> {});

        // then
        assertThat(refused).containsOnlyKeys(1);
        assertThat(refused.get(1)).contains("RecordTooLargeException");
        assertThat(committed()).isEmpty();

        // when
        assertThat(publisher.publish(List.of(record("a"), record("b"), record("c")), () -> {}))
                .isEmpty();

        // then
        assertThat(committed()).containsExactly("a", "b", "c");
    }

    @Test
    void one_of_several_in_a_batch_that_is_too_large_as_a_whole_is_named_too() throws Exception {
        // given
        limit("3000");
        FencedPublisher publisher =
                open(Map.of("delivery.timeout.ms", 2000, "linger.ms", 0, "request.timeout.ms", 1500));
        List<ProducerRecord<byte[], byte[]>> records =
                List.of(record("a"), record(random(6000)), record("b"), record("c"));

        // when
        Map<Integer, String> refused = publisher.publish(records, () -> {});

        // then
        assertThat(refused).containsOnlyKeys(1);
        assertThat(publisher.publish(List.of(records.get(0), records.get(2), records.get(3)), () -> {}))
                .isEmpty();
        assertThat(committed()).containsExactly("a", "b", "c");
    }

    @Test
    void what_the_client_itself_refuses_is_named_as_well() {
        // given
        FencedPublisher publisher = open(Map.of("max.request.size", 1000));

        // when
        Map<Integer, String> refused =
                publisher.publish(List.of(record("a"), record(random(3000)), record("b")), () -> {});

        // then
        assertThat(refused).containsOnlyKeys(1);
        assertThat(publisher.publish(List.of(record("a"), record("b")), () -> {}))
                .isEmpty();
        assertThat(committed()).containsExactly("a", "b");
    }

    @Test
    void what_is_not_to_be_published_after_all_is_never_seen() {
        // given
        FencedPublisher publisher = open();

        // when
        assertThatThrownBy(() -> publisher.publish(List.of(record("a")), () -> {
                    throw new LeaseLostException();
                }))
                .isInstanceOf(LeaseLostException.class);

        // then
        assertThat(open().publish(List.of(record("b")), () -> {})).isEmpty();
        assertThat(committed()).containsExactly("b");
    }

    private void limit(String bytes) throws Exception {
        try (Admin admin = DomainEvents.clients("unused").admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, id),
                            Set.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private FencedPublisher open() {
        FencedPublisher publisher =
                FencedPublisher.open(() -> DomainEvents.clients("unused").relayProducer(id));
        opened.add(publisher);
        return publisher;
    }

    private FencedPublisher open(Map<String, Object> settings) {
        FencedPublisher publisher = FencedPublisher.open(() -> {
            Map<String, Object> properties =
                    new HashMap<>(TestServers.get().addresses().kafkaClientProperties());
            properties.put("bootstrap.servers", TestServers.get().addresses().kafkaBootstrapServers());
            properties.put("transactional.id", id);
            properties.putAll(settings);
            Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
            return producer;
        });
        opened.add(publisher);
        return publisher;
    }

    /** Text that cannot be compressed to a fraction of itself. */
    private static String random(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(UUID.randomUUID());
        }
        return text.toString();
    }

    private ProducerRecord<byte[], byte[]> record(String text) {
        return new ProducerRecord<>(id, "k".getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> committed() {
        List<String> texts = new ArrayList<>();
        TopicPartition partition = new TopicPartition(id, 0);
        try (Consumer<byte[], byte[]> reader = DomainEvents.clients("unused").reader()) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end =
                    Objects.requireNonNull(reader.endOffsets(List.of(partition)).get(partition));
            while (reader.position(partition) < end) {
                reader.poll(Duration.ofMillis(100))
                        .forEach(it -> texts.add(new String(it.value(), StandardCharsets.UTF_8)));
            }
        }
        return texts;
    }
}
