package io.masterdeal.effects;

import io.masterdeal.facts.CurrentDeal;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the effects by which Task-Tracker gets tasks, one row for each task: whether it is wanted open or closed. The row is made and
 * changed in the transaction that tells of the warning or breach, and with it the message for the task queue.
 */
final class SlaTaskWriter implements SlaTasks {

    private final SlaQueue queue;

    private final boolean gateway;

    private final Duration lease;

    private final EffectMeters meters;

    private volatile Runnable wake = () -> {};

    /**
     * @param gateway whether this process has a gateway to send through
     * @param lease for how long an effect is claimed
     */
    SlaTaskWriter(SlaQueue queue, boolean gateway, Duration lease, EffectMeters meters) {
        this.queue = queue;
        this.gateway = gateway;
        this.lease = lease;
        this.meters = meters;
    }

    /** Sets what to call when there is something to send. */
    void wakes(Runnable sleeper) {
        wake = sleeper;
    }

    @Override
    public int write(Connection connection, Collection<Task> open, Collection<UUID> close) throws SQLException {
        int pending = open.isEmpty() ? 0 : open(connection, open);
        return close.isEmpty() ? pending : pending + close(connection, close);
    }

    private int open(Connection connection, Collection<Task> tasks) throws SQLException {
        Set<ObjectKey> ours = ours(connection, tasks);
        // In the order of the ids, so that two transactions that write the same ones do not deadlock.
        Map<String, Task> rows = new TreeMap<>();
        for (Task task : tasks) {
            if (task.object() == null || !ours.contains(task.object())) {
                rows.putIfAbsent(task.id().toString(), task);
            }
        }
        if (rows.isEmpty()) {
            return 0;
        }
        boolean sends = gateway || EffectWriter.anotherSends(connection);
        List<UUID> written = insert(connection, rows.values(), sends ? null : Reasons.NO_GATEWAY);
        if (!sends) {
            return 0;
        }
        queue.send(
                connection,
                written.stream()
                        .map(id -> Objects.requireNonNull(rows.get(id.toString())))
                        .toList());
        return written.size();
    }

    /** Those tasks that were made here: their own clocks would make tasks for ever. */
    private static Set<ObjectKey> ours(Connection connection, Collection<Task> tasks) throws SQLException {
        Set<ObjectKey> objects = new HashSet<>();
        for (Task task : tasks) {
            if (task.object() != null && task.object().is(TrackerTask.KIND)) {
                objects.add(task.object());
            }
        }
        if (!objects.isEmpty()) {
            Map<ObjectKey, String> origins = CurrentDeal.attribute(connection, objects, TrackerTask.ORIGIN);
            objects.removeIf(object -> !TrackerTask.SLA.equals(origins.get(object)));
        }
        return objects;
    }

    private static List<UUID> insert(Connection connection, Collection<Task> tasks, @Nullable String reason)
            throws SQLException {
        List<UUID> ids = new ArrayList<>();
        List<UUID> deals = new ArrayList<>();
        List<String> json = new ArrayList<>();
        for (Task task : tasks) {
            ids.add(task.id());
            deals.add(task.dealId());
            json.add(TrackerTask.json(task).toString());
        }
        return new Sql(connection)
                .query(
                        """
                        INSERT INTO effects (id, reaction, deal_id, state, reason, task, wanted)
                        SELECT id, ?, deal_id, CASE WHEN ?::text IS NULL THEN 'pending' ELSE 'suppressed' END, ?::text,
                            task::jsonb, 'open'
                        FROM unnest(?, ?, ?) WITH ORDINALITY AS t (id, deal_id, task, n)
                        ORDER BY n
                        ON CONFLICT (id) DO NOTHING
                        RETURNING id
                        """,
                        row -> row.getObject(1, UUID.class),
                        TrackerTask.REACTION,
                        reason,
                        reason,
                        new Sql.Uuids(ids),
                        new Sql.Uuids(deals),
                        new Sql.Texts(json));
    }

    /**
     * What was never sent is suppressed. What was sent may have made a task, whatever is known of it, so that is to be closed. A lease
     * is left alone: while it lasts a request may be under way, and its result makes the row due.
     */
    private int close(Connection connection, Collection<UUID> ids) throws SQLException {
        Sql sql = new Sql(connection);
        // First all locks, in the order of the ids: after that, what another transaction changed meanwhile is seen.
        List<UUID> locked = sql.query(
                "SELECT id FROM effects WHERE id = ANY (?) AND wanted = 'open' ORDER BY id FOR UPDATE",
                row -> row.getObject(1, UUID.class),
                new Sql.Uuids(ids));
        if (locked.isEmpty()) {
            return 0;
        }
        int before = sql.query(
                        "SELECT 1 FROM effects WHERE id = ANY (?) AND state <> 'pending' AND request_body IS NOT NULL",
                        row -> row.getInt(1),
                        new Sql.Uuids(locked))
                .size();
        sql.update("""
                UPDATE effects SET wanted = 'closed',
                    state = CASE WHEN request_body IS NULL THEN 'suppressed' ELSE 'pending' END,
                    reason = CASE WHEN request_body IS NULL THEN ? END,
                    attempts = 0,
                    due_at = CASE WHEN request_body IS NULL THEN due_at
                        WHEN state = 'pending' THEN least(due_at, clock_timestamp() + ? * interval '1 ms')
                        ELSE clock_timestamp() END,
                    updated_at = clock_timestamp()
                WHERE id = ANY (?)
                """, Reasons.TAKEN_BACK, lease.toMillis(), new Sql.Uuids(locked));
        return before;
    }

    @Override
    public void committed(int written) {
        meters.entered(EffectState.PENDING, written);
        if (written > 0) {
            wake.run();
        }
    }
}
