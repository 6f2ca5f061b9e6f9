package io.masterdeal.facts.placement;

import io.masterdeal.facts.placement.ObjectGraph.Home;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The closure: which objects belong to which deals. It changes only while the objects' rows are locked. */
public final class PlacementTable {

    private final Sql sql;

    /** The deals of each object that was looked at; a frame contract has thousands, so these sets grow in place. */
    private final Map<ObjectKey, Set<UUID>> deals = new HashMap<>();

    private final List<Placement> added = new ArrayList<>();

    /** An object's place in a deal. */
    public record Placement(ObjectKey object, UUID deal) {}

    public PlacementTable(Connection connection) {
        this.sql = new Sql(connection);
    }

    /** Says that an object is new, so that it is in no deal yet. */
    public void unplaced(ObjectKey key) {
        deals.putIfAbsent(key, new HashSet<>());
    }

    /** Each object's deals. What was read once is not read again, because the caller holds the objects' locks. */
    public Map<ObjectKey, Set<UUID>> of(Collection<ObjectKey> keys) throws SQLException {
        Set<ObjectKey> unread = new HashSet<>(keys);
        unread.removeAll(deals.keySet());
        if (!unread.isEmpty()) {
            unread.forEach(key -> deals.put(key, new HashSet<>()));
            sql.forEach(
                    "SELECT object_key, deal_id FROM placements WHERE object_key = ANY (?)",
                    row -> add(new ObjectKey(row.getString(1)), row.getObject(2, UUID.class)),
                    new Sql.Texts(unread.stream().map(ObjectKey::value).toList()));
        }
        Map<ObjectKey, Set<UUID>> placements = new HashMap<>();
        keys.forEach(key -> {
            Set<UUID> placed = deals.getOrDefault(key, Set.of());
            if (!placed.isEmpty()) {
                placements.put(key, Set.copyOf(placed));
            }
        });
        return placements;
    }

    private void add(ObjectKey key, UUID deal) {
        deals.computeIfAbsent(key, _ -> new HashSet<>()).add(deal);
    }

    /**
     * Corrects the placements of these objects.
     *
     * @return the deals that gained or lost an object, with their roots as far as links name them
     */
    public Map<UUID, @Nullable ObjectKey> replace(Map<ObjectKey, Set<Home>> homes) throws SQLException {
        Map<ObjectKey, Set<UUID>> before = of(homes.keySet());
        Map<UUID, @Nullable ObjectKey> changed = new HashMap<>();
        homes.forEach((key, now) -> deals.put(key, ids(now)));
        List<String> addedKeys = new ArrayList<>();
        List<UUID> addedDeals = new ArrayList<>();
        List<String> removedKeys = new ArrayList<>();
        List<UUID> removedDeals = new ArrayList<>();
        homes.forEach((key, now) -> {
            Set<UUID> gone = new HashSet<>(before.getOrDefault(key, Set.of()));
            Set<UUID> there = Set.copyOf(gone);
            Set<UUID> added = new HashSet<>();
            for (Home home : now) {
                gone.remove(home.dealId());
                if (!there.contains(home.dealId())) {
                    if (added.add(home.dealId())) {
                        addedKeys.add(key.value());
                        addedDeals.add(home.dealId());
                        this.added.add(new Placement(key, home.dealId()));
                    }
                    if (changed.get(home.dealId()) == null) {
                        changed.put(home.dealId(), home.root());
                    }
                }
            }
            gone.forEach(deal -> {
                removedKeys.add(key.value());
                removedDeals.add(deal);
                changed.putIfAbsent(deal, null);
            });
        });
        insert(addedKeys, addedDeals);
        if (!removedKeys.isEmpty()) {
            sql.update("""
                    DELETE FROM placements p USING unnest(?, ?) AS t (object_key, deal_id)
                    WHERE p.object_key = t.object_key AND p.deal_id = t.deal_id
                    """, new Sql.Texts(removedKeys), new Sql.Uuids(removedDeals));
        }
        return changed;
    }

    /** Which places {@link #replace} has given so far that were not there before. */
    public List<Placement> added() {
        return List.copyOf(added);
    }

    private static Set<UUID> ids(Set<Home> homes) {
        Set<UUID> ids = new HashSet<>();
        homes.forEach(home -> ids.add(home.dealId()));
        return ids;
    }

    /** Places roots in their own deals. */
    public void placeRoots(Map<ObjectKey, UUID> roots) throws SQLException {
        Map<ObjectKey, Set<UUID>> before = of(roots.keySet());
        List<String> keys = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        roots.forEach((root, deal) -> {
            if (!before.getOrDefault(root, Set.of()).contains(deal)) {
                keys.add(root.value());
                ids.add(deal);
                add(root, deal);
            }
        });
        insert(keys, ids);
    }

    private void insert(List<String> keys, List<UUID> deals) throws SQLException {
        if (!keys.isEmpty()) {
            sql.update("""
                    INSERT INTO placements (object_key, deal_id)
                    SELECT object_key, deal_id FROM unnest(?, ?) AS t (object_key, deal_id) ON CONFLICT DO NOTHING
                    """, new Sql.Texts(keys), new Sql.Uuids(deals));
        }
    }
}
