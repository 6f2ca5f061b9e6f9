package io.masterdeal.facts;

import io.masterdeal.facts.ReceivedStatement.Identity;
import io.masterdeal.facts.placement.ObjectGraph;
import io.masterdeal.facts.placement.PlacementTable;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One batch of statements, in one transaction. Locks are always taken in the same order: event ids, objects by key, marks
 * of deals to fold later, deals by id. What a later step finds to be missing is locked then, out of order; a deadlock is
 * possible, PostgreSQL detects it, and the batch is tried again.
 */
final class Batch {

    private final Answering answering;

    private final Reactions reactions;

    private final Connection connection;

    private final FactTable facts;

    private final ObjectGraph graph;

    private final PlacementTable placements;

    private final Counts counts = new Counts();

    private final AffectedDeals deals = new AffectedDeals();

    private Reactions.Written effects = Reactions.Written.NOTHING;

    private int tasks;

    Batch(Connection connection, Answering answering, Reactions reactions) {
        this.connection = connection;
        this.answering = answering;
        this.reactions = reactions;
        this.facts = new FactTable(connection);
        this.graph = new ObjectGraph(connection);
        this.placements = new PlacementTable(connection);
    }

    BatchReport run(Collection<ReceivedStatement> received) throws SQLException {
        Map<Identity, ReceivedStatement> fresh = new LinkedHashMap<>();
        received.forEach(each -> fresh.putIfAbsent(each.identity(), each));
        Set<UUID> mentioned = facts.mention(eventIds(fresh.values()));
        Set<Identity> stored = facts.stored(mentioned);
        fresh.keySet().removeAll(stored);
        if (fresh.isEmpty()) {
            return new BatchReport(0, received.size(), 0, 0);
        }
        Retractions retractions = new Retractions(fresh.values(), facts, counts);
        Map<UUID, Set<String>> retractedBefore = lockEventIds(fresh.values(), retractions.targets(), mentioned);
        stored = facts.stored(mentioned); // Another transaction may have stored it while we waited.
        fresh.keySet().removeAll(stored);
        int conflicts = markConflicts(fresh.keySet(), stored);
        BatchChange change = store(fresh.values(), retractions, retractedBefore);
        int published = settle(change);
        return new BatchReport(fresh.size(), received.size() - fresh.size(), conflicts, published);
    }

    /** Stores the statements, and takes back what the retractions among them reach. */
    private BatchChange store(
            Collection<ReceivedStatement> fresh, Retractions retractions, Map<UUID, Set<String>> retractedBefore)
            throws SQLException {
        List<Fact> takenBack = retractions.reached();
        lockObjects(fresh, takenBack);
        retractions.takeBack();
        Map<ObjectKey, Set<UUID>> formerDeals =
                placements.of(takenBack.stream().map(Fact::subject).toList());
        List<ReceivedStatement> newFacts =
                fresh.stream().filter(ReceivedStatement::isFact).toList();
        Set<ReceivedStatement> retracted = new HashSet<>();
        newFacts.stream()
                .filter(each -> retractions.reach(each.fact(), retractedBefore))
                .forEach(retracted::add);
        facts.insertFacts(newFacts, retracted);
        counts.change(Counts.FACTS, newFacts.size() - retracted.size());
        counts.change(Counts.RETRACTED, retracted.size());
        facts.insertRetractions(fresh.stream().filter(each -> !each.isFact()).toList());
        List<ReceivedStatement> standing =
                newFacts.stream().filter(each -> !retracted.contains(each)).toList();
        return new BatchChange(fresh, standing, takenBack, formerDeals);
    }

    /** Makes links and deals what the facts say now; returns how many revisions were published. */
    private int settle(BatchChange change) throws SQLException {
        Set<ObjectKey> moved = new Relinking(graph, placements, deals).run(change);
        Map<ObjectKey, Set<UUID>> dealsOf = new DealSearch(placements, deals).run(change);
        react(change.standing(), dealsOf);
        postpone();
        boolean nothingTakenBack = change.takenBack().isEmpty();
        Settlement.Result settled = new Settlement(connection, answering, counts)
                .run(new Settlement.Work(
                        deals.toSettle(),
                        deals.causes(),
                        deals.onlyAdded(),
                        Map.of(),
                        nothingTakenBack ? deals.named() : Set.of(),
                        nothingTakenBack));
        new Orphans(connection, counts)
                .lookAfter(
                        new Orphans.Change(
                                change.toldObjects(),
                                change.standingObjects(),
                                moved,
                                graph::isBorn,
                                deals.toSettle().keySet()),
                        placements,
                        settled);
        counts.write(connection);
        tasks = settled.tasks();
        return settled.published();
    }

