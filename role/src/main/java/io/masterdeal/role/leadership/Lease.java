package io.masterdeal.role.leadership;

import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The right of one process to do what only one may do. It is valid for some seconds and renewed while the process lives. It is a row
 * of the table {@code leases}, with PostgreSQL's time, so the clocks of machines do not matter. Each time it is acquired its
 * <b>epoch</b> grows: anyone who acts for an older epoch is too late.
 *
 * <p>A holder that is frozen, or has lost its network, loses the lease when it expires. One whose process ended loses it at once: the
 * row names the session of the holder, and a session that PostgreSQL no longer has holds nothing.
 *
 * <p>A lease alone does not stop a holder that was frozen between checking it and acting. So its actions have to be fenced where they
 * take effect: by the epoch, or by a Kafka transaction. Not thread-safe except for {@link #isHeld} and {@link #epoch}.
 */
public final class Lease {

    private static final String ACQUIRE = """
            INSERT INTO leases AS l (name, holder, epoch, expires_at, session_pid, session_start)
            SELECT ?, ?, extract(epoch FROM clock_timestamp())::bigint, clock_timestamp() + ? * interval '1 millisecond',
                pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder,
                epoch = greatest(l.epoch + 1, excluded.epoch), expires_at = excluded.expires_at,
                session_pid = excluded.session_pid, session_start = excluded.session_start
            WHERE l.expires_at < clock_timestamp() OR l.holder = excluded.holder OR NOT EXISTS (
                SELECT 1 FROM pg_stat_activity a WHERE a.pid = l.session_pid
                AND (a.backend_start = l.session_start OR a.backend_start IS NULL))
            RETURNING epoch
            """;

    private static final String RENEW = """
            UPDATE leases SET expires_at = clock_timestamp() + ? * interval '1 millisecond'
            WHERE name = ? AND holder = ? AND epoch = ?
            """;

    private static final String RELEASE = """
            UPDATE leases SET expires_at = '-infinity' WHERE name = ? AND holder = ? AND epoch = ?
            """;

    private final String name;

    private final Duration length;

    private final UUID holder = UUID.randomUUID();

    private volatile long epoch;

    private volatile boolean mine;

    private volatile long until;

    /**
     * @param name what it is for, within the schema
     * @param length how long it is valid without renewal; a successor waits at most this long
     */
    public Lease(String name, Duration length) {
        this.name = name;
        this.length = length;
    }

    /**
     * Tries to acquire it.
     *
     * @param session of the schema with the table, in auto-commit mode; the holder keeps it open while it holds the lease
     * @return the epoch, greater than all before; empty if another process holds it
     */
    public OptionalLong acquire(Connection session) throws SQLException {
        mine = false;
        long asked = System.nanoTime();
        List<Long> got = new Sql(session).query(ACQUIRE, row -> row.getLong(1), name, holder, length.toMillis());
        if (got.isEmpty()) {
            return OptionalLong.empty();
        }
        epoch = got.getFirst();
        until = asked + length.toNanos();
        mine = true;
        return OptionalLong.of(epoch);
    }

    /**
     * Extends it. That it had expired does no harm if nobody else has acquired it meanwhile.
     *
     * @return false if another process has acquired it: then this one has lost it for good
     */
    public boolean renew(Connection session) throws SQLException {
        long asked = System.nanoTime();
        mine = mine && new Sql(session).update(RENEW, length.toMillis(), name, holder, epoch) == 1;
        until = asked + length.toNanos();
        return mine;
    }

    /** Whether this process knows that nobody else can hold it now. False does not mean that another process does. Any thread. */
    public boolean isHeld() {
        return mine && System.nanoTime() - until < 0;
    }

    /** Whether half of its time is over. Any thread. */
    public boolean isToBeRenewed() {
        return System.nanoTime() - until > -length.toNanos() / 2;
    }

    /** The epoch in which this process last acquired it. Any thread. */
    public long epoch() {
        return epoch;
    }

    /**
     * Raises the epoch of a held lease, because a greater one was seen elsewhere.
     *
     * @param above the new one is greater than this
     * @return false if another process has acquired the lease meanwhile
     */
    public boolean raise(Connection session, long above) throws SQLException {
        List<Long> raised = new Sql(session)
                .query(
                        "UPDATE leases SET epoch = greatest(epoch, ?) + 1 WHERE name = ? AND holder = ? AND epoch = ?"
                                + " RETURNING epoch",
                        row -> row.getLong(1),
                        above,
                        name,
                        holder,
                        epoch);
        if (raised.isEmpty()) {
            mine = false;
            return false;
        }
        epoch = raised.getFirst();
        return true;
    }

    /** Releases it, so that another process need not wait. Nothing happens if another process holds it. */
    public void release(Connection session) throws SQLException {
        mine = false;
        new Sql(session).update(RELEASE, name, holder, epoch);
    }
}
