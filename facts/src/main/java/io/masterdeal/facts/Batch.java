package io.masterdeal.facts;

import io.masterdeal.facts.ObjectGraph.Home;
import io.masterdeal.facts.ReceivedStatement.Identity;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.rules.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One batch of statements, in one transaction. Locks are always taken in the same order: event ids, objects by key, marks
 * of deals to fold later, deals by id. What a later step finds to be missing is locked then, out of order; a deadlock is
 * possible, seen by PostgreSQL, and the batch is tried again.
 */
final class Batch {

    /** A fact about an object in more deals than this only marks them; they are folded soon, in chunks. */
    static final int WIDE = 200;

    /** If objects came into or left more deals than this, all of these are folded later. */
    private static final int MOST_MOVED = 5000;

    private final RuleSet rules;

    private final ChangeMessages messages;

    private final Reactions reactions;

    private final FoldLimits limits;

    private final Connection connection;

    private final FactTable facts;

    private final ObjectGraph graph;

    private final PlacementTable placements;

    /** Deals that have to be settled, each with its root if a link names it. */
    private final Map<UUID, @Nullable ObjectKey> affected = new HashMap<>();

    /** Deals of which more changed than that facts were added. */
    private final Set<UUID> reshaped = new HashSet<>();

    /** Objects that may have come into a deal or left one. */
    private final Set<ObjectKey> moved = new HashSet<>();

    /** Objects of which a fact came or went. */
    private final Set<ObjectKey> told = new HashSet<>();

    private final Counts counts = new Counts();

    /** Deals to be folded later, each with its root if a link names it. */
    private final Map<UUID, @Nullable ObjectKey> postponed = new HashMap<>();

    /** Deals that a standing fact of this batch names. */
    private final Set<UUID> named = new HashSet<>();

    private final Map<UUID, List<ReceivedStatement>> causes = new HashMap<>();

    /** The new facts to react to, by deal. */
    private final Set<Reactions.DealFact> newInDeals = new LinkedHashSet<>();

    private Reactions.Written effects = Reactions.Written.NOTHING;

    Batch(Connection connection, RuleSet rules, ChangeMessages messages, Reactions reactions, FoldLimits limits) {
        this.limits = limits;
        this.connection = connection;
        this.rules = rules;
        this.messages = messages;
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
        List<Retraction> retractions = fresh.values().stream()
                .filter(each -> !each.isFact())
                .map(ReceivedStatement::retraction)
                .toList();
        Set<UUID> targets = new HashSet<>();
        retractions.forEach(each -> targets.addAll(each.retracts()));
        Map<UUID, Set<String>> retractedBy = lockEventIds(fresh.values(), targets, mentioned);
        stored = facts.stored(mentioned); // Another one may have stored it while we waited.
        fresh.keySet().removeAll(stored);
        int conflicts = markConflicts(fresh.keySet(), stored);

        List<Fact> takenBack = targets.isEmpty()
                ? List.of()
                : facts.standing(targets).stream()
                        .filter(fact -> isRetracted(fact, Map.of(), retractions))
                        .toList();
        lockObjects(fresh.values(), takenBack);
        takeBack(retractions);
        Map<ObjectKey, Set<UUID>> formerDeals =
                placements.of(takenBack.stream().map(Fact::subject).toList());
        List<ReceivedStatement> newFacts =
                fresh.values().stream().filter(ReceivedStatement::isFact).toList();
        Set<ReceivedStatement> retracted = new HashSet<>();
        newFacts.stream()
                .filter(each -> isRetracted(each.fact(), retractedBy, retractions))
                .forEach(retracted::add);
        facts.insertFacts(newFacts, retracted);
        counts.change(Counts.FACTS, newFacts.size() - retracted.size());
        counts.change(Counts.RETRACTED, retracted.size());
        facts.insertRetractions(
                fresh.values().stream().filter(each -> !each.isFact()).toList());

        List<ReceivedStatement> standing =
                newFacts.stream().filter(each -> !retracted.contains(each)).toList();
        relink(standing.stream().map(ReceivedStatement::fact).toList(), takenBack);
        findAffected(standing, takenBack, formerDeals);
        nameRetractions(takenBack, formerDeals, fresh.values());
        react();
        postpone();
        Set<UUID> onlyAdded = new HashSet<>(affected.keySet());
        onlyAdded.removeAll(reshaped);
        Settlement.Result settled = new Settlement(connection, rules, messages, limits, counts)
                .run(new Settlement.Work(
                        affected,
                        causes,
                        onlyAdded,
                        Map.of(),
                        takenBack.isEmpty() ? named : Set.of(),
                        takenBack.isEmpty()));
        standing.forEach(each -> told.add(each.fact().subject()));
        takenBack.forEach(fact -> told.add(fact.subject()));
        new Orphans(connection, counts)
                .lookAfter(new Orphans.Change(told, moved, graph::isBorn, affected.keySet()), placements, settled);
        counts.write(connection);
        return new BatchReport(fresh.size(), received.size() - fresh.size(), conflicts, settled.published());
    }

