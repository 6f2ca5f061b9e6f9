package io.masterdeal.router.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.role.access.Actor;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.operation.OperationItem;
import io.masterdeal.role.operation.OperationJobs;
import io.masterdeal.role.operation.OperationWork;
import io.masterdeal.role.operation.Operations;
import io.masterdeal.role.operation.OperatorActions;
import io.masterdeal.router.deadletter.DeadLetters.Groups;
import io.masterdeal.router.deadletter.Decisions.Decision;
import io.masterdeal.router.deadletter.Decisions.Effect;
import io.masterdeal.router.servers.LedgerDatabase;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations without a router: what is done once whatever happens, and how it is found. */
class OperationsTest {

    private static final OperatorActions ACTIONS =
            new OperatorActions(new OperatorActions.Columns("changed_by", "changed_at", "deliveries"));

    private static final Operations OPERATIONS = new Operations(ACTIONS);

    private static final DecisionWork WORK = new DecisionWork(5, () -> {});

    private static OffsetDateTime today;

    private static LedgerDatabase database;

    private static Decisions decisions;

    @BeforeAll
    static void migrate() throws SQLException {
        database = new LedgerDatabase("operations");
        today = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        database.addDay(today);
        decisions = new Decisions(database.transactions(), OPERATIONS, WORK);
        for (String name : List.of("one", "two")) {
            database.update(
                    "INSERT INTO subscriptions (name, version, definition, origin, changed_by)"
                            + " VALUES (?, 1, '{}'::jsonb, 'api', 'operator')",
                    name);
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.update("TRUNCATE messages, deliveries, operations, operation_items, operator_actions");
    }

    @Test
    void what_a_killed_process_left_is_done_by_another_once() throws Exception {
        // given
        addDeadLetters(1, 1_200);
        UUID operation = decisions.later(decision(DecisionWork.REDRIVE, Selection.ALL), 100_000);
        OperationJobs first = new OperationJobs(database.transactions(), OPERATIONS, WORK);
        OperationJobs killed = new OperationJobs(database.transactions(), OPERATIONS, new KilledAfterIt());
        OperationJobs other = new OperationJobs(database.transactions(), OPERATIONS, WORK);

        // when
        assertThat(first.step()).isTrue();
        assertThat(killed.step()).isTrue();

        // then
        assertThat(number("SELECT count(*) FROM deliveries WHERE state = 'pending'"))
                .isEqualTo(500);
        assertThat(number("SELECT items FROM operations WHERE state = 'running' AND failures = 1"))
                .isEqualTo(500);

        // when
        database.update("UPDATE operations SET due_at = clock_timestamp()");
        while (other.step()) {
            // Goes on until nothing is left.
        }

        // then
        assertThat(number("SELECT items FROM operations WHERE state = 'done' AND failures = 0"))
                .isEqualTo(1_200);
        assertThat(number("SELECT count(DISTINCT message_id) FROM operation_items WHERE operation = '" + operation
                        + "' AND result = 'redriven'"))
                .isEqualTo(1_200);
        assertThat(number("SELECT count(*) FROM deliveries WHERE state = 'pending' AND replay = 1"))
                .isEqualTo(1_200);
        assertThat(number("SELECT deliveries FROM operator_actions")).isEqualTo(1_200);
    }

    @Test
    void two_operators_at_once_redrive_each_delivery_once() throws Exception {
        // given
        addDeadLetters(1, 400);
        Callable<Effect> redrive = () -> decisions.now(decision(DecisionWork.REDRIVE, Selection.ALL), false, 10_000);

        // when
        long redriven = 0;
        try (ExecutorService operators = Executors.newFixedThreadPool(2)) {
            for (Future<Effect> it : operators.invokeAll(List.of(redrive, redrive))) {
                redriven += it.get().redriven();
            }
        }

        // then
        assertThat(redriven).isEqualTo(400);
        assertThat(number("SELECT count(*) FROM deliveries WHERE replay = 1")).isEqualTo(400);
        assertThat(number("SELECT sum(items) FROM operations WHERE state = 'done'"))
                .isEqualTo(400);
    }

    @Test
    void a_job_leaves_alone_what_became_a_dead_letter_after_its_start() throws Exception {
        // given
        addDeadLetters(1, 10);
        decisions.later(decision(DecisionWork.DISCARD, Selection.ALL), 100_000);
        database.update(
                "UPDATE deliveries SET changed_at = clock_timestamp() + interval '1 hour' WHERE message_id = 7");

        // when
        new OperationJobs(database.transactions(), OPERATIONS, WORK).step();

        // then
        assertThat(number("SELECT message_id FROM deliveries WHERE state = 'dead_lettered'"))
                .isEqualTo(7);
    }

    @Test
    void groups_follow_the_filter_and_count_no_more_than_they_say() throws Exception {
        // given
        addDeadLetters(1, 10_100);
        addDeadLetters(2, 30);
        database.update(
                "UPDATE deliveries SET tries = '[{\"status\": 500}, {\"status\": 422}]' WHERE message_id <= 20");
        database.update("ANALYZE");
        DeadLetters letters = new DeadLetters(database.transactions());

        // when
        Groups all = letters.groups(Selection.ALL, null);
        Groups rest = letters.groups(Selection.ALL, all.next());
        Groups two =
                letters.groups(new Selection(null, null, "two", null, null, null, "gave-up", null, null), all.next());
        Groups answered =
                letters.groups(new Selection(null, null, "two", null, null, null, null, 422, null), all.next());

        // then
        assertThat(all.whole()).isFalse();
        assertThat(all.lookedAt()).isEqualTo(DeadLetters.MOST_COUNTED);
        assertThat(rest.whole()).isTrue();
        assertThat(total(all) + total(rest)).isEqualTo(10_130);
        assertThat(two.items())
                .extracting(it -> it.subscription() + " " + it.lastStatus() + " " + it.count())
                .containsExactly("two 422 20", "two null 10");
        assertThat(total(answered)).isEqualTo(20);
    }

    private static long total(Groups groups) {
        return groups.items().stream().mapToLong(DeadLetters.Group::count).sum();
    }

    @Test
    void no_question_reads_a_table_whole() throws Exception {
        // given
        addDeadLetters(1, 3_000);
        database.update("ANALYZE");
        DeadLetters letters = new DeadLetters(database.transactions());
        Effect done = decisions.now(decision(DecisionWork.DISCARD, Selection.ALL), false, 100);
        long before = wholeReads();

        // when
        letters.groups(new Selection(null, null, "one", null, null, null, null, null, null), null);
        letters.list(Selection.ALL, null, 101);
        decisions.now(decision(DecisionWork.DISCARD, Selection.ALL), true, 100);
        database.transactions()
                .runByKeys(connection ->
                        WORK.items(new Sql(connection), java.util.Objects.requireNonNull(done.operation()), 50, 100));

        // then
        assertThat(wholeReads()).isEqualTo(before);
    }

    /** How often tables that grow were read whole. */
    private static long wholeReads() throws SQLException {
        return database.transactions().run(connection -> {
                    Sql sql = new Sql(connection);
                    sql.query("SELECT pg_stat_force_next_flush()", row -> 0);
                    return 0;
                })
                + number(
                        "SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname ~ '^(deliveries_|messages_|operation_items)'");
    }

    private static long number(String query) throws SQLException {
        return database.transactions()
                .run(connection -> new Sql(connection).query(query, row -> row.getLong(1)))
                .getFirst();
    }

    private static Decision decision(String action, Selection selection) {
        return new Decision(action, selection, "a test", Actor.of("operator"));
    }

    private static void addDeadLetters(int subscription, int count) throws SQLException {
        database.update(
                "INSERT INTO messages (id, accepted_at, topic, partition, \"offset\", event_id, type, subject, occurred_at)"
                        + " SELECT i, ?, 'docflow.events', 0, i, gen_random_uuid(), 'docflow.contract.signed', 'd:' || i, ?"
                        + " FROM generate_series(1, ?) AS i WHERE NOT EXISTS (SELECT 1 FROM messages WHERE id = i)",
                today,
                today,
                count);
        database.update(
                "INSERT INTO deliveries (message_id, accepted_at, subscription, state, reason, order_key, changed_at)"
                        + " SELECT id, accepted_at, ?, 'dead_lettered', 'gave-up', '', accepted_at FROM messages WHERE id <= ?",
                subscription,
                count);
    }

    /** Does its chunk, and is gone before the transaction ends. */
    private static final class KilledAfterIt implements OperationWork {
        @Override
        public Chunk work(Sql sql, Task task, int most) throws SQLException {
            WORK.work(sql, task, most);
            throw new SQLException("killed");
        }

        @Override
        public void committed(String action, Map<String, Long> results) {
            throw new AssertionError(action);
        }

        @Override
        public List<OperationItem> items(Sql sql, UUID operation, long after, int limit) {
            throw new AssertionError(operation);
        }
    }
}
