package io.masterdeal.service.publish;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.leadership.Lease;
import io.masterdeal.service.publish.TopicTail.Told;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The first step of a process that takes over the relay: it compares the last events in the topic with the database. A database
 * that was restored from an older backup assigns revisions a second time, and with an epoch that subscribers have seen they would
 * ignore them.
 */
final class TopicComparison {

    private final TopicTail tail;

    private final RelaySlot slot;

    /**
     * @param tail reads what subscribers know
     * @param slot records incidents
     */
    TopicComparison(TopicTail tail, RelaySlot slot) {
        this.tail = tail;
        this.slot = slot;
    }

    /**
     * Makes sure that what is committed from now on has a greater epoch than any in the topic, and has all deals published again
     * if one is further in the topic than in the database.
     */
    void run(Connection session, Lease lease) throws SQLException {
        Map<String, Told> newest = tail.newest();
        long epoch = newest.values().stream().mapToLong(Told::epoch).max().orElse(0);
        if (epoch >= lease.epoch() && !lease.raise(session, epoch)) {
            throw new LeaseLostException();
        }
        Map<String, Long> stored = revisions(session, newest);
        for (Map.Entry<String, Told> told : newest.entrySet()) {
            Long revision = stored.get(told.getKey());
            if (revision != null && revision < told.getValue().revision()) {
                slot.wentBack(
                        session,
                        told.getKey() + " has revision " + told.getValue().revision()
                                + " in Kafka, but revision " + revision
                                + " in the database: it was restored from an older backup.");
                return;
            }
        }
    }

    private static Map<String, Long> revisions(Connection session, Map<String, Told> newest) throws SQLException {
        Map<String, Long> revisions = new HashMap<>();
        new Sql(session)
                .forEach(
                        "SELECT root_key, revision FROM deals WHERE root_key = ANY (?)",
                        row -> revisions.put(row.getString(1), row.getLong(2)),
                        new Sql.Texts(newest.keySet()));
        return revisions;
    }
}
