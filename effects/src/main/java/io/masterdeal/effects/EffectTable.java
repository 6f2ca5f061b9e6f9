package io.masterdeal.effects;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of effects. All times are those of PostgreSQL's clock, so that processes whose own clocks differ agree on what is due.
 */
final class EffectTable {

    /** The first half of an advisory lock's key; the second is the schema. */
    static final int RETENTION_LOCK = 0x6d640004;

    /** What is wanted of a task. */
    static final String OPEN = "open";

    /** The same. */
    static final String CLOSED = "closed";

    private final JdbcClient jdbc;

    EffectTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An effect that is due.
     *
     * @param eventId of the fact it follows from; null if it is the effect of a task
     * @param body null if it was never sent
     * @param standing whether its fact still counts
     * @param inDeal whether its fact still belongs to the deal
     * @param task null if it is not the effect of a task
     */
    record Due(
            UUID id,
            String reaction,
            UUID deal,
            @Nullable UUID eventId,
            boolean released,
            @Nullable String body,
            int attempts,
            @Nullable String correlationId,
            @Nullable String traceparent,
            boolean standing,
            boolean inDeal,
            @Nullable DueTask task) {}

    /**
     * The task of an effect that is due.
     *
     * @param json as {@link TrackerTask#json} makes it
     * @param wanted {@code open} or {@code closed}
     * @param key of the task in its system; null as long as that has not told it
     */
    record DueTask(String json, String wanted, @Nullable String key) {

        boolean isClosed() {
            return wanted.equals(CLOSED);
        }
    }

    private static final String SELECT_DUE = """
            SELECT e.id, e.reaction, e.deal_id, e.event_id, e.released, e.request_body, e.attempts,
                e.wanted, e.task, e.task ->> 'key' AS task_key,
                f.correlation_id, f.traceparent, coalesce(NOT f.retracted, false) AS standing,
                EXISTS (SELECT 1 FROM placements p
                    WHERE p.object_key = f.subject AND p.deal_id = e.deal_id) AS in_deal
            FROM effects e LEFT JOIN facts f
                ON f.event_id = e.event_id AND f.content_hash = e.content_hash
            WHERE e.state = 'pending' AND e.due_at <= transaction_timestamp()
            """;

    /**
     * Whether this process may decide about effects.
     *
     * @param reactions those of this process: {@link Reaction#identity}
     * @param gateway whether this process has one; without one it decides only if no process has
     */
    boolean mayDecide(String reactions, boolean gateway) {
        return jdbc.sql("SELECT coalesce((SELECT reactions = ? AND (? OR NOT sends) FROM active_settings), true)")
                .params(reactions, gateway)
                .query(Boolean.class)
                .single();
    }

    /** Locks, until the end of the transaction, effects that are due and that no other transaction has locked. */
    List<Due> lockDue(int atMost) {
        return jdbc.sql(SELECT_DUE + " ORDER BY e.due_at LIMIT ? FOR UPDATE OF e SKIP LOCKED")
                .param(atMost)
                .query((row, _) -> read(row))
                .list();
    }

    /** The same for one effect; empty if it is not due, or another transaction has locked it. */
    List<Due> lockDue(UUID id) {
        return jdbc.sql(SELECT_DUE + " AND e.id = ? FOR UPDATE OF e SKIP LOCKED")
                .param(id)
                .query((row, _) -> read(row))
                .list();
    }