    /** Locks the objects of these statements and of those they take back. */
    private void lockObjects(Collection<ReceivedStatement> received, List<Fact> takenBack) throws SQLException {
        Set<ObjectKey> keys = new HashSet<>();
        Stream.concat(
                        received.stream().filter(ReceivedStatement::isFact).map(ReceivedStatement::fact),
                        takenBack.stream())
                .forEach(fact -> {
                    keys.add(fact.subject());
                    keys.addAll(fact.links());
                });
        graph.lock(keys);
        keys.stream().filter(graph::isBorn).forEach(placements::unplaced);
    }

    /**
     * Locks the event ids that are not locked yet.
     *
     * @param mentioned of the ids of the statements, those that existed before; others that exist are added
     */
    private Map<UUID, Set<String>> lockEventIds(
            Collection<ReceivedStatement> received, Set<UUID> targets, Set<UUID> mentioned) throws SQLException {
        Set<UUID> ids = new HashSet<>(eventIds(received));
        ids.retainAll(mentioned);
        if (!targets.isEmpty()) {
            Set<UUID> others = new HashSet<>(targets);
            others.removeAll(eventIds(received));
            ids.addAll(facts.mention(others));
        }
        return facts.lock(ids);
    }

    /** Marks ids that have two contents: in the store, in this batch, or one in each. */
    private int markConflicts(Set<Identity> fresh, Set<Identity> stored) throws SQLException {
        Set<UUID> seen = new HashSet<>();
        stored.forEach(each -> seen.add(each.eventId()));
        Set<UUID> conflicts = new HashSet<>();
        fresh.forEach(each -> {
            if (!seen.add(each.eventId())) {
                conflicts.add(each.eventId());
            }
        });
        counts.change(Counts.CONFLICTS, facts.markConflicts(conflicts));
        return conflicts.size();
    }

    /** Marks the deals that are too many to be folded at once. */
    private void postpone() throws SQLException {
        var postponed = deals.postponed();
        if (!postponed.isEmpty()) {
            new DealTable(connection).announce(postponed);
            new PendingFolds(connection).add(postponed.keySet());
        }
    }

    /**
     * Lets the reactions store what has to happen because of facts that are new, or new in a deal: a link may come after them.
     *
     * @param dealsOf the deals of each subject
     */
    private void react(List<ReceivedStatement> standing, Map<ObjectKey, Set<UUID>> dealsOf) throws SQLException {
        Set<Reactions.DealFact> newInDeals = new LinkedHashSet<>();
        for (ReceivedStatement each : standing) {
            Fact fact = each.fact();
            if (reactions.types().contains(fact.type())) {
                dealsOf.getOrDefault(fact.subject(), Set.of())
                        .forEach(deal -> newInDeals.add(new Reactions.DealFact(
                                deal,
                                fact.eventId(),
                                each.contentHash(),
                                fact.type(),
                                fact.occurredAt().toEpochMilli(),
                                each.provenance().replayed())));
            }
        }
        List<PlacementTable.Placement> joined = placements.added();
        if (!joined.isEmpty() && !reactions.lateTypes().isEmpty()) {
            newInDeals.addAll(facts.of(joined, reactions.lateTypes()));
        }
        if (!newInDeals.isEmpty()) {
            effects = reactions.write(connection, newInDeals);
        }
    }

    /** How many requests about tasks {@link #run} wrote. */
    int tasks() {
        return tasks;
    }

    /** What the reactions wrote during {@link #run}. */
    Reactions.Written effects() {
        return effects;
    }

    private static List<UUID> eventIds(Collection<ReceivedStatement> received) {
        return received.stream().map(each -> each.statement().eventId()).toList();
    }
}
