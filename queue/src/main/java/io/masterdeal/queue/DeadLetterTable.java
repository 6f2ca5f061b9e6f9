package io.masterdeal.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tasks that were given up. */
final class DeadLetterTable {

    private final JdbcClient jdbc;

    private final String queue;

    DeadLetterTable(JdbcClient jdbc, String queue) {
        this.jdbc = jdbc;
        this.queue = queue;
    }

    /** Keeps one. If the task is a dead letter already, it is replaced. */
    void add(Task task, String reason, String detail, int attempts, Instant firstAt) {
        List<Object> values = new ArrayList<>(TaskColumns.values(task));
        // PostgreSQL cannot hold U+0000 in a text.
        values.addAll(List.of(queue, reason, detail.replace('\0', ' '), attempts, TaskColumns.time(firstAt)));
        jdbc.sql("INSERT INTO queue_dead_letters (" + TaskColumns.NAMES
                        + ", queue, reason, detail, attempts, first_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (queue, task_id) DO UPDATE SET reason = excluded.reason, detail = excluded.detail,"
                        + " attempts = excluded.attempts, dead_at = excluded.dead_at")
                .params(values)
                .update();
    }

    List<DeadLetter> oldest(int atMost) {
        return jdbc.sql("SELECT " + TaskColumns.NAMES + ", reason, detail, attempts, first_at, dead_at"
                        + " FROM queue_dead_letters WHERE queue = ? ORDER BY dead_at, task_id LIMIT ?")
                .params(queue, atMost)
                .query((row, _) -> new DeadLetter(
                        TaskColumns.read(row),
                        row.getString("reason"),
                        row.getString("detail"),
                        row.getInt("attempts"),
                        TaskColumns.instant(row, "first_at"),
                        TaskColumns.instant(row, "dead_at")))
                .list();
    }

    /** Moves it to the waiting tasks, due now, in one statement. Returns whether there was such a dead letter. */
    boolean redrive(UUID taskId) {
        return jdbc.sql("WITH dead AS (DELETE FROM queue_dead_letters WHERE queue = ? AND task_id = ? RETURNING *),"
                                + " again AS (INSERT INTO queue_due (" + TaskColumns.NAMES
                                + ", queue, attempts, first_at, due_at) SELECT " + TaskColumns.NAMES
                                + ", queue, 0, first_at, clock_timestamp() FROM dead ON CONFLICT DO NOTHING)"
                                + " SELECT count(*) FROM dead")
                        .params(queue, taskId)
                        .query(Long.class)
                        .single()
                == 1;
    }

    boolean delete(UUID taskId) {
        return jdbc.sql("DELETE FROM queue_dead_letters WHERE queue = ? AND task_id = ?")
                        .params(queue, taskId)
                        .update()
                == 1;
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM queue_dead_letters WHERE queue = ?")
                .param(queue)
                .query(Long.class)
                .single();
    }
}
