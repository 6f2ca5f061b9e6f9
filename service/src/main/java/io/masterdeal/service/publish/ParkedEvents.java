package io.masterdeal.service.publish;

import io.masterdeal.role.database.Sql;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that Kafka refuses because of what they are, and those of the same deals that came after them: so the order within a
 * deal is kept, and other deals are published. They are kept in a table, are tried again automatically and at an operator's
 * command, and leave it in their order.
 */
final class ParkedEvents {

    private static final Logger log = LoggerFactory.getLogger(ParkedEvents.class);

    /** For one deal. Each event has the whole answer, so only the newest matter, and the table does not fill the disk. */
    static final int MOST_OF_A_DEAL = 100;

    /** A parked event. */
    record Parked(long id, String root, Outgoing event) {}

    /** The deals that have parked events. */
    Set<String> roots(Connection session) throws SQLException {
        return new TreeSet<>(
                new Sql(session).query("SELECT DISTINCT root_key FROM parked_events", row -> row.getString(1)));
    }

    /** Parks an event. One that is parked already stays as it is. */
    void park(Connection session, Outgoing event, String reason) throws SQLException {
        Sql sql = new Sql(session);
        int added = sql.update(
                """
                INSERT INTO parked_events (event_id, root_key, lsn, bytes, record, reason)
                VALUES (?::uuid, ?, ?::pg_lsn, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING
                """,
                event.eventId(),
                event.root(),
                event.lsn().asString(),
                event.bytes().length,
                event.bytes(),
                reason.replace('\0', ' '));
        int dropped = sql.update("""
                DELETE FROM parked_events WHERE root_key = ? AND id <= (
                    SELECT id FROM parked_events WHERE root_key = ? ORDER BY id DESC OFFSET ? LIMIT 1)
                """, event.root(), event.root(), MOST_OF_A_DEAL);
        if (added > 0) {
            log.error("canonical event {} of {} is parked: {}", event.eventId(), event.root(), reason);
        }
        if (dropped > 0) {
            log.error("of {} more than {} events are parked: the oldest is dropped", event.root(), MOST_OF_A_DEAL);
        }
    }

    /** The first events of deals whose time to be tried again has come. */
    List<Parked> due(Connection session, int atMost) throws SQLException {
        return new Sql(session).query("""
                SELECT p.id, p.root_key, p.lsn::text, p.record, (extract(epoch FROM p.parked_at) * 1000)::bigint FROM parked_events p
                WHERE p.due_at <= now() AND NOT EXISTS (
                    SELECT 1 FROM parked_events q WHERE q.root_key = p.root_key AND q.id < p.id)
                ORDER BY p.id LIMIT ?
                """, ParkedEvents::read, atMost);
    }

    /** The first event of a deal, due or not. */
    Optional<Parked> first(Connection session, String root) throws SQLException {
        return new Sql(session).query("""
                SELECT id, root_key, lsn::text, record, (extract(epoch FROM parked_at) * 1000)::bigint
                FROM parked_events WHERE root_key = ? ORDER BY id LIMIT 1
                """, ParkedEvents::read, root).stream().findFirst();
    }

    private static Parked read(java.sql.ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes(4);
        return new Parked(
                row.getLong(1),
                row.getString(2),
                new Outgoing(
                        LogSequenceNumber.valueOf(row.getString(3)),
                        row.getLong(5), // parked soon after it was committed
                        bytes,
                        OutboxRecord.read(ByteBuffer.wrap(bytes))));
    }

    /** It is published. */
    void remove(Connection session, Parked parked) throws SQLException {
        new Sql(session).update("DELETE FROM parked_events WHERE id = ?", parked.id());
        log.info("parked event {} of {} is published", parked.event().eventId(), parked.root());
    }

    /** It was refused again; each time it waits twice as long, at most an hour. */
    void postpone(Connection session, Parked parked, String reason) throws SQLException {
        new Sql(session).update("""
                UPDATE parked_events SET tries = tries + 1, reason = ?,
                    due_at = now() + least(interval '1 hour', interval '1 minute' * (2 ^ least(tries, 10)))
                WHERE id = ?
                """, reason.replace('\0', ' '), parked.id());
    }
}
