package io.masterdeal.service.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masterdeal.service.delay.ServiceDelays;
import io.masterdeal.service.intake.IntakeDecisions.Incident;
import io.masterdeal.service.intake.IntakeProgress.Partition;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.masterdeal.testbed.servers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/**
 * What the intake does if Kafka does not have what it has to read next. The records of these topics are not events: each is
 * refused, which
 * is a way to be taken in.
 */
class ReadingPlacesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static int count;

    private final String topic = "reading-places-" + ++count;

    private final KafkaClients clients = DomainEvents.clients(topic);

    private final Producer<byte[], byte[]> producer = clients.producer();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final IntakeMeters meters = new IntakeMeters(registry, ServiceDelays.of(registry, Clock.systemUTC()));

    private final DataSource dataSource = RunningService.shared().bean(DataSource.class);

    private final IntakeProgress progress = Intakes.progress(topic, List.of(topic), dataSource);

    private final IntakeDecisions decisions = Intakes.decisions(topic, List.of(topic), dataSource);

    @BeforeEach
    void make_a_topic() throws Exception {
        Intakes.ADMIN
                .createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                .all()
                .get();
    }

    @AfterEach
    void let_it_go() throws Exception {
        producer.close();
        Intakes.ADMIN.deleteTopics(List.of(topic)).all().get();
    }

    @Test
    void records_that_kafka_deleted_unread_are_told_and_wait_for_an_operator() throws Exception {
        // given: five were read, and of thirty more all but four are deleted
        Intake intake = start(clients::intakeConsumer);
        send(0, 5);
        awaitPosition(0, 5);
        intake.stop();
        send(0, 30);
        delete(0, 31);
        send(1, 2);

        // when
        intake = start(clients::intakeConsumer);

        // then: the other partition goes on
        awaitPosition(1, 2);
        await().atMost(PATIENCE).until(() -> meters.health().getStatus().equals(Status.DOWN));
        assertThat(String.valueOf(meters.health().getDetails().get("held")))
                .contains(topic
                        + "-0: Kafka has deleted offsets 5 to 30 before they were taken in: up to 26 records are lost");
        assertThat(decisions.incidents()).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo("records-lost");
            assertThat(it.partition()).isZero();
            assertThat(it.open()).isTrue();
            assertThat(it.cure())
                    .contains("./masterdeal intake resume --topic " + topic + " --partition 0 --from first");
        });
        assertThat(position(0)).isEqualTo(5);
        assertThat(registry.get("masterdeal.intake.held").gauge().value()).isEqualTo(1);

        // when
        assertThat(decisions.resume(topic, 0, "first", "they are lost"))
                .containsExactly(new IntakeDecisions.Resumed(topic, 0, 31));

        // then
        awaitPosition(0, 35);
        await().atMost(PATIENCE).until(() -> meters.health().getStatus().equals(Status.UP));
        assertThat(decisions.incidents())
                .extracting(Incident::open, Incident::decision)
                .containsExactly(org.assertj.core.api.Assertions.tuple(false, "from offset 31: they are lost"));
        intake.stop();
    }

    @Test
    void records_that_kafka_deletes_before_the_eyes_of_a_running_intake_are_told_as_well() throws Exception {
        // given: an intake that is kept from polling while records come and go
        Semaphore gate = new Semaphore(1);
        Intake intake = start(() -> gated(clients.intakeConsumer(), gate));
        send(0, 1);
        awaitPosition(0, 1);
        gate.acquire();
        send(0, 9);
        delete(0, 10);
        send(0, 1);

        // when
        gate.release();

        // then
        await().atMost(PATIENCE).until(() -> meters.health().getStatus().equals(Status.DOWN));
        assertThat(decisions.incidents())
                .singleElement()
                .satisfies(
                        it -> // Some may have been read ahead already.
                        assertThat(it.what()).containsPattern("offsets [1-9] to 9 before"));

        // when
        decisions.resume(topic, null, "first", "a test");

        // then
        awaitPosition(0, 11);
        intake.stop();
    }

    @Test
    void a_topic_that_was_created_again_waits_for_an_operator() throws Exception {
        // given
        Intake intake = start(clients::intakeConsumer);
        send(0, 5);
        awaitPosition(0, 5);
        intake.stop();
        Intakes.ADMIN.deleteTopics(List.of(topic)).all().get();
        await().atMost(PATIENCE)
                .until(() -> !Intakes.ADMIN.listTopics().names().get().contains(topic));
        make_a_topic();
        send(0, 7);

        // when
        intake = start(clients::intakeConsumer);

        // then
        await().atMost(PATIENCE).until(() -> decisions.incidents().size() == 2);
        assertThat(decisions.incidents()).allSatisfy(it -> assertThat(it.kind()).isEqualTo("another-topic"));
        assertThat(meters.health().getStatus()).isEqualTo(Status.DOWN);

        // when
        decisions.resume(topic, null, "first", "it was made anew on purpose");

        // then
        awaitPosition(0, 7);
        intake.stop();
    }

    @Test
    void a_position_behind_the_end_of_the_topic_waits_for_an_operator() throws Exception {
        // given
        Intake intake = start(clients::intakeConsumer);
        send(0, 5);
        awaitPosition(0, 5);
        intake.stop();
        RunningService.shared()
                .jdbc()
                .sql("UPDATE intake_positions SET next_offset = 50 WHERE topic = ? AND partition = 0")
                .param(topic)
                .update();

        // when
        intake = start(clients::intakeConsumer);

        // then
        await().atMost(PATIENCE).until(() -> meters.health().getStatus().equals(Status.DOWN));
        assertThat(decisions.incidents()).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo("topic-too-short");
            assertThat(it.what()).contains("up to offset 50, but the topic ends at 5");
        });

        // when: the topic has grown meanwhile, and the intake starts again
        intake.stop();
        send(0, 60);
        intake = start(clients::intakeConsumer);

        // then
        send(1, 1);
        awaitPosition(1, 1);
        assertThat(meters.health().getStatus()).isEqualTo(Status.DOWN);
        decisions.resume(topic, 0, "5", "those up to 5 were read");
        awaitPosition(0, 65);
        intake.stop();
    }

    @Test
    void a_topic_of_which_kafka_has_lost_the_end_waits_for_an_operator() throws Exception {
        // given: what the client says after an unclean election
        AtomicBoolean cut = new AtomicBoolean();
        TopicPartition partition = new TopicPartition(topic, 0);
        Intake intake = start(() -> watched(
                clients.intakeConsumer(),
                () -> {
                    if (cut.compareAndSet(true, false)) {
                        throw new LogTruncationException(
                                "Truncated partitions detected",
                                Map.of(partition, 5L),
                                Map.of(partition, new OffsetAndMetadata(3)));
                    }
                },
                () -> {}));
        send(0, 5);
        awaitPosition(0, 5);

        // when
        cut.set(true);

        // then
        await().atMost(PATIENCE).until(() -> meters.health().getStatus().equals(Status.DOWN));
        assertThat(decisions.incidents()).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo("topic-too-short");
            assertThat(it.what()).contains("Kafka has lost what it had from offset 3 on");
        });
        decisions.resume(topic, 0, "3", "a test");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(refused()).isEqualTo(7));
        intake.stop();
    }

    @Test
    void an_operator_may_have_a_running_intake_read_a_topic_again() throws Exception {
        // given
        Intake intake = start(clients::intakeConsumer);
        send(0, 5);
        awaitPosition(0, 5);

        // when
        decisions.resume(topic, 0, "2", "to look");

        // then: three are read again, and it is not taken for a loss
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(refused()).isEqualTo(8));
        awaitPosition(0, 5);
        assertThat(decisions.incidents()).isEmpty();
        intake.stop();
    }

    @Test
    void a_decision_that_cannot_be_is_refused_with_what_could_be() throws Exception {
        send(0, 3);

        assertThatThrownBy(() -> decisions.resume(topic, 0, "4", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Kafka has offsets from 0 to before 3, not 4.");
        assertThatThrownBy(() -> decisions.resume(topic, 2, "first", "why")).hasMessage(topic + " has no partition 2.");
        assertThatThrownBy(() -> decisions.resume("other", 0, "first", "why"))
                .hasMessage("The intake reads " + topic + ", and no topic 'other'.");
        assertThatThrownBy(() -> decisions.resume(topic, 0, "last", "why"))
                .hasMessage("'from' is 'first', 'end' or the offset of a record, not 'last'.");
        assertThatThrownBy(() -> decisions.resume(topic, 0, "first", " "))
                .hasMessage("Say why: it is kept with the decision.");
    }

    @Test
    void records_of_an_aborted_transaction_are_not_read_and_markers_are_no_lag() throws Exception {
        // given
        Intake intake = start(clients::intakeConsumer);
        Map<String, Object> settings =
                new HashMap<>(TestServers.get().addresses().kafkaClientProperties());
        settings.put("bootstrap.servers", TestServers.get().addresses().kafkaBootstrapServers());
        settings.put("transactional.id", topic);

        // when: two are committed, two aborted, and each transaction ends with a marker
        try (Producer<byte[], byte[]> transactional =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            transactional.initTransactions();
            for (boolean commits : new boolean[] {true, false}) {
                transactional.beginTransaction();
                for (int i = 0; i < 2; i++) {
                    Future<RecordMetadata> sent = transactional.send(junk(0));
                    transactional.flush();
                    sent.get();
                }
                if (commits) {
                    transactional.commitTransaction();
                } else {
                    transactional.abortTransaction();
                }
            }
        }

        // then
        awaitPosition(0, 6);
        assertThat(progress.partitions())
                .allSatisfy(it -> assertThat(it.committed()).isEqualTo(it.end()));
        assertThat(refused()).isEqualTo(2);
        intake.stop();
    }

    private Intake start(Supplier<Consumer<byte[], byte[]>> consumers) {
        Intake intake = Intakes.intake(topic, consumers, List.of(topic), producer, meters, IntakeLimits.ofLanes(1));
        intake.start();
        return intake;
    }

    private double refused() {
        return registry.find("masterdeal.intake.refused").counters().stream()
                .mapToDouble(it -> it.count())
                .sum();
    }

    private ProducerRecord<byte[], byte[]> junk(int partition) {
        return new ProducerRecord<>(topic, partition, "junk".getBytes(UTF_8), "junk".getBytes(UTF_8));
    }

    private void send(int partition, int number) throws Exception {
        for (int i = 0; i < number; i++) {
            producer.send(junk(partition)).get();
        }
    }

    private void delete(int partition, long before) throws Exception {
        Intakes.ADMIN
                .deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    private long position(int partition) throws Exception {
        return progress.partitions().stream()
                .filter(it -> it.partition() == partition)
                .mapToLong(Partition::committed)
                .sum();
    }

    private void awaitPosition(int partition, long offset) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(position(partition)).isEqualTo(offset));
    }

    /** A consumer whose polls wait for a gate. */
    private static Consumer<byte[], byte[]> gated(Consumer<byte[], byte[]> real, Semaphore gate) {
        return watched(real, gate::acquireUninterruptibly, gate::release);
    }

    /** A consumer that does something before and after each poll. */
    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> watched(Consumer<byte[], byte[]> real, Runnable before, Runnable after) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (_, method, arguments) -> {
                    boolean polls = method.getName().equals("poll");
                    if (polls) {
                        before.run();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (polls) {
                            after.run();
                        }
                    }
                });
    }
}
