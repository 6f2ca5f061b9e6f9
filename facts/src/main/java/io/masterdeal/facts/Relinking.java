package io.masterdeal.facts;

import io.masterdeal.facts.placement.ObjectGraph;
import io.masterdeal.facts.placement.ObjectGraph.Home;
import io.masterdeal.facts.placement.PlacementTable;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The phase of a batch that makes links, references and placements what the standing facts say. */
final class Relinking {

    /** If objects came into or left more deals than this, all of these are folded later. */
    private static final int MOST_MOVED = 5000;

    private final ObjectGraph graph;

    private final PlacementTable placements;

    private final AffectedDeals deals;

    /**
     * @param deals gets the deals that objects came into or left
     */
    Relinking(ObjectGraph graph, PlacementTable placements, AffectedDeals deals) {
        this.graph = graph;
        this.placements = placements;
        this.deals = deals;
    }

    /** Returns the objects that may have come into a deal or left one. */
    Set<ObjectKey> run(BatchChange change) throws SQLException {
        List<Fact> added = change.standingFacts();
        List<Fact> takenBack = change.takenBack();
        Set<ObjectKey> changed = new HashSet<>(graph.add(
                added.stream().flatMap(it -> ObjectGraph.links(it).stream()).toList()));
        changed.addAll(graph.addReferences(ObjectGraph.references(added)));
        Set<ObjectKey> formerParents = new HashSet<>();
        if (!takenBack.isEmpty()) {
            changed.addAll(graph.removeUnsaid(takenBack.stream()
                    .flatMap(it -> ObjectGraph.links(it).stream())
                    .toList()));
            changed.addAll(graph.removeUnsaidReferences(ObjectGraph.references(takenBack)));
            takenBack.forEach(fact -> formerParents.addAll(fact.followedLinks()));
            formerParents.removeIf(ObjectKey::isRoot);
        }
        if (changed.isEmpty()) {
            return Set.of();
        }
        Map<ObjectKey, Set<Home>> homes = graph.homes(changed, formerParents);
        place(homes);
        return homes.keySet();
    }

    private void place(Map<ObjectKey, Set<Home>> homes) throws SQLException {
        Map<ObjectKey, Set<UUID>> before = placements.of(homes.keySet());
        Map<UUID, @Nullable ObjectKey> changedDeals = placements.replace(homes);
        Set<UUID> wide = inWide(homes, before);
        changedDeals.forEach((deal, root) -> {
            if (wide.contains(deal) || changedDeals.size() > MOST_MOVED) {
                deals.postpone(deal, root);
                deals.reshape(Set.of(deal));
            } else {
                deals.settle(deal, root);
            }
        });
        homes.forEach((key, its) -> {
            // What is new itself brings nothing older along. A link between two objects of one deal moves nothing,
            // and yet may change what depends on what.
            if (!graph.isBorn(key)) {
                deals.reshape(its.stream().map(Home::dealId).toList());
                deals.reshape(before.getOrDefault(key, Set.of()));
            }
        });
    }

    /** The deals of objects that are, or were, in very many. */
    private static Set<UUID> inWide(Map<ObjectKey, Set<Home>> homes, Map<ObjectKey, Set<UUID>> before) {
        Set<UUID> wide = new HashSet<>();
        homes.forEach((key, deals) -> {
            Set<UUID> former = before.getOrDefault(key, Set.of());
            if (Math.max(deals.size(), former.size()) > AffectedDeals.WIDE) {
                deals.forEach(home -> wide.add(home.dealId()));
                wide.addAll(former);
            }
        });
        return wide;
    }
}
