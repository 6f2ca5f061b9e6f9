package io.masterdeal.service.intake;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.service.delay.ServiceDelays;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is read, and what becomes of it, while PostgreSQL keeps a transaction waiting. No test may keep it waiting for longer than
 * 60 s: then the session that holds the lock is ended.
 */
class GrowingBatchTest {

    private static final List<String> TOPICS = List.of("legal.events");

    private static final String TRANSACTIONS = "masterdeal.intake.transaction.events";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration UNDER_LOCK = Duration.ofSeconds(45);

    private static final int EVENTS = 600;

    private static int count;

    private final RunningService service = RunningService.shared();

    private final KafkaClients clients = DomainEvents.clients("growing-batch-" + ++count);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final AtomicInteger consumers = new AtomicInteger();

    private final AtomicReference<java.util.function.@Nullable Consumer<Consumer<byte[], byte[]>>> atNextPoll =
            new AtomicReference<>();

    private final AtomicReference<ConsumerRebalanceListener> rebalancing = new AtomicReference<>();

    private final List<Object> commits = new CopyOnWriteArrayList<>();

    private final AtomicInteger polls = new AtomicInteger();

    private final AtomicInteger read = new AtomicInteger();

    private final IntakeProgress progress = Intakes.progress(clients.group(), TOPICS);

    private final Producer<byte[], byte[]> producer = clients.producer();

    private Connection lock;

    @BeforeEach
    void open() throws SQLException {
        lock = service.bean(DataSource.class).getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        lock.rollback();
        lock.setAutoCommit(true);
        lock.close();
        producer.close();
    }

    @Test
    void a_batch_grows_while_the_one_before_is_being_stored_and_is_stored_as_soon_as_that_is_done() throws Exception {
        // given: more than one fetch brings
        send(EVENTS);
        long waiting = sum(IntakeProgress.Partition::end);
        Intake intake = intake(Duration.ofMinutes(2));
        lock();
        try {
            // when
            intake.start();
            await().atMost(UNDER_LOCK).untilAsserted(() -> assertThat(read).hasValue((int) waiting));

            // then: nothing of it is stored yet, and so nothing committed
            assertThat(sum(IntakeProgress.Partition::committed)).isZero();

            // when
            lock.rollback();

            // then: the batch ends before the time for reading is over
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> progress.partitions().stream().allMatch(it -> it.committed() == it.end()));
        } finally {
            intake.stop();
        }
        DistributionSummary transactions = registry.summary(TRANSACTIONS);
        assertThat(transactions.totalAmount()).as("events").isBetween((double) EVENTS, (double) waiting);
        assertThat(transactions.count()).as("transactions").isLessThanOrEqualTo(2);
    }

    @Test
    void who_cannot_store_stops_reading_so_that_its_partitions_go_to_others_in_the_end() throws Exception {
        // given
        send(1);
        Intake intake = intake(Duration.ofSeconds(1));
        lock();
        try {
            // when
            intake.start();
            await().atMost(UNDER_LOCK).untilAsserted(() -> assertThat(read).hasPositiveValue());

            // then: the reader still polls many times a second
            await().atMost(UNDER_LOCK).pollInterval(Duration.ofMillis(1500)).until(unchanged(polls));
            assertThat(sum(IntakeProgress.Partition::committed)).isZero();
        } finally {
            lock.rollback();
            await().atMost(PATIENCE)
                    .until(() -> progress.partitions().stream().allMatch(it -> it.committed() == it.end()));
            intake.stop();
        }
    }

    @Test
    void offsets_of_partitions_that_went_to_others_are_not_committed_even_if_they_came_back() throws Exception {
        // given: all there is has been read, some of it is being stored
        send(10);
        long waiting = sum(IntakeProgress.Partition::end);
        Intake intake = intake(Duration.ofMinutes(2));
        lock();
        intake.start();
        await().atMost(UNDER_LOCK).untilAsserted(() -> assertThat(read).hasValue((int) waiting));

        // when: all partitions go away and are back at once; the process that had them may have committed more
        atNextPoll.set(consumer -> rebalancing.get().onPartitionsRevoked(consumer.assignment()));
        await().atMost(UNDER_LOCK).until(() -> atNextPoll.get() == null);
        lock.rollback();
        await().atMost(PATIENCE).until(() -> registry.summary(TRANSACTIONS).count() > 0);
        intake.stop();

        // then
        assertThat(commits).isEmpty();
    }

    @Test
    void a_consumer_that_fails_is_replaced_only_after_all_it_read_is_stored() throws Exception {
        // given: events are being stored
        send(10);
        Intake intake = intake(Duration.ofMinutes(2));
        lock();
        intake.start();
        await().atMost(UNDER_LOCK).untilAsserted(() -> assertThat(read).hasPositiveValue());

        // when
        atNextPoll.set(_ -> {
            throw new IllegalStateException("a defect of the client");
        });
        await().atMost(UNDER_LOCK).until(() -> atNextPoll.get() == null);

        // then: the pause before the next one is a tenth of a second
        await().during(Duration.ofSeconds(1)).atMost(UNDER_LOCK).until(() -> consumers.get() == 1);
        lock.rollback();
        await().atMost(PATIENCE).until(() -> consumers.get() == 2);
        assertThat(progress.partitions())
                .allSatisfy(it -> assertThat(it.committed()).isEqualTo(it.end()));
        intake.stop();
    }

    private static Callable<Boolean> unchanged(AtomicInteger number) {
        AtomicInteger last = new AtomicInteger(-1);
        return () -> {
            int now = number.get();
            return last.getAndSet(now) == now;
        };
    }

    private void send(int events) throws Exception {
        try (DomainEvents domain = new DomainEvents()) {
            for (int number = 0; number < events; number++) {
                domain.send(event("legal.approved", "legal:case:" + clients.group() + "-" + number, number));
            }
        }
    }

    /** Keeps all transactions of all intakes waiting that store something. */
    private void lock() throws SQLException {
        lock.setAutoCommit(false);
        try (Statement statement = lock.createStatement()) {
            statement.execute("LOCK TABLE service.event_ids IN ACCESS EXCLUSIVE MODE");
        }
    }

    private long sum(ToLongFunction<IntakeProgress.Partition> number) throws Exception {
        return progress.partitions().stream().mapToLong(number).sum();
    }

    private Intake intake(Duration reading) {
        // However much other tests have told, it is one transaction.
        IntakeLimits limits = new IntakeLimits(3, 100_000, 100_000, 300_000, 1000, reading);
        return Intakes.intake(
                clients.group(),
                () -> watched(clients.intakeConsumer()),
                TOPICS,
                producer,
                new IntakeMeters(registry, ServiceDelays.of(registry, Clock.systemUTC())),
                limits);
    }

    private Object seen(Consumer<byte[], byte[]> real, Method method, Object[] arguments) throws Throwable {
        java.util.function.Consumer<Consumer<byte[], byte[]>> now =
                method.getName().equals("poll") ? atNextPoll.getAndSet(null) : null;
        if (now != null) {
            now.accept(real);
        }
        switch (method.getName()) {
            case "subscribe" -> rebalancing.set((ConsumerRebalanceListener) arguments[1]);
            case "commitSync" -> commits.add(arguments[0]);
            default -> {}
        }
        try {
            Object result = method.invoke(real, arguments);
            if (result instanceof ConsumerRecords<?, ?> records) {
                polls.incrementAndGet();
                read.addAndGet(records.count());
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private Consumer<byte[], byte[]> watched(Consumer<byte[], byte[]> real) {
        consumers.incrementAndGet();
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                (_, method, arguments) -> seen(real, method, arguments));
    }
}
