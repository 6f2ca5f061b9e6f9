package io.masterdeal.facts;

import io.masterdeal.facts.placement.PlacementTable;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The table {@code orphans}: objects with standing facts that reach no known deal. A transaction that changes facts or placements
 * of an object, or whether one of its deals is known, checks the object again while it holds the locks of these deals.
 */
final class Orphans {

    /** Of objects {@code o}: whether one is placed in a known deal. */
    private static final String HAS_DEAL = """
            EXISTS (SELECT 1 FROM placements p JOIN deals d ON d.id = p.deal_id AND d.known WHERE p.object_key = o.key)
            """;

    private static final String FACTS = """
            CROSS JOIN LATERAL (SELECT count(*) AS facts, min(received_at) AS since FROM facts f
                WHERE f.subject = o.key AND NOT f.retracted) AS w WHERE w.facts > 0
            """;

    private final Sql sql;

    private final Counts counts;

    Orphans(Connection connection, Counts counts) {
        this.sql = new Sql(connection);
        this.counts = counts;
    }

    /**
     * What a batch did about objects.
     *
     * @param told objects of which a fact was added or taken back
     * @param moved objects that may have entered or left a deal
     * @param isBorn whether an object was first mentioned in this batch
     * @param held deals whose rows it has locked
     */
    record Change(Set<ObjectKey> told, Set<ObjectKey> moved, Predicate<ObjectKey> isBorn, Set<UUID> held) {}

    /** Checks the objects that a batch may have made orphans, or that were orphans so far. Nearly always there are none. */
    void lookAfter(Change change, PlacementTable placements, Settlement.Result settled) throws SQLException {
        Set<ObjectKey> keys = new HashSet<>(change.moved());
        keys.addAll(change.told());
        Map<ObjectKey, Set<UUID>> deals = placements.of(keys);
        keys.removeIf(key -> {
            Set<UUID> its = deals.getOrDefault(key, Set.of());
            boolean wasAndIsKnown = !Collections.disjoint(its, settled.known());
            if (change.isBorn().test(key)) {
                return wasAndIsKnown || !Collections.disjoint(its, settled.nowKnown());
            }
            return wasAndIsKnown && !change.moved().contains(key);
        });
        Set<UUID> others = new HashSet<>();
        keys.forEach(key -> others.addAll(deals.getOrDefault(key, Set.of())));
        others.removeAll(change.held());
        if (!others.isEmpty() && others.size() <= AffectedDeals.WIDE) {
            sql.query("SELECT 1 FROM deals WHERE id = ANY (?) ORDER BY id FOR SHARE", _ -> true, new Sql.Uuids(others));
        }
        lookAt(keys.stream().map(ObjectKey::value).toList());
        lookAtObjectsOf(settled.turned());
    }

    /**
     * Corrects the rows of these objects.
     *
     * @param keys objects; roots among them are skipped, because a root is in its own deal
     */
    void lookAt(Collection<String> keys) throws SQLException {
        TreeSet<String> sorted = new TreeSet<>(keys);
        sorted.removeIf(key -> key.startsWith("crm:deal:"));
        if (sorted.isEmpty()) {
            return;
        }
        sql.forEach(
                "DELETE FROM orphans WHERE key = ANY (?) RETURNING facts",
                row -> count(-1, -row.getLong(1)),
                new Sql.Texts(sorted));
        sql.forEach(
                "INSERT INTO orphans (key, facts, since) SELECT o.key, w.facts, w.since"
                        + " FROM (SELECT key FROM unnest(?) AS o (key) WHERE NOT " + HAS_DEAL + " OFFSET 0) AS o "
                        + FACTS + " ON CONFLICT (key) DO NOTHING RETURNING facts",
                row -> count(1, row.getLong(1)),
                new Sql.Texts(sorted));
    }

    private void count(int objects, long facts) {
        counts.change(Counts.ORPHANS, objects);
        counts.change(Counts.ORPHAN_FACTS, facts);
    }

    /** Checks all objects of deals that have become known or unknown. */
    void lookAtObjectsOf(Collection<UUID> deals) throws SQLException {
        if (!deals.isEmpty()) {
            lookAt(sql.query(
                    "SELECT DISTINCT object_key FROM placements WHERE deal_id = ANY (?)",
                    row -> row.getString(1),
                    new Sql.Uuids(deals)));
        }
    }

    /** Checks the objects of deals that are orphans so far: one may have got its deal while no transaction held its row. */
    void lookAtOrphansOf(Collection<UUID> deals) throws SQLException {
        lookAt(sql.query(
                "SELECT o.key FROM orphans o JOIN placements p ON p.object_key = o.key WHERE p.deal_id = ANY (?)",
                row -> row.getString(1),
                new Sql.Uuids(deals)));
    }

    /** Finds all orphans again. */
    static void findAll(Sql sql) throws SQLException {
        sql.update("DELETE FROM orphans");
        sql.update("INSERT INTO orphans (key, facts, since) SELECT o.key, w.facts, w.since"
                + " FROM (SELECT key FROM objects o WHERE key NOT LIKE 'crm:deal:%' AND NOT " + HAS_DEAL
                + " OFFSET 0) AS o " + FACTS);
    }
}
