package io.masterdeal.service.store;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.service.store.ObjectGraph.Home;
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

/** The closure: which objects belong to which deals. It changes only while the objects' rows are held. */
final class PlacementTable {

    private final Sql sql;

    private final List<Placement> added = new ArrayList<>();

    /** An object's place in a deal. */
    record Placement(ObjectKey object, UUID deal) {}

    PlacementTable(Connection connection) {
        this.sql = new Sql(connection);
    }

    /** Each object's deals. */
    Map<ObjectKey, Set<UUID>> of(Collection<ObjectKey> keys) throws SQLException {
        Map<ObjectKey, Set<UUID>> placements = new HashMap<>();
        if (!keys.isEmpty()) {
            sql.forEach(
                    "SELECT object_key, deal_id FROM placements WHERE object_key = ANY (?)",
                    row -> placements
                            .computeIfAbsent(new ObjectKey(row.getString(1)), _ -> new HashSet<>())
                            .add(FactTable.uuid(row, 2)),
                    new Sql.Texts(keys.stream().map(ObjectKey::value).toList()));
        }
        return placements;
    }

    /**
     * Makes the placements of these objects what they have to be.
     *
     * @return the deals that won or lost an object, with their roots as far as links name them
     */
    Map<UUID, @Nullable ObjectKey> replace(Map<ObjectKey, Set<Home>> homes) throws SQLException {
        Map<ObjectKey, Set<UUID>> before = of(homes.keySet());
        Map<UUID, @Nullable ObjectKey> changed = new HashMap<>();
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
    List<Placement> added() {
        return List.copyOf(added);
    }

    /** Places roots in their own deals. */
    void placeRoots(Collection<Home> roots) throws SQLException {
        List<String> keys = new ArrayList<>();
        List<UUID> deals = new ArrayList<>();
        roots.forEach(home -> {
            if (home.root() != null) {
                keys.add(home.root().value());
                deals.add(home.dealId());
            }
        });
        insert(keys, deals);
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
