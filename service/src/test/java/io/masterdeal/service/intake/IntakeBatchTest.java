package io.masterdeal.service.intake;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** How much is taken in together. */
class IntakeBatchTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int EVENTS = 600;

    @Test
    void a_batch_grows_while_the_one_before_is_being_stored() throws Exception {
        // given: more than one fetch brings, and a PostgreSQL that keeps the first transaction waiting
        RunningService service = RunningService.shared();
        KafkaClients clients = DomainEvents.clients("growing-batch");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        IntakeMeters meters = new IntakeMeters(registry);
        AtomicInteger read = new AtomicInteger();
        List<String> topics = List.of("legal.events");
        IntakeProgress progress = new IntakeProgress(service.bean(Admin.class), clients.group(), topics);
        try (DomainEvents events = new DomainEvents();
                Producer<byte[], byte[]> producer = clients.producer();
                Connection blocking = service.bean(DataSource.class).getConnection();
                Statement lock = blocking.createStatement()) {
            for (int number = 0; number < EVENTS; number++) {
                events.send(event("legal.approved", "legal:case:growing-" + number, number));
            }
            long waiting = progress.partitions().stream()
                    .mapToLong(IntakeProgress.Partition::end)
                    .sum();
            Intake intake = Intakes.intake(
                    () -> counting(clients.intakeConsumer(), read), topics, producer, meters, new Lanes(3));
            blocking.setAutoCommit(false);
            lock.execute("LOCK TABLE service.event_ids IN ACCESS EXCLUSIVE MODE");

            // when
            intake.start();
            await().atMost(Duration.ofSeconds(45))
                    .untilAsserted(() -> assertThat(read).hasValue((int) waiting));
            blocking.rollback();

            // then
            await().atMost(PATIENCE)
                    .until(() -> progress.partitions().stream().allMatch(it -> it.committed() == it.end()));
            intake.stop();
            DistributionSummary transactions = registry.summary("masterdeal.intake.transaction.events");
            assertThat(transactions.totalAmount()).as("events").isBetween((double) EVENTS, (double) waiting);
            assertThat(transactions.count()).as("transactions").isLessThanOrEqualTo(2);
        }
    }

    @Test
    void a_batch_is_full_by_the_bytes_of_its_records_too() {
        // given
        IntakeBatch batch = new IntakeBatch(RunningService.serde(), 1000);

        // when: such records are refused, which makes no difference
        for (int offset = 0; offset < 15; offset++) {
            batch.add(List.of(mebibyte(0, offset)));
        }
        int roomBefore = batch.room();
        batch.add(List.of(mebibyte(1, 7)));

        // then
        assertThat(roomBefore).isEqualTo(985);
        assertThat(batch.room()).isZero();
        assertThat(batch.refused()).hasSize(16);
        assertThat(batch.offsets())
                .isEqualTo(Map.of(
                        new TopicPartition("legal.events", 0), new OffsetAndMetadata(15),
                        new TopicPartition("legal.events", 1), new OffsetAndMetadata(8)));
    }

    @Test
    void records_that_cannot_be_decoded_now_are_not_in_the_batch_and_may_be_added_later() {
        // given: a registry that is out of reach
        EventSerde unable =
                new EventSerde(EventCatalog.bundled(), new HttpSchemaRegistry(URI.create("http://127.0.0.1:1")));
        IntakeBatch batch = new IntakeBatch(unable, 1000);
        ProducerRecord<byte[], byte[]> sent =
                RunningService.serde().serialize(event("legal.approved", "legal:case:later", 1));
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("legal.events", 0, 3, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);

        // when
        assertThatThrownBy(() -> batch.add(List.of(record))).isInstanceOf(RuntimeException.class);

        // then
        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.room()).isEqualTo(1000);
    }

    private static ConsumerRecord<byte[], byte[]> mebibyte(int partition, long offset) {
        byte[] value = new byte[1024 * 1024];
        return new ConsumerRecord<>(
                "legal.events",
                partition,
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

    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> counting(Consumer<byte[], byte[]> real, AtomicInteger read) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (_, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        if (result instanceof ConsumerRecords<?, ?> records) {
                            read.addAndGet(records.count());
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
