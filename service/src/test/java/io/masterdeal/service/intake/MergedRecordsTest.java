package io.masterdeal.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.servers.DomainEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The records of several topics of a real Kafka, in one stream. */
class MergedRecordsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Longer than a busy machine may take. */
    private static final Duration STRAGGLER = Duration.ofSeconds(20);

    /** Yesterday: what is a week old, a broker that has run for some minutes deletes under the test's hands. */
    private final long start = Instant.now().minus(Duration.ofDays(1)).toEpochMilli();

    private static final int EVERY = 10;

    private static final long MANY_BYTES = 1024 * 1024;

    private static int count;

    private final KafkaClients clients = DomainEvents.clients("merged-" + ++count);

    private final String busy = "busy-" + count;

    private final String quiet = "quiet-" + count;

    private Consumer<byte[], byte[]> consumer;

    private MergedRecords records;

    @BeforeEach
    void make_topics() throws Exception {
        try (Admin admin = clients.admin()) {
            admin.createTopics(List.of(new NewTopic(busy, 1, (short) 1), new NewTopic(quiet, 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        consumer = clients.intakeConsumer();
        records = new MergedRecords(consumer, STRAGGLER);
    }

    @AfterEach
    void let_them_go() {
        consumer.close();
    }

    @Test
    void a_busy_topic_and_a_quiet_one_advance_side_by_side() throws Exception {
        // given: after an outage ten times as much waits in one topic as in the other, over the same hours
        tell(busy, 8000, 1);
        tell(quiet, 800, EVERY);
        subscribe(busy, quiet);

        // when
        List<ConsumerRecord<byte[], byte[]>> all = readAll(8800);

        // then
        assertThat(all).hasSize(8800);
        assertThat(late(all)).as("records that come after a newer one").isZero();
        for (String topic : List.of(busy, quiet)) {
            assertThat(all.stream().filter(it -> it.topic().equals(topic)).map(ConsumerRecord::offset))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_partition_without_records_is_not_waited_for() throws Exception {
        tell(busy, 100, 1);
        subscribe(busy, quiet);

        assertThat(readAll(100)).hasSize(100);
        assertThat(records.isEmpty()).isTrue();
    }

    @Test
    void what_is_held_in_memory_is_bounded_and_all_of_it_comes() throws Exception {
        // given: what is in the one topic is far older, so that the other's records have to wait
        tell(busy, 6000, 1);
        tell(quiet, 6000, 1, start + 3_600_000);
        subscribe(busy, quiet);

        // when
        List<ConsumerRecord<byte[], byte[]>> first = new ArrayList<>();
        while (first.size() < 3000) {
            first.addAll(records.next(PATIENCE, new IntakeBatch.Room(100, MANY_BYTES)));
        }

        // then: of the newer topic only so much was read as is held at most, and one poll
        long given = first.stream().filter(it -> it.topic().equals(quiet)).count();
        assertThat(given).isZero();
        assertThat(consumer.position(new TopicPartition(quiet, 0))).isBetween(1000L, 1250 + given);
        assertThat(readAll(12_000 - first.size())).hasSize(12_000 - first.size());
    }

    @Test
    void no_more_bytes_are_given_than_there_is_room_for_but_always_one_record() throws Exception {
        // given: records of 200 bytes and a key of one or two
        tell(busy, 50, 1);
        subscribe(busy);

        // when
        List<Integer> given = new ArrayList<>();
        for (long room : List.of(1050L, 1L, 0L, MANY_BYTES)) {
            given.add(records.next(PATIENCE, new IntakeBatch.Room(100, room)).size());
        }

        // then
        assertThat(given).containsExactly(5, 1, 1, 43);
    }

    @Test
    void of_partitions_that_others_read_nothing_is_given_any_more() throws Exception {
        // given: both topics are in memory
        tell(busy, 20, 1);
        tell(quiet, 20, 1);
        subscribe(busy, quiet);
        List<ConsumerRecord<byte[], byte[]>> first = readAll(10, 10);

        // when
        records.forget(List.of(new TopicPartition(quiet, 0)));

        // then
        assertThat(first).anyMatch(it -> it.topic().equals(quiet));
        assertThat(readAll(15, 700))
                .hasSizeBetween(10, 15)
                .allMatch(it -> it.topic().equals(busy));
        assertThat(records.isEmpty()).isTrue();
    }

    private static int late(List<ConsumerRecord<byte[], byte[]>> all) {
        long newest = 0;
        int late = 0;
        for (ConsumerRecord<byte[], byte[]> each : all) {
            late += each.timestamp() < newest ? 1 : 0;
            newest = Math.max(newest, each.timestamp());
        }
        return late;
    }

    private List<ConsumerRecord<byte[], byte[]>> readAll(int expected) {
        return readAll(expected, 700);
    }

    private List<ConsumerRecord<byte[], byte[]>> readAll(int expected, int atOnce) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (all.size() < expected && System.nanoTime() < end) {
            all.addAll(records.next(PATIENCE, new IntakeBatch.Room(atOnce, MANY_BYTES)));
        }
        return all;
    }

    private void tell(String topic, int events, int every) throws Exception {
        tell(topic, events, every, start);
    }

    private void tell(String topic, int events, int every, long from) throws Exception {
        try (Producer<byte[], byte[]> producer = clients.producer()) {
            for (int i = 0; i < events; i++) {
                var sent =
                        producer.send(new ProducerRecord<>(topic, 0, from + (long) i * every, key(i), new byte[200]));
                if (i == events - 1) {
                    sent.get();
                }
            }
        }
    }

    /** From the beginning, since the consumer has no position. */
    private void subscribe(String... topics) {
        consumer.subscribe(List.of(topics), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                consumer.seekToBeginning(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
        });
    }

    private static byte[] key(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    }
}
