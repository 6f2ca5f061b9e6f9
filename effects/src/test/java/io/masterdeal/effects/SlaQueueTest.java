package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the task queue is told of warnings and breaches, over Kafka. */
class SlaQueueTest extends SlaTaskCase {

    private static final String NAME = "test.sla." + UUID.randomUUID();

    private static final int WRITERS = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Set<UUID> told = ConcurrentHashMap.newKeySet();

    private static volatile AttemptQueue.Attempt attempting = told::add;

    private static SlaQueue queue;

    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void open_the_queue() {
        queue = slaQueue(NAME);
        queue.start(effect -> attempting.make(effect));
        await().atMost(PATIENCE).until(queue::isOpen);
    }

    @AfterAll
    static void close_it() throws InterruptedException {
        queue.stop();
    }

    @BeforeEach
    void write_to_it() {
        attempting = told::add;
        writer = writer(true, queue);
    }

    @Test
    void a_message_makes_the_task_without_a_wake_up_and_without_a_sweep() {
        Dispatcher dispatcher = dispatcher(true, REACTIONS, QUICK, NO_SWEEP);
        attempting = dispatcher::attempt;

        open(breach(id));

        await().atMost(PATIENCE).until(() -> tracker.statuses().equals(List.of("To do")));
        awaitEffects(D1 + " done");
        assertThat(asked()).containsExactly("/task/tasks");
    }

    @Test
    void a_message_says_all_that_is_known_of_the_breach() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            writer.write(
                    connection,
                    List.of(breach(id), task(UUID.randomUUID(), "docflow:contract:K-1", "Sign it", false)),
                    List.of());

            List<String> messages = new ArrayList<>();
            try (var rows = connection
                    .createStatement()
                    .executeQuery("SELECT type || ' ' || convert_from(payload, 'UTF8') FROM queue_due"
                            + " WHERE queue = '" + NAME + "' ORDER BY type")) {
                while (rows.next()) {
                    messages.add(rows.getString(1));
                }
            }
            assertThat(messages).hasSize(2);
            assertThat(messages.get(0))
                    .isEqualTo("sla.breached {\"effect\":\"" + id + "\",\"master_deal_id\":\"" + deal(D1)
                            + "\",\"deal\":\"" + D1
                            + "\",\"revision\":7,\"kind\":\"breached\",\"percent\":100,\"policy\":\"brief-to-offer\","
                            + "\"domain\":\"crm\",\"title\":\"Answer the client\",\"page\":true,"
                            + "\"started_at\":\"2026-03-02T02:00:00.000Z\",\"at\":\"2026-03-02T10:00:00.000Z\","
                            + "\"due_at\":\"2026-03-02T10:00:00.000Z\"}");
            assertThat(messages.get(1)).startsWith("sla.warned ").contains("\"object\":\"docflow:contract:K-1\"");
            connection.rollback();
        }
    }

    @Test
    void a_transaction_that_is_rolled_back_leaves_neither_row_nor_message() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(writer.write(connection, List.of(breach(id)), List.of())).isEqualTo(1);
            connection.rollback();
        }
        UUID later = UUID.randomUUID();
        open(breach(later));

        await().atMost(PATIENCE).until(() -> told.contains(later));
        assertThat(told).doesNotContain(id);
        assertThat(jdbc().sql("SELECT id FROM effects").query(UUID.class).list())
                .containsExactly(later);
    }

    @Test
    void what_is_written_again_or_taken_back_or_suppressed_sends_no_message() {
        open(breach(id));
        await().atMost(PATIENCE).until(() -> told.contains(id));
        told.clear();
        UUID suppressed = UUID.randomUUID();
        UUID later = UUID.randomUUID();

        open(breach(id));
        close(id);
        writer = writer(false, queue);
        open(breach(suppressed));
        writer = writer(true, queue);
        open(breach(later));

        await().atMost(PATIENCE).until(() -> told.contains(later));
        assertThat(told).containsExactly(later);
    }

    @Test
    void transactions_that_write_the_same_tasks_in_any_order_do_not_deadlock() throws Exception {
        long seed = new Random().nextLong();
        double before = retries();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int round = 0; round < 20; round++) {
                List<UUID> ids = Stream.generate(UUID::randomUUID).limit(200).toList();
                CyclicBarrier together = new CyclicBarrier(WRITERS);
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    List<UUID> some = new ArrayList<>(ids);
                    Collections.shuffle(some, new Random(seed + 31L * round + i));
                    running.add(threads.submit(() -> {
                        together.await();
                        return write(some.stream().map(SlaTaskCase::breach).toList(), some.subList(50, 150));
                    }));
                }
                for (Future<?> each : running) {
                    each.get();
                }
            }
        }

        assertThat(retries()).as("seed %d", seed).isEqualTo(before);
        assertThat(jdbc().sql("SELECT count(*) FROM effects")
                        .query(Integer.class)
                        .single())
                .isEqualTo(20 * 200);
    }

    private double retries() {
        var counter = registry.find("masterdeal.store.transaction.retries").counter();
        return counter == null ? 0 : counter.count();
    }
}