    /** Takes hold of the objects of these statements and of those they take back. */
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
     * Takes hold of the event ids that are not held yet.
     *
     * @param mentioned of the ids of the statements, those that were there before; what else is there is added
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

    /** Marks ids that have two contents, be they in the store, in this batch, or one in each. */
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

    private static boolean isRetracted(Fact fact, Map<UUID, Set<String>> before, List<Retraction> now) {
        Set<String> domains = before.getOrDefault(fact.eventId(), Set.of());
        return domains.contains(FactTable.ANY_DOMAIN)
                || domains.contains(fact.subject().domain())
                || now.stream().anyMatch(it -> it.retracts().contains(fact.eventId()) && it.reaches(fact));
    }

    /** Retracts what is stored under the ids named, and what will ever be. */
    private void takeBack(List<Retraction> retractions) throws SQLException {
        if (retractions.isEmpty()) {
            return;
        }
        List<UUID> ids = new ArrayList<>();
        List<String> domains = new ArrayList<>();
        retractions.forEach(each -> each.retracts().forEach(id -> {
            ids.add(id);
            domains.add(each.domain() == null ? FactTable.ANY_DOMAIN : each.domain());
        }));
        int gone = facts.retract(ids, domains);
        counts.change(Counts.FACTS, -gone);
        counts.change(Counts.RETRACTED, gone);
    }

    /** Makes links, references and placements what the standing facts say. */
    private void relink(List<Fact> added, List<Fact> takenBack) throws SQLException {
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
        if (!changed.isEmpty()) {
            Map<ObjectKey, Set<Home>> homes = graph.homes(changed, formerParents);
            moved.addAll(homes.keySet());
            Map<ObjectKey, Set<UUID>> before = placements.of(homes.keySet());
            Map<UUID, @Nullable ObjectKey> changedDeals = placements.replace(homes);
            Set<UUID> wide = new HashSet<>();
            homes.forEach((key, deals) -> {
                Set<UUID> former = before.getOrDefault(key, Set.of());
                if (Math.max(deals.size(), former.size()) > WIDE) {
                    deals.forEach(home -> wide.add(home.dealId()));
                    wide.addAll(former);
                }
            });
            changedDeals.forEach((deal, root) -> {
                if (wide.contains(deal) || changedDeals.size() > MOST_MOVED) {
                    postponed.put(deal, root);
                    reshaped.add(deal);
                } else {
                    affect(deal, root);
                }
            });
            homes.forEach((key, deals) -> {
                // What is new itself brings nothing older along. A link between two objects of one deal moves nothing,
                // and yet may change what bears on what.
                if (!graph.isBorn(key)) {
                    deals.forEach(home -> reshaped.add(home.dealId()));
                    reshaped.addAll(before.getOrDefault(key, Set.of()));
                }
            });
        }
    }

    /** Marks the deals that are too many to be folded at once. */
    private void postpone() throws SQLException {
        if (!postponed.isEmpty()) {
            new DealTable(connection).announce(postponed);
            new PendingFolds(connection).add(postponed.keySet());
        }
    }

