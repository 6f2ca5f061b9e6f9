package io.masterdeal.service.intake;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.contracts.registry.SchemaRegistry;
import io.masterdeal.service.servers.RunningService;
import io.masterdeal.testbed.servers.TestServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What is in a batch, and how much. */
class IntakeBatchTest {

    private static final TopicPartition FIRST = new TopicPartition("legal.events", 0);

    private static final TopicPartition SECOND = new TopicPartition("legal.events", 1);

    private final EventSerde serde = RunningService.serde();

    @Test
    void a_batch_is_full_by_the_number_of_its_records_be_they_good_or_refused() {
        // given
        IntakeBatch batch = new IntakeBatch(Intakes.records(serde), 3);

        // when
        batch.add(List.of(good(FIRST, 4), mebibyte(FIRST, 5)));
        IntakeBatch.Room room = batch.room();
        boolean isFull = batch.isFull();
        batch.add(List.of(good(SECOND, 7)));

        // then
        assertThat(room.records()).isEqualTo(1);
        assertThat(isFull).isFalse();
        assertThat(batch.isFull()).isTrue();
        assertThat(batch.decoded()).extracting(it -> it.record().offset()).containsExactly(4L, 7L);
        assertThat(batch.refused()).extracting(it -> it.record().offset()).containsExactly(5L);
        assertThat(batch.offsets())
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(6), SECOND, new OffsetAndMetadata(8)));
    }

    @Test
    void a_batch_is_full_by_the_bytes_of_its_records_too() {
        // given
        IntakeBatch batch = new IntakeBatch(Intakes.records(serde), 1000);

        // when: such records are refused, which makes no difference
        for (int offset = 0; offset < 15; offset++) {
            batch.add(List.of(mebibyte(FIRST, offset)));
        }
        boolean isFull = batch.isFull();
        batch.add(List.of(mebibyte(SECOND, 7)));

        // then
        assertThat(isFull).isFalse();
        assertThat(batch.isFull()).isTrue();
        assertThat(batch.room()).isEqualTo(new IntakeBatch.Room(984, 0));
    }

    @Test
    void if_one_record_cannot_be_decoded_now_none_is_added_and_all_may_be_added_later() {
        // given: a registry that is out of reach at first; the record before needs none
        Reach reach = new Reach();
        IntakeBatch batch = new IntakeBatch(Intakes.records(new EventSerde(EventCatalog.bundled(), reach)), 1000);
        List<ConsumerRecord<byte[], byte[]>> records = List.of(mebibyte(FIRST, 1), good(FIRST, 2));

        // when
        assertThatThrownBy(() -> batch.add(records)).isInstanceOf(RegistryUnavailableException.class);

        // then
        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.refused()).isEmpty();
        assertThat(batch.decoded()).isEmpty();
        assertThat(batch.room()).isEqualTo(new IntakeBatch.Room(1000, IntakeBatch.MOST_BYTES));

        // when
        reach.isThere = true;
        batch.add(records);

        // then
        assertThat(batch.refused()).hasSize(1);
        assertThat(batch.decoded()).hasSize(1);
        assertThat(batch.offsets()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(3)));
    }

    @Test
    void of_partitions_that_others_read_no_offset_is_to_be_committed() {
        // given
        IntakeBatch batch = new IntakeBatch(Intakes.records(serde), 1000);
        batch.add(List.of(good(FIRST, 1), good(SECOND, 1)));

        // when
        batch.forget(List.of(FIRST));

        // then
        assertThat(batch.offsets()).isEqualTo(Map.of(SECOND, new OffsetAndMetadata(2)));
        assertThat(batch.isEmpty()).isFalse();

        // when
        batch.forget(List.of(SECOND));

        // then: nothing is left that would have to be stored by this process
        assertThat(batch.isEmpty()).isTrue();
    }

    /** The way to a registry, which may be interrupted. */
    private static final class Reach implements SchemaRegistry {

        private final SchemaRegistry registry =
                new HttpSchemaRegistry(TestServers.get().addresses().registryUrl());

        private boolean isThere;

        @Override
        public int register(String subject, Schema schema) {
            return registry.register(subject, schema);
        }

        @Override
        public Schema byId(int id) {
            if (!isThere) {
                throw new RegistryUnavailableException("out of reach");
            }
            return registry.byId(id);
        }
    }

    private ConsumerRecord<byte[], byte[]> good(TopicPartition partition, long offset) {
        Event event = event("legal.approved", "legal:case:batch-" + offset, 1);
        ProducerRecord<byte[], byte[]> sent = serde.serialize(event);
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> mebibyte(TopicPartition partition, long offset) {
        byte[] value = new byte[1024 * 1024];
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0L,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
