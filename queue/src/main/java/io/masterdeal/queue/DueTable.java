package io.masterdeal.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tasks that wait until they are due. PostgreSQL's clock decides what is due, because all processes share it. */
final class DueTable {

    private static final String INSERT = "INSERT INTO queue_due (" + TaskColumns.NAMES
            + ", queue, attempts, first_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ";

    private static final String UNLESS_THERE = ") ON CONFLICT DO NOTHING";

    private final JdbcOperations operations;

    private final JdbcClient jdbc;

    private final String queue;

    DueTable(JdbcOperations operations, String queue) {
        this.operations = operations;
        this.jdbc = JdbcClient.create(operations);
        this.queue = queue;
    }

    /** Keeps a task until it is due. Returns whether it was not there already. */
    boolean add(WaitingTask waiting) {
        return jdbc.sql(INSERT + "?" + UNLESS_THERE)
                        .params(values(waiting.task(), waiting.attempts(), waiting.firstAt()))
                        .param(TaskColumns.time(waiting.dueAt()))
                        .update()
                == 1;
    }

    /** Keeps tasks until they are due, in one round trip. Returns how many were not there already. */
    int addAll(List<WaitingTask> waiting) {
        List<Object[]> rows = new ArrayList<>();
        for (WaitingTask each : waiting) {
            List<Object> row = values(each.task(), each.attempts(), each.firstAt());
            row.add(TaskColumns.time(each.dueAt()));
            rows.add(row.toArray());
        }
        // The driver may say "unknown, but done", a negative number, instead of 1.
        return (int) IntStream.of(operations.batchUpdate(INSERT + "?" + UNLESS_THERE, rows))
                .filter(count -> count != 0)
                .count();
    }

    /** Keeps a task for another attempt. Returns whether it was not there already. */
    boolean addAfter(TaskDelivery failed, Duration pause) {
        return jdbc.sql(INSERT + "clock_timestamp() + ? * interval '1 ms'" + UNLESS_THERE)
                        .params(values(failed.task(), failed.attempt(), failed.firstAt()))
                        .param(pause.toMillis())
                        .update()
                == 1;
    }

    private List<Object> values(Task task, int attempts, Instant firstAt) {
        List<Object> values = new ArrayList<>(TaskColumns.values(task));
        values.add(queue);
        values.add(attempts);
        values.add(TaskColumns.time(firstAt));
        return values;
    }

    /** Locks tasks that are due, until the end of the transaction. Those that another process has locked are skipped. */
    List<WaitingTask> lockDue(int atMost) {
        return jdbc.sql("SELECT " + TaskColumns.NAMES + ", attempts, first_at, due_at FROM queue_due"
                        + " WHERE queue = ? AND due_at <= clock_timestamp()"
                        + " ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED")
                .params(queue, atMost)
                .query((row, _) -> new WaitingTask(
                        TaskColumns.read(row),
                        row.getInt("attempts"),
                        TaskColumns.instant(row, "first_at"),
                        TaskColumns.instant(row, "due_at")))
                .list();
    }

    /** Deletes the tasks that the broker has accepted. */
    void delete(List<WaitingTask> sent) {
        jdbc.sql("DELETE FROM queue_due d USING unnest(?, ?) AS sent (task_id, attempts)"
                        + " WHERE d.queue = ? AND d.task_id = sent.task_id AND d.attempts = sent.attempts")
                .params(ids(sent), attempts(sent), queue)
                .update();
    }

    /** Makes them due later, so that others come first. */
    void putOff(List<WaitingTask> unsent, Duration pause) {
        jdbc.sql("UPDATE queue_due d SET due_at = clock_timestamp() + ? * interval '1 ms'"
                        + " FROM unnest(?, ?) AS unsent (task_id, attempts)"
                        + " WHERE d.queue = ? AND d.task_id = unsent.task_id AND d.attempts = unsent.attempts")
                .params(pause.toMillis(), ids(unsent), attempts(unsent), queue)
                .update();
    }

    private static UUID[] ids(List<WaitingTask> rows) {
        return rows.stream().map(each -> each.task().id()).toArray(UUID[]::new);
    }

    private static Integer[] attempts(List<WaitingTask> rows) {
        return rows.stream().map(WaitingTask::attempts).toArray(Integer[]::new);
    }

    /** In how many ms the next task is due, not positive if one is due now; empty if there is none. */
    OptionalLong nextInMillis() {
        Double millis = jdbc.sql("SELECT extract(epoch FROM min(due_at) - clock_timestamp())::float8 * 1000"
                        + " FROM queue_due WHERE queue = ?")
                .param(queue)
                .query(Double.class)
                .optional()
                .orElse(null);
        return millis == null ? OptionalLong.empty() : OptionalLong.of((long) Math.ceil(millis));
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM queue_due WHERE queue = ?")
                .param(queue)
                .query(Long.class)
                .single();
    }
}
