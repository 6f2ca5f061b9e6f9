package io.masterdeal.facts;

import io.masterdeal.facts.placement.PlacementTable;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    /** The row of each object {@code o} with standing facts. */
    private static final String ROWS = """
            SELECT o.key, w.facts, w.since, CASE
                    WHEN l.unknown IS NOT NULL THEN 'unknown_parent'
                    WHEN r.deal IS NOT NULL THEN 'unknown_deal'
                    WHEN l.first IS NOT NULL THEN 'no_root'
                    WHEN EXISTS (SELECT 1 FROM facts f WHERE f.subject = o.key AND f.retracted
                        AND (f.links <> '{}' OR f.master_deal_id IS NOT NULL)) THEN 'link_retracted'
                    ELSE 'no_parent' END,
                coalesce(l.unknown, r.deal, l.first), EXISTS (SELECT 1 FROM orphan_dismissals n WHERE n.key = o.key)
            FROM (%s OFFSET 0) AS o
            CROSS JOIN LATERAL (SELECT count(*) AS facts, min(received_at) AS since FROM facts f
                WHERE f.subject = o.key AND NOT f.retracted) AS w
            CROSS JOIN LATERAL (SELECT min(l.parent) AS first, min(l.parent) FILTER (WHERE NOT EXISTS (
                    SELECT 1 FROM facts f WHERE f.subject = l.parent AND NOT f.retracted)) AS unknown
                FROM links l WHERE l.child = o.key AND l.followed) AS l
            CROSS JOIN LATERAL (SELECT min(d.deal_id::text) AS deal FROM deal_references d WHERE d.child = o.key) AS r
            WHERE w.facts > 0
            """;

    private static final String INSERT = "INSERT INTO orphans (key, facts, since, reason, parent, dismissed) ";

    private static final String RETURNING = " RETURNING key, facts, system, reason, dismissed";

    private final Sql sql;

    private final Counts counts;

    Orphans(Connection connection, Counts counts) {
        this.sql = new Sql(connection);
        this.counts = counts;
    }

    /**
     * What a batch did about objects.
     *
     * @param told objects of which a fact was added or taken back, or came after it was taken back
     * @param standing those of which a fact was added that counts
     * @param moved objects that may have entered or left a deal
     * @param isBorn whether an object was first mentioned in this batch
     * @param held deals whose rows it has locked
     */
    record Change(
            Set<ObjectKey> told,
            Set<ObjectKey> standing,
            Set<ObjectKey> moved,
            Predicate<ObjectKey> isBorn,
            Set<UUID> held) {}

    /** Which objects were orphans before a check, and which of them are after it, with whether they are dismissed. */
    private record Seen(Map<String, Boolean> before, Map<String, Boolean> now) {}

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
        Seen seen = lookAt(texts(keys), texts(change.standing()));
        lookAtChildren(change, keys, seen);
        lookAtObjectsOf(settled);
    }

    /**
     * Checks the objects below those that got their first fact or lost their last one: the reason of an orphan says whether facts
     * of its parent are known. Only orphans can have orphans below them.
     */
    private void lookAtChildren(Change change, Set<ObjectKey> checked, Seen seen) throws SQLException {
        Set<String> turned = new HashSet<>();
        for (ObjectKey key : change.told()) {
            boolean wasOrphan = seen.before().containsKey(key.value());
            if (wasOrphan != seen.now().containsKey(key.value())
                    && !change.isBorn().test(key)) {
                turned.add(key.value());
            }
        }
        if (turned.isEmpty()) {
            return;
        }
        Set<String> children = new TreeSet<>(sql.query(
                "SELECT child FROM links WHERE parent = ANY (?) AND followed",
                row -> row.getString(1),
                new Sql.Texts(turned)));
        children.removeAll(texts(checked));
        lockAndLookAt(children);
    }

    /** Checks objects that the transaction may not have locked yet: so that one that adds a fact of theirs is waited for. */
    private void lockAndLookAt(Collection<String> keys) throws SQLException {
        if (!keys.isEmpty()) {
            sql.query(
                    "SELECT 1 FROM objects WHERE key = ANY (?) ORDER BY key FOR NO KEY UPDATE",
                    _ -> true,
                    new Sql.Texts(keys));
            lookAt(keys, Set.of());
        }
    }

    /**
     * Corrects the rows of these objects.
     *
     * @param keys objects; roots among them are skipped, because a root is in its own deal
     * @param news those with a new fact, which are no longer dismissed
     */
    private Seen lookAt(Collection<String> keys, Set<String> news) throws SQLException {
        TreeSet<String> sorted = new TreeSet<>(keys);
        sorted.removeIf(key -> key.startsWith("crm:deal:"));
        Seen seen = new Seen(new HashMap<>(), new HashMap<>());
        if (sorted.isEmpty()) {
            return seen;
        }
        sql.forEach(
                "DELETE FROM orphans WHERE key = ANY (?)" + RETURNING,
                row -> count(row, -1, seen.before()),
                new Sql.Texts(sorted));
        Set<String> dismissed = new TreeSet<>();
        seen.before().forEach((key, isDismissed) -> {
            if (isDismissed) {
                dismissed.add(key);
            }
        });
        restore(dismissed.stream().filter(news::contains).toList());
        sql.forEach(
                INSERT + ROWS.formatted("SELECT key FROM unnest(?) AS o (key) WHERE NOT " + HAS_DEAL)
                        + " ON CONFLICT (key) DO NOTHING" + RETURNING,
                row -> count(row, 1, seen.now()),
                new Sql.Texts(sorted));
        restore(dismissed.stream().filter(key -> !seen.now().containsKey(key)).toList());
        return seen;
    }

    /** Forgets that orphans were dismissed. */
    private void restore(Collection<String> keys) throws SQLException {
        if (!keys.isEmpty()) {
            sql.update("DELETE FROM orphan_dismissals WHERE key = ANY (?)", new Sql.Texts(keys));
        }
    }

    private void count(ResultSet row, int objects, Map<String, Boolean> seen) throws SQLException {
        String part = row.getString("system") + "|" + row.getString("reason");
        boolean dismissed = row.getBoolean("dismissed");
        counts.change(Counts.ORPHANS, objects);
        counts.change(Counts.ORPHAN_FACTS, objects * row.getLong("facts"));
        counts.change(Counts.ORPHANS_BY, part, objects);
        if (dismissed) {
            counts.change(Counts.ORPHANS_DISMISSED, part, objects);
        }
        seen.put(row.getString("key"), dismissed);
    }

    /** Checks all objects of deals that have become known or unknown. */
    void lookAtObjectsOf(Settlement.Result settled) throws SQLException {
        Set<UUID> nowKnown = new HashSet<>(settled.turned());
        nowKnown.retainAll(settled.nowKnown());
        Set<UUID> nowUnknown = new HashSet<>(settled.turned());
        nowUnknown.removeAll(nowKnown);
        if (!nowKnown.isEmpty()) {
            lookAt(objectsOf(nowKnown), Set.of());
        }
        if (!nowUnknown.isEmpty()) {
            lockAndLookAt(objectsOf(nowUnknown));
        }
    }

    private List<String> objectsOf(Set<UUID> deals) throws SQLException {
        return sql.query(
                "SELECT DISTINCT object_key FROM placements WHERE deal_id = ANY (?)",
                row -> row.getString(1),
                new Sql.Uuids(deals));
    }

    /**
     * Checks the objects of these deals that are still taken for orphans although their deal is known: one may have got it while no
     * transaction held its row. Their rows only go, so their objects need no lock.
     */
    void lookAtOrphansOf(Collection<UUID> deals) throws SQLException {
        lookAt(
                sql.query(
                        "SELECT DISTINCT o.key FROM deals d JOIN placements p ON p.deal_id = d.id JOIN orphans o"
                                + " ON o.key = p.object_key WHERE d.id = ANY (?) AND d.known",
                        row -> row.getString(1),
                        new Sql.Uuids(deals)),
                Set.of());
    }

    /** Finds all orphans again. */
    static void findAll(Sql sql) throws SQLException {
        sql.update("DELETE FROM orphans");
        sql.update(INSERT
                + ROWS.formatted("SELECT key FROM objects o WHERE key NOT LIKE 'crm:deal:%' AND NOT " + HAS_DEAL));
        sql.update("DELETE FROM orphan_dismissals n WHERE NOT EXISTS (SELECT 1 FROM orphans o WHERE o.key = n.key)");
    }

    private static Set<String> texts(Collection<ObjectKey> keys) {
        Set<String> texts = new HashSet<>();
        keys.forEach(key -> texts.add(key.value()));
        return texts;
    }
}
