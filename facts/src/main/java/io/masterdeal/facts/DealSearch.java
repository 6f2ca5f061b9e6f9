package io.masterdeal.facts;

import io.masterdeal.facts.placement.ObjectGraph;
import io.masterdeal.facts.placement.ObjectGraph.Home;
import io.masterdeal.facts.placement.PlacementTable;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The phase of a batch that finds the deals which its statements concern, once the objects are placed. */
final class DealSearch {

    private final PlacementTable placements;

    private final AffectedDeals deals;

    /**
     * @param deals gets the deals
     */
    DealSearch(PlacementTable placements, AffectedDeals deals) {
        this.placements = placements;
        this.deals = deals;
    }

    /** Returns the deals of every object that a standing fact, or one that was taken back, is about. */
    Map<ObjectKey, Set<UUID>> run(BatchChange change) throws SQLException {
        placements.placeRoots(roots(change.standing()));
        Set<ObjectKey> subjects = new HashSet<>();
        change.standing().forEach(each -> subjects.add(each.fact().subject()));
        change.takenBack().forEach(fact -> subjects.add(fact.subject()));
        Map<ObjectKey, Set<UUID>> dealsOf = placements.of(subjects);
        Stream.of(dealsOf, change.formerDeals())
                .flatMap(them -> them.values().stream())
                .forEach(each -> {
                    if (each.size() > AffectedDeals.WIDE) {
                        each.forEach(deals::postpone);
                    } else {
                        each.forEach(deals::settle);
                    }
                });
        addStanding(change.standing(), dealsOf);
        addTakenBack(change, dealsOf);
        return dealsOf;
    }

    private static Map<ObjectKey, UUID> roots(List<ReceivedStatement> standing) {
        Map<ObjectKey, UUID> roots = new HashMap<>();
        for (ReceivedStatement each : standing) {
            ObjectKey subject = each.fact().subject();
            if (subject.isRoot()) {
                roots.computeIfAbsent(subject, key -> MasterDealId.of(key).value());
            }
        }
        return roots;
    }

    private void addStanding(List<ReceivedStatement> standing, Map<ObjectKey, Set<UUID>> dealsOf) {
        for (ReceivedStatement each : standing) {
            dealsOf.getOrDefault(each.fact().subject(), Set.of()).forEach(deal -> deals.addCause(deal, each));
            List<Home> mentioned = ObjectGraph.mentioned(each.fact());
            deals.settleOrPostpone(mentioned);
            deals.name(mentioned);
        }
    }

    /** The retractions are causes in the deals that had the facts they took back. */
    private void addTakenBack(BatchChange change, Map<ObjectKey, Set<UUID>> dealsOf) {
        for (Fact fact : change.takenBack()) {
            List<Home> mentioned = ObjectGraph.mentioned(fact);
            deals.settleOrPostpone(mentioned);
            Set<UUID> concerned = new HashSet<>(change.formerDeals().getOrDefault(fact.subject(), Set.of()));
            mentioned.forEach(home -> concerned.add(home.dealId()));
            deals.reshape(concerned);
            deals.reshape(dealsOf.getOrDefault(fact.subject(), Set.of()));
            for (ReceivedStatement each : change.fresh()) {
                if (each.statement() instanceof Retraction retraction
                        && retraction.retracts().contains(fact.eventId())
                        && retraction.reaches(fact)) {
                    concerned.forEach(deal -> deals.addCause(deal, each));
                }
            }
        }
    }
}
