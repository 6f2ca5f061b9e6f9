package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.Retraction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The phase of a batch that takes back facts: those that are stored, and those that will be stored later under the same ids. */
final class Retractions {

    private final List<Retraction> all;

    private final FactTable facts;

    private final Counts counts;

    /**
     * @param fresh statements; those of them that are facts do not matter here
     * @param counts gets what changes of the facts
     */
    Retractions(Collection<ReceivedStatement> fresh, FactTable facts, Counts counts) {
        this.all = fresh.stream()
                .filter(each -> !each.isFact())
                .map(ReceivedStatement::retraction)
                .toList();
        this.facts = facts;
        this.counts = counts;
    }

    /** The ids of the events that are retracted. */
    Set<UUID> targets() {
        Set<UUID> targets = new HashSet<>();
        all.forEach(each -> targets.addAll(each.retracts()));
        return targets;
    }

    /** The stored facts that these retractions reach. */
    List<Fact> reached() throws SQLException {
        Set<UUID> targets = targets();
        return targets.isEmpty()
                ? List.of()
                : facts.standing(targets).stream()
                        .filter(fact -> reach(fact, Map.of()))
                        .toList();
    }

    /**
     * Whether a fact is retracted.
     *
     * @param before by which domains each event was retracted before the batch
     */
    boolean reach(Fact fact, Map<UUID, Set<String>> before) {
        Set<String> domains = before.getOrDefault(fact.eventId(), Set.of());
        return domains.contains(FactTable.ANY_DOMAIN)
                || domains.contains(fact.subject().domain())
                || all.stream().anyMatch(it -> it.retracts().contains(fact.eventId()) && it.reaches(fact));
    }

    /** Marks as retracted what is stored under the ids, and the ids themselves. */
    void takeBack() throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        List<UUID> ids = new ArrayList<>();
        List<String> domains = new ArrayList<>();
        all.forEach(each -> each.retracts().forEach(id -> {
            ids.add(id);
            domains.add(each.domain() == null ? FactTable.ANY_DOMAIN : each.domain());
        }));
        int gone = facts.retract(ids, domains);
        counts.change(Counts.FACTS, -gone);
        counts.change(Counts.RETRACTED, gone);
    }
}
