package io.masterdeal.router.ledger;

import io.masterdeal.role.database.Sql;
import io.masterdeal.router.ledger.Acceptance.Span;
import io.masterdeal.router.subscription.StoredSubscription;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts the events that each subscription has seen, and those among them that it did not want. */
final class SubscriptionCounts {

    private SubscriptionCounts() {}

    static String key(int subscription, String topic, int partition) {
        return subscription + " " + topic + "/" + partition;
    }

    static void write(
            Sql sql, List<Span> spans, List<StoredSubscription> active, Map<String, Long> unwanted, OffsetDateTime now)
            throws SQLException {
        if (active.isEmpty()) {
            return;
        }
        List<Long> subscriptions = new ArrayList<>();
        List<String> topics = new ArrayList<>();
        List<Long> partitions = new ArrayList<>();
        List<Long> from = new ArrayList<>();
        List<Long> to = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        List<Long> notWanted = new ArrayList<>();
        List<Long> unreadable = new ArrayList<>();
        for (StoredSubscription it : active) {
            for (Span span : spans) {
                subscriptions.add((long) it.id());
                topics.add(span.topic);
                partitions.add((long) span.partition);
                from.add(span.from);
                to.add(span.to);
                seen.add(span.records);
                notWanted.add(unwanted.getOrDefault(key(it.id(), span.topic, span.partition), 0L));
                unreadable.add(span.unreadable);
            }
        }
        sql.update(
                "INSERT INTO counts AS c (subscription, topic, partition, hour, from_offset, to_offset, seen, unwanted,"
                        + " unreadable) SELECT subscription::int, topic, partition::int, date_trunc('hour', ?::timestamptz),"
                        + " from_offset, to_offset, seen, unwanted, unreadable FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)"
                        + " u (subscription, topic, partition, from_offset, to_offset, seen, unwanted, unreadable)"
                        + " ON CONFLICT (subscription, topic, partition, hour) DO UPDATE SET"
                        + " to_offset = excluded.to_offset, seen = c.seen + excluded.seen,"
                        + " unwanted = c.unwanted + excluded.unwanted, unreadable = c.unreadable + excluded.unreadable",
                now,
                new Sql.Longs(subscriptions),
                new Sql.Texts(topics),
                new Sql.Longs(partitions),
                new Sql.Longs(from),
                new Sql.Longs(to),
                new Sql.Longs(seen),
                new Sql.Longs(notWanted),
                new Sql.Longs(unreadable));
    }
}
