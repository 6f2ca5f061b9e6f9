package io.masterdeal.facts.placement;

import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Objects and their links, and the locks under which they change.
 *
 * <p>Two transactions may each add one link of a chain, and neither sees the other's: then the object at the end of the
 * chain would never be placed. So a transaction that adds or removes a link locks the rows of all objects below and above it, as
 * far as it sees them, and looks again after it has the locks until it sees nothing more. Of two transactions whose links
 * meet over links already committed, one then always waits for the other, and the later one sees all. (docs/adr/0005)
 */
public final class ObjectGraph {

    private final Sql sql;

    private final Set<String> held = new HashSet<>();

    private final Set<String> born = new HashSet<>();

    /** To what this transaction adds links. */
    private final Set<ObjectKey> linkedTo = new HashSet<>();

    public ObjectGraph(Connection connection) {
        this.sql = new Sql(connection);
    }

    /** A link from child to parent, as facts say; a root's is not followed. */
    public record Link(ObjectKey child, ObjectKey parent) {
        public boolean isFollowed() {
            return !child.isRoot();
        }
    }

    /** An object that names a deal by its id. */
    public record Reference(ObjectKey child, UUID dealId) {}

    /** What a fact says about the graph. */
    public static List<Link> links(Fact fact) {
        return fact.links().stream()
                .map(parent -> new Link(fact.subject(), parent))
                .toList();
    }

    /** The deal a fact names by id, if it counts: a root's own does not. */
    public static @Nullable Reference reference(Fact fact) {
        return fact.masterDealId() == null || fact.subject().isRoot()
                ? null
                : new Reference(fact.subject(), fact.masterDealId());
    }

    /** The roots a fact names: as its subject or in a link. */
    public static List<Home> mentioned(Fact fact) {
        List<Home> homes = new ArrayList<>();
        if (fact.subject().isRoot()) {
            homes.add(Home.of(fact.subject()));
        }
        fact.links().stream().filter(ObjectKey::isRoot).forEach(root -> homes.add(Home.of(root)));
        return homes;
    }