    /** Which deals these statements concern, and through which of the new facts. */
    private void findAffected(
            List<ReceivedStatement> standing, List<Fact> takenBack, Map<ObjectKey, Set<UUID>> formerDeals)
            throws SQLException {
        Map<ObjectKey, UUID> roots = new HashMap<>();
        Set<ObjectKey> subjects = new HashSet<>();
        standing.forEach(each -> {
            ObjectKey subject = each.fact().subject();
            subjects.add(subject);
            if (subject.isRoot()) {
                roots.computeIfAbsent(subject, key -> MasterDealId.of(key).value());
            }
        });
        placements.placeRoots(roots);
        takenBack.forEach(fact -> subjects.add(fact.subject()));
        Map<ObjectKey, Set<UUID>> deals = placements.of(subjects);
        for (Set<UUID> each : List.of(deals, formerDeals).stream()
                .flatMap(them -> them.values().stream())
                .toList()) {
            if (each.size() > WIDE) {
                each.forEach(deal -> postponed.putIfAbsent(deal, null));
            } else {
                each.forEach(this::affect);
            }
        }
        takenBack.forEach(fact -> reshaped.addAll(deals.getOrDefault(fact.subject(), Set.of())));
        for (ReceivedStatement each : standing) {
            deals.getOrDefault(each.fact().subject(), Set.of()).forEach(deal -> {
                cause(deal, each);
                noteForReaction(deal, each);
            });
            List<Home> mentioned = ObjectGraph.mentioned(each.fact());
            affectOrPostpone(mentioned);
            mentioned.forEach(home -> named.add(home.dealId()));
        }
        for (Fact fact : takenBack) {
            List<Home> mentioned = ObjectGraph.mentioned(fact);
            affectOrPostpone(mentioned);
            mentioned.forEach(home -> reshaped.add(home.dealId()));
        }
        postponed.keySet().removeAll(affected.keySet());
    }

    private void noteForReaction(UUID deal, ReceivedStatement each) {
        Fact fact = each.fact();
        if (reactions.types().contains(fact.type())) {
            newInDeals.add(new Reactions.DealFact(
                    deal,
                    fact.eventId(),
                    each.contentHash(),
                    fact.type(),
                    fact.occurredAt().toEpochMilli(),
                    each.provenance().replayed()));
        }
    }

    /** Writes down what has to happen because of facts that are new, or new in a deal: a link may come after them. */
    private void react() throws SQLException {
        List<PlacementTable.Placement> joined = placements.added();
        if (!joined.isEmpty() && !reactions.lateTypes().isEmpty()) {
            newInDeals.addAll(facts.of(joined, reactions.lateTypes()));
        }
        if (!newInDeals.isEmpty()) {
            effects = reactions.write(connection, newInDeals);
        }
    }

    /** What {@link #run} wrote down to happen. */
    Reactions.Written effects() {
        return effects;
    }

    /** Names the retractions as causes in the deals that had the facts they took back. */
    private void nameRetractions(
            List<Fact> takenBack, Map<ObjectKey, Set<UUID>> formerDeals, Collection<ReceivedStatement> all) {
        for (Fact fact : takenBack) {
            Set<UUID> concerned = new HashSet<>(formerDeals.getOrDefault(fact.subject(), Set.of()));
            ObjectGraph.mentioned(fact).forEach(home -> concerned.add(home.dealId()));
            reshaped.addAll(concerned);
            for (ReceivedStatement each : all) {
                if (each.statement() instanceof Retraction retraction
                        && retraction.retracts().contains(fact.eventId())
                        && retraction.reaches(fact)) {
                    concerned.forEach(deal -> cause(deal, each));
                }
            }
        }
    }

    /** A fact that names very many deals, as one that links a frame contract to them, holds up nobody else either. */
    private void affectOrPostpone(List<Home> homes) {
        for (Home home : homes) {
            if (homes.size() > WIDE) {
                postponed.put(home.dealId(), home.root());
            } else {
                affect(home.dealId(), home.root());
            }
        }
    }

    private void affect(UUID deal) {
        affect(deal, null);
    }

    private void affect(UUID deal, @Nullable ObjectKey root) {
        if (affected.get(deal) == null) {
            affected.put(deal, root);
        }
    }

    private void cause(UUID deal, ReceivedStatement statement) {
        List<ReceivedStatement> sofar = causes.computeIfAbsent(deal, _ -> new ArrayList<>());
        if (!sofar.contains(statement)) {
            sofar.add(statement);
        }
    }

    private static List<UUID> eventIds(Collection<ReceivedStatement> received) {
        return received.stream().map(each -> each.statement().eventId()).toList();
    }
}
