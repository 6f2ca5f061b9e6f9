package io.masterdeal.service.publish;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.leadership.Lease;
import io.masterdeal.service.publish.TopicTail.Told;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a process does first that takes over: it compares the last events in the topic with the database. A database that was restored
 * from an older backup gives revisions a second time, and with an epoch that subscribers have seen they would take none of them.
 */
final class TopicComparison {

    private final TopicTail tail;

    private final RelaySlot slot;

    /**
     * @param tail tells what subscribers know
     * @param slot notes incidents
     */
    TopicComparison(TopicTail tail, RelaySlot slot) {
        this.tail = tail;
        this.slot = slot;
    }

    /**
     * Sees to it that what is committed from now on has an epoch that is greater than any in the topic, and that deals which are further in
     * the topic than in the database are published anew.
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