    /** What facts say in that way. */
    public static List<Reference> references(List<Fact> facts) {
        return facts.stream()
                .map(ObjectGraph::reference)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Locks objects until the end of the transaction, in the order of their keys, and inserts those that are new. */
    public void lock(Collection<ObjectKey> keys) throws SQLException {
        SortedSet<ObjectKey> missing = new TreeSet<>(keys);
        missing.removeIf(key -> held.contains(key.value()));
        if (missing.isEmpty()) {
            return;
        }
        Set<String> there = new LinkedHashSet<>();
        missing.forEach(key -> there.add(key.value()));
        held.addAll(there);
        sql.forEach(
                """
                INSERT INTO objects (key) SELECT key FROM unnest(?) WITH ORDINALITY AS t (key, n) ORDER BY n
                ON CONFLICT (key) DO NOTHING RETURNING key
                """,
                row -> {
                    String key = row.getString(1);
                    there.remove(key);
                    born.add(key);
                },
                new Sql.Texts(List.copyOf(there)));
        if (!there.isEmpty()) {
            sql.query(
                    "SELECT 1 FROM objects WHERE key = ANY (?) ORDER BY key FOR NO KEY UPDATE",
                    _ -> true,
                    new Sql.Texts(there));
        }
    }

    /**
     * Whether an object is first mentioned in this transaction: it has no facts but those of this one, and nothing links
     * to it but what this one says.
     */
    public boolean isBorn(ObjectKey key) {
        return born.contains(key.value());
    }

    /** Adds links; returns the children of those that are new and followed. */
    public Set<ObjectKey> add(Collection<Link> links) throws SQLException {
        if (links.isEmpty()) {
            return Set.of();
        }
        links.forEach(link -> linkedTo.add(link.parent()));
        return children(
                """
                INSERT INTO links AS l (child, parent, followed)
                SELECT DISTINCT child, parent, followed FROM unnest(?, ?, ?) AS t (child, parent, followed)
                ON CONFLICT (child, parent) DO NOTHING RETURNING l.child, l.followed
                """,
                new Sql.Texts(links.stream().map(it -> it.child().value()).toList()),
                new Sql.Texts(links.stream().map(it -> it.parent().value()).toList()),
                new Sql.Flags(links.stream().map(Link::isFollowed).toList()));
    }

    /** Adds references; returns the children of those that are new. */
    public Set<ObjectKey> addReferences(Collection<Reference> references) throws SQLException {
        if (references.isEmpty()) {
            return Set.of();
        }
        return children(
                """
                INSERT INTO deal_references AS r (child, deal_id)
                SELECT DISTINCT child, deal_id FROM unnest(?, ?) AS t (child, deal_id)
                ON CONFLICT (child, deal_id) DO NOTHING RETURNING r.child, true
                """,
                new Sql.Texts(references.stream().map(it -> it.child().value()).toList()),
                new Sql.Uuids(references.stream().map(Reference::dealId).toList()));
    }

    /** Removes those links that no standing fact says any more; returns the children of those that were followed. */
    public Set<ObjectKey> removeUnsaid(Collection<Link> links) throws SQLException {
        return children(
                """
                DELETE FROM links l USING unnest(?, ?) AS t (child, parent)
                WHERE l.child = t.child AND l.parent = t.parent AND NOT EXISTS (
                    SELECT 1 FROM facts f WHERE f.subject = l.child AND NOT f.retracted AND l.parent = ANY (f.links))
                RETURNING l.child, l.followed
                """,
                new Sql.Texts(links.stream().map(it -> it.child().value()).toList()),
                new Sql.Texts(links.stream().map(it -> it.parent().value()).toList()));
    }

    /** Removes those references that no standing fact says any more; returns their children. */
    public Set<ObjectKey> removeUnsaidReferences(Collection<Reference> references) throws SQLException {
        return children(
                """
                DELETE FROM deal_references r USING unnest(?, ?) AS t (child, deal_id)
                WHERE r.child = t.child AND r.deal_id = t.deal_id AND NOT EXISTS (
                    SELECT 1 FROM facts f
                    WHERE f.subject = r.child AND NOT f.retracted AND f.master_deal_id = r.deal_id)
                RETURNING r.child, true
                """,
                new Sql.Texts(references.stream().map(it -> it.child().value()).toList()),
                new Sql.Uuids(references.stream().map(Reference::dealId).toList()));
    }

    /**
     * What each object at or below the changed ones belongs to now. Locks everything below and above first.
     *
     * @param changed objects whose links changed
     * @param formerParents targets of links that no longer exist
     */
    public Map<ObjectKey, Set<Home>> homes(Set<ObjectKey> changed, Set<ObjectKey> formerParents) throws SQLException {
        Set<ObjectKey> below = below(changed);
        Above around = above(below, formerParents);
        while (around.keys().stream().anyMatch(key -> !held.contains(key.value()))) {
            lock(around.keys());
            below = below(changed);
            around = above(below, formerParents);
        }
        Map<ObjectKey, Set<ObjectKey>> parents = new HashMap<>();
        Map<ObjectKey, Set<Home>> direct = new HashMap<>();
        around.links().forEach(link -> {
            if (link.parent().isRoot()) {
                direct.computeIfAbsent(link.child(), _ -> new HashSet<>()).add(Home.of(link.parent()));
            } else {
                parents.computeIfAbsent(link.child(), _ -> new HashSet<>()).add(link.parent());
            }
        });
        sql.forEach(
                "SELECT child, deal_id FROM deal_references WHERE child = ANY (?)",
                row -> direct.computeIfAbsent(new ObjectKey(row.getString(1)), _ -> new HashSet<>())
                        .add(new Home(row.getObject(2, UUID.class), null)),
                texts(around.keys()));
        Map<ObjectKey, Set<Home>> homes = new HashMap<>();
        below.forEach(key -> homes.put(key, homes(key, parents, direct)));
        return homes;
    }

    /**
     * A deal an object belongs to.
     *
     * @param dealId the id of the deal
     * @param root its root, if it is known from a link; null if only the id is
     */
    public record Home(UUID dealId, @Nullable ObjectKey root) {
        static Home of(ObjectKey root) {
            return new Home(MasterDealId.of(root).value(), root);
        }
    }

    private static Set<Home> homes(
            ObjectKey start, Map<ObjectKey, Set<ObjectKey>> parents, Map<ObjectKey, Set<Home>> direct) {
        Set<Home> homes = new HashSet<>();
        Set<ObjectKey> seen = new HashSet<>(Set.of(start));
        Deque<ObjectKey> todo = new ArrayDeque<>(seen);
        while (!todo.isEmpty()) {
            ObjectKey key = todo.pop();
            homes.addAll(direct.getOrDefault(key, Set.of()));
            for (ObjectKey parent : parents.getOrDefault(key, Set.of())) {
                if (seen.add(parent)) {
                    todo.push(parent);
                }
            }
        }
        return homes;
    }

    private Set<ObjectKey> below(Set<ObjectKey> changed) throws SQLException {
        Set<ObjectKey> below = new HashSet<>(changed);
        Set<ObjectKey> mayHave = new HashSet<>(changed);
        mayHave.removeIf(key -> isBorn(key) && !linkedTo.contains(key));
        if (!mayHave.isEmpty()) {
            sql.forEach("""
                    WITH RECURSIVE below (key) AS (
                        SELECT key COLLATE "C" FROM unnest(?) AS t (key)
                        UNION
                        SELECT l.child FROM links l JOIN below b ON l.parent = b.key WHERE l.followed)
                    SELECT key FROM below
                    """, row -> below.add(new ObjectKey(row.getString(1))), texts(mayHave));
        }
        return below;
    }

    /**
     * What lies at or above some objects.
     *
     * @param keys without roots, because nothing lies above those
     * @param links the followed links from these keys
     */
    private record Above(Set<ObjectKey> keys, List<Link> links) {}

    private Above above(Set<ObjectKey> below, Set<ObjectKey> formerParents) throws SQLException {
        Set<ObjectKey> keys = new HashSet<>(below);
        keys.addAll(formerParents);
        List<Link> links = new ArrayList<>();
        sql.forEach(
                """
                WITH RECURSIVE above (child, parent) AS (
                    SELECT l.child, l.parent FROM unnest(?) AS t (key) JOIN links l ON l.child = t.key WHERE l.followed
                    UNION
                    SELECT l.child, l.parent FROM above a JOIN links l ON l.child = a.parent WHERE l.followed)
                SELECT child, parent FROM above
                """,
                row -> {
                    Link link = new Link(new ObjectKey(row.getString(1)), new ObjectKey(row.getString(2)));
                    links.add(link);
                    keys.add(link.parent());
                },
                texts(keys));
        keys.removeIf(ObjectKey::isRoot);
        return new Above(keys, links);
    }

    private Set<ObjectKey> children(String statement, @Nullable Object... parameters) throws SQLException {
        Set<ObjectKey> children = new HashSet<>();
        sql.forEach(
                statement,
                row -> {
                    if (row.getBoolean(2)) {
                        children.add(new ObjectKey(row.getString(1)));
                    }
                },
                parameters);
        return children;
    }

    private static Sql.Texts texts(Collection<ObjectKey> keys) {
        List<String> values = new ArrayList<>(keys.size());
        keys.forEach(key -> values.add(key.value()));
        return new Sql.Texts(values);
    }
}