    /** Whether there is such an effect, in any state. */
    boolean exists(UUID id) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM effects WHERE id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private static Due read(ResultSet row) throws SQLException {
        return new Due(
                row.getObject("id", UUID.class),
                row.getString("reaction"),
                row.getObject("deal_id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getBoolean("released"),
                row.getString("request_body"),
                row.getInt("attempts"),
                row.getString("correlation_id"),
                row.getString("traceparent"),
                row.getBoolean("standing"),
                row.getBoolean("in_deal"),
                row.getString("wanted") == null
                        ? null
                        : new DueTask(row.getString("task"), row.getString("wanted"), row.getString("task_key")));
    }

    /**
     * Counts an attempt and leases the effect.
     *
     * @param body what this and every later attempt sends; null if that is stored already
     * @return the end of the lease
     */
    OffsetDateTime lease(UUID id, @Nullable String body, Duration lease) {
        return jdbc.sql("""
                        UPDATE effects SET attempts = attempts + 1,
                            request_body = coalesce(?::text, request_body),
                            due_at = clock_timestamp() + ? * interval '1 ms', updated_at = clock_timestamp()
                        WHERE id = ? RETURNING due_at
                        """)
                .params(values(body, lease.toMillis(), id))
                .query(OffsetDateTime.class)
                .single();
    }

    /** Closes one that is locked: it is suppressed or failed. */
    void close(UUID id, EffectState state, String reason) {
        jdbc.sql("UPDATE effects SET state = ?, reason = ?, updated_at = clock_timestamp() WHERE id = ?")
                .params(state.text(), reason, id)
                .update();
    }

    /**
     * Postpones one that is locked.
     *
     * @param counts whether it counts as an attempt
     * @return until when
     */
    OffsetDateTime putOff(UUID id, Duration pause, boolean counts, String error) {
        return jdbc.sql("""
                        UPDATE effects SET due_at = clock_timestamp() + ? * interval '1 ms', attempts = attempts + ?,
                            last_error = ?, updated_at = clock_timestamp()
                        WHERE id = ? RETURNING due_at
                        """)
                .params(pause.toMillis(), counts ? 1 : 0, error, id)
                .query(OffsetDateTime.class)
                .single();
    }

    /** The other system accepted it, whatever has happened to the row since. Returns whether that is news. */
    boolean done(ClaimedEffect claimed) {
        return jdbc.sql("""
                        UPDATE effects SET state = 'done', reason = NULL, updated_at = clock_timestamp()
                        WHERE id = ? AND state <> 'done'
                        """).param(claimed.id()).update() == 1;
    }

    /**
     * The other system has made a task, whatever has happened to the row since. If the task is still wanted that is all; else it is
     * to be closed, at once unless another process has claimed the row.
     *
     * @param key of the task; null if the other system did not tell it
     * @return what is wanted of the task; empty if this is not news
     */
    Optional<String> made(ClaimedEffect claimed, @Nullable String key) {
        return jdbc.sql("""
                        UPDATE effects SET
                            task = CASE WHEN :key::text IS NULL THEN task
                                ELSE task || jsonb_build_object('key', :key::text) END,
                            state = CASE wanted WHEN 'open' THEN 'done' ELSE 'pending' END,
                            reason = NULL,
                            attempts = CASE wanted WHEN 'open' THEN attempts ELSE 0 END,
                            due_at = CASE WHEN wanted = 'open' OR (state = 'pending' AND due_at <> :lease) THEN due_at
                                ELSE clock_timestamp() END,
                            updated_at = clock_timestamp()
                        WHERE id = :id AND state <> 'done' RETURNING wanted
                        """)
                .param("key", key)
                .param("lease", claimed.lease())
                .param("id", claimed.id())
                .query(String.class)
                .optional();
    }

    /**
     * Makes an effect due at once if what is wanted of its task has changed during the attempt. Returns whether it has.
     */
    boolean isOvertaken(ClaimedEffect claimed) {
        return jdbc.sql("""
                        UPDATE effects SET due_at = clock_timestamp(), updated_at = clock_timestamp()
                        WHERE id = ? AND state = 'pending' AND due_at = ? AND wanted IS DISTINCT FROM ?::text
                        """)
                        .params(values(claimed.id(), claimed.lease(), claimed.wanted()))
                        .update()
                == 1;
    }

    private static List<@Nullable Object> values(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    /** Notes how another system answered, of an effect that is done. */
    void note(UUID id, String answer) {
        jdbc.sql("UPDATE effects SET last_error = ? WHERE id = ? AND state = 'done'")
                .params(answer, id)
                .update();
    }

    /** Schedules another attempt, unless another process has claimed it since. Returns when; empty if one has. */
    Optional<OffsetDateTime> again(ClaimedEffect claimed, Duration pause, String error) {
        return jdbc.sql("""
                        UPDATE effects SET due_at = clock_timestamp() + ? * interval '1 ms', last_error = ?,
                            updated_at = clock_timestamp()
                        WHERE id = ? AND state = 'pending' AND due_at = ? AND wanted IS NOT DISTINCT FROM ?::text
                        RETURNING due_at
                        """)
                .params(values(pause.toMillis(), error, claimed.id(), claimed.lease(), claimed.wanted()))
                .query(OffsetDateTime.class)
                .optional();
    }

    /** Gives up, unless another process has claimed it since. Returns whether it did. */
    boolean failed(ClaimedEffect claimed, String reason, String error) {
        return over(claimed, EffectState.FAILED, reason, error);
    }

    /** Suppresses it, unless another process has claimed it since. Returns whether it did. */
    boolean suppressed(ClaimedEffect claimed, String reason, String error) {
        return over(claimed, EffectState.SUPPRESSED, reason, error);
    }

    private boolean over(ClaimedEffect claimed, EffectState state, String reason, String error) {
        return jdbc.sql("""
                        UPDATE effects SET state = ?, reason = ?, last_error = ?, updated_at = clock_timestamp()
                        WHERE id = ? AND state = 'pending' AND due_at = ? AND wanted IS NOT DISTINCT FROM ?::text
                        """)
                        .params(values(state.text(), reason, error, claimed.id(), claimed.lease(), claimed.wanted()))
                        .update()
                == 1;
    }

    long pending() {
        return jdbc.sql("SELECT count(*) FROM effects WHERE state = 'pending'")
                .query(Long.class)
                .single();
    }

    /** Becomes, until the end of the transaction, the only process that deletes. Returns false if another one is. */
    boolean lockRetention() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(?, hashtext(current_schema()))")
                .param(RETENTION_LOCK)
                .query(Boolean.class)
                .single();
    }

    /**
     * Deletes the oldest of those that are not pending and did not change for some time. Returns how many. (That they were also
     * written before that time follows, but lets PostgreSQL use an index.) The effect of a task stays as long as what was told holds:
     * without it the task could not be closed any more.
     */
    int deleteOver(Duration unchanged, int atMost) {
        return jdbc.sql("""
                        DELETE FROM effects WHERE id IN (
                            SELECT id FROM effects
                            WHERE state <> 'pending'
                                AND created_at < transaction_timestamp() - ? * interval '1 ms'
                                AND updated_at < transaction_timestamp() - ? * interval '1 ms'
                                AND (task IS NULL OR NOT EXISTS (
                                    SELECT 1 FROM sla_statements s
                                    WHERE s.deal_id = effects.deal_id AND s.task = effects.id AND s.state = 'told'))
                            ORDER BY created_at, id LIMIT ? FOR UPDATE SKIP LOCKED)
                        """)
                .params(unchanged.toMillis(), unchanged.toMillis(), atMost)
                .update();
    }
}
