package io.masterdeal.model.deal;

import io.masterdeal.model.EventIdOrder;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import io.masterdeal.model.rules.RuleSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * All statements ever made, as a grow-only set: the state of the whole model. Adding is commutative, associative and
 * idempotent, so sets that received the same statements in any order give the same answers. This is the reference
 * implementation against which faster ones are verified; it holds all statements in memory.
 */
public final class FactSet {

    private final Map<UUID, Map<String, Statement>> statements = new HashMap<>();

    /** Adds a statement; no effect if it is already present. */
    public FactSet add(Statement statement) {
        statements
                .computeIfAbsent(statement.eventId(), _ -> new HashMap<>())
                .putIfAbsent(statement.content(), statement);
        return this;
    }

    /** Adds statements; their order does not matter. */
    public FactSet addAll(Collection<? extends Statement> added) {
        added.forEach(this::add);
        return this;
    }

    /** Computes the answers for all deals. */
    public Answers answer(RuleSet rules) {
        List<Fact> standing = standing();
        SortedMap<ObjectKey, Deal> deals = new TreeMap<>();
        Set<ObjectKey> placed = new HashSet<>();
        deals(standing).forEach((root, facts) -> {
            facts.forEach(fact -> placed.add(fact.subject()));
            deals.put(root, DealFold.of(root, rules, facts).answer());
        });
        SortedMap<ObjectKey, Integer> orphans = new TreeMap<>();
        standing.stream()
                .map(Fact::subject)
                .filter(key -> !placed.contains(key))
                .forEach(key -> orphans.merge(key, 1, Integer::sum));
        return new Answers(deals, orphans, conflicts(), standing.size());
    }

    /** The facts of every deal: those of all its objects, without the retracted. A root without facts of its own has an entry, too. */
    public SortedMap<ObjectKey, List<Fact>> deals() {
        return deals(standing());
    }

    private static SortedMap<ObjectKey, List<Fact>> deals(List<Fact> standing) {
        Map<ObjectKey, List<Fact>> bySubject = new TreeMap<>();
        SortedSet<ObjectKey> roots = new TreeSet<>();
        for (Fact fact : standing) {
            bySubject.computeIfAbsent(fact.subject(), _ -> new ArrayList<>()).add(fact);
            roots.addAll(fact.links().stream().filter(ObjectKey::isRoot).toList());
            if (fact.subject().isRoot()) {
                roots.add(fact.subject());
            }
        }
        Map<ObjectKey, Set<ObjectKey>> children = children(bySubject, roots);
        SortedMap<ObjectKey, List<Fact>> deals = new TreeMap<>();
        for (ObjectKey root : roots) {
            List<Fact> facts = new ArrayList<>();
            reaching(root, children).forEach(key -> facts.addAll(bySubject.getOrDefault(key, List.of())));
            deals.put(root, facts);
        }
        return deals;
    }

    /** All facts that are not retracted (ruling 5). */
    private List<Fact> standing() {
        Map<UUID, List<Retraction>> retracted = new HashMap<>();
        List<Fact> facts = new ArrayList<>();
        statements
                .values()
                .forEach(contents -> contents.values().forEach(statement -> {
                    switch (statement) {
                        case Fact fact -> facts.add(fact);
                        case Retraction retraction ->
                            retraction
                                    .retracts()
                                    .forEach(id -> retracted
                                            .computeIfAbsent(id, _ -> new ArrayList<>())
                                            .add(retraction));
                    }
                }));
        facts.removeIf(fact -> retracted.getOrDefault(fact.eventId(), List.of()).stream()
                .anyMatch(retraction -> retraction.reaches(fact)));
        return facts;
    }

    private static Map<ObjectKey, Set<ObjectKey>> children(
            Map<ObjectKey, List<Fact>> bySubject, SortedSet<ObjectKey> roots) {
        Map<UUID, ObjectKey> byId = new HashMap<>();
        roots.forEach(root -> byId.put(MasterDealId.of(root).value(), root));
        Map<ObjectKey, Set<ObjectKey>> children = new HashMap<>();
        bySubject
                .values()
                .forEach(facts -> facts.forEach(fact -> {
                    Set<ObjectKey> parents = new HashSet<>(fact.followedLinks());
                    ObjectKey known = fact.masterDealId() == null ? null : byId.get(fact.masterDealId());
                    if (known != null && !fact.subject().isRoot()) {
                        parents.add(known);
                    }
                    parents.forEach(parent -> children.computeIfAbsent(parent, _ -> new HashSet<>())
                            .add(fact.subject()));
                }));
        return children;
    }

    private static Set<ObjectKey> reaching(ObjectKey root, Map<ObjectKey, Set<ObjectKey>> children) {
        Set<ObjectKey> seen = new HashSet<>(Set.of(root));
        Deque<ObjectKey> todo = new ArrayDeque<>(seen);
        while (!todo.isEmpty()) {
            for (ObjectKey child : children.getOrDefault(todo.pop(), Set.of())) {
                if (seen.add(child)) {
                    todo.push(child);
                }
            }
        }
        return seen;
    }

    private SortedMap<UUID, Integer> conflicts() {
        SortedMap<UUID, Integer> conflicts = new TreeMap<>(EventIdOrder.INSTANCE);
        statements.forEach((id, contents) -> {
            if (contents.size() > 1) {
                conflicts.put(id, contents.size());
            }
        });
        return conflicts;
    }
}
