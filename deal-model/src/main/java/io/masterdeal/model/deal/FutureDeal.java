package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Version;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.StatusModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A deal as it would be after some future facts. New objects are given keys that the deal does not have; they are members as soon as
 * a set of facts has a status for them and for the new object to which they are linked.
 */
final class FutureDeal {

    /** Evidence is not asked for here, so all future facts can have the same version. */
    private static final Version FUTURE = new Version(null, Instant.MAX, new UUID(-1, -1));

    final ObjectKey root;

    final RuleSet rules;

    private final DealState state;

    /** The links of all objects, the new ones included. */
    private final Map<ObjectKey, Set<ObjectKey>> parents;

    private final Reachability reachability;

    private final StatusView view;

    private final ConditionEvaluator evaluator;

    /** The future statuses that the view has at present. */
    private final Map<ObjectKey, List<String>> shown = new HashMap<>();

    /** For each new object, the one to which it is linked. */
    private final Map<ObjectKey, ObjectKey> linkOfNew = new HashMap<>();

    /** The future facts that the view has at present. */
    private @Nullable Additions present;

    private final Map<ObjectKind, TreeSet<ObjectKey>> existing = new HashMap<>();

    private final Set<ObjectKey> taken = new HashSet<>();

    private final Condition condition;

    private final long weight;

    private long work;

    FutureDeal(ObjectKey root, RuleSet rules, DealState state, Condition condition) {
        this.root = root;
        this.rules = rules;
        this.state = state;
        this.parents = new HashMap<>(state.members());
        // The root may have no fact of its own. It can still get one.
        parents.putIfAbsent(root, Set.of());
        this.reachability = new Reachability(parents);
        this.view = new StatusView(rules, reachability);
        view.restore(state.current(), state.ever());
        this.evaluator = new ConditionEvaluator(view);
        parents.keySet()
                .forEach(key -> existing.computeIfAbsent(key.kind(), _ -> new TreeSet<>())
                        .add(key));
        taken.addAll(parents.keySet());
        parents.values().forEach(taken::addAll);
        this.condition = condition;
        this.weight = weight(condition) + state.current().size();
    }

    /** How many statuses were looked at so far, about. */
    long work() {
        return work;
    }

    /** Evaluates conditions as if some facts had come, until it is asked to do so for others. */
    ConditionEvaluator after(Additions added) {
        work += weight;
        if (added.equals(present)) {
            return evaluator;
        }
        present = added;
        added.statuses().forEach((object, statuses) -> {
            if (isMember(object, added) && !statuses.equals(shown.get(object))) {
                shown.put(object, statuses);
                view.put(object, new CurrentStatus(statuses.getLast(), FUTURE));
            }
        });
        shown.keySet().removeIf(object -> hide(object, added));
        view.ever.keySet().retainAll(state.ever().keySet());
        added.statuses().getOrDefault(root, List.of()).forEach(status -> view.ever.putIfAbsent(status, FUTURE));
        return evaluator;
    }

    /** Takes back what was shown of an object that these facts say nothing of. */
    private boolean hide(ObjectKey object, Additions added) {
        if (added.statuses().containsKey(object) && isMember(object, added)) {
            return false;
        }
        show(object, state.current().get(object));
        return true;
    }

    /** Whether the condition holds after some facts. */
    boolean holds(Additions added) {
        return after(added).holds(condition);
    }

    /** Whether the condition holds after some facts but one. Of many facts about existing objects only that one is looked at. */
    boolean holdsWithout(Additions added, Additions.Single one) {
        ObjectKey object = one.object();
        if (isNew(object) || object.equals(root)) {
            return holds(added.without(List.of(one)));
        }
        ConditionEvaluator now = after(added);
        CurrentStatus future = Objects.requireNonNull(view.current.get(object));
        show(object, state.current().get(object));
        boolean holds = now.holds(condition);
        view.put(object, future);
        return holds;
    }

    private void show(ObjectKey object, @Nullable CurrentStatus status) {
        if (status == null) {
            view.remove(object);
        } else {
            view.put(object, status);
        }
    }

    /** Whether an object would be in the deal: a new one is linked to an object that is. */
    private boolean isMember(ObjectKey object, Additions added) {
        ObjectKey link = linkOfNew.get(object);
        if (link == null || !isNew(link)) {
            return true;
        }
        return added.statuses().containsKey(link) && isMember(link, added);
    }

    /** The objects of a kind, with or without a status, that are not dead. */
    List<ObjectKey> live(ObjectKind kind, Additions added) {
        TreeSet<ObjectKey> keys = new TreeSet<>(existing.getOrDefault(kind, new TreeSet<>()));
        added.statuses().keySet().stream().filter(key -> key.is(kind)).forEach(keys::add);
        StatusModel model = rules.statuses(kind);
        List<ObjectKey> live = new ArrayList<>();
        for (ObjectKey key : keys) {
            String status = status(key, added);
            if (status == null || model.isLive(status)) {
                live.add(key);
            }
        }
        work += keys.size();
        return live;
    }

    /** The status of an object; null if it has none. */
    @Nullable
    String status(ObjectKey object, Additions added) {
        List<String> statuses = added.statuses().get(object);
        if (statuses != null) {
            return statuses.getLast();
        }
        CurrentStatus current = state.current().get(object);
        return current == null ? null : current.status();
    }

    boolean isAtOrPast(ObjectKey object, Additions added, String milestone) {
        String status = status(object, added);
        return status != null && rules.statuses(object.kind()).isAtOrPast(status, milestone);
    }

    /** The live objects of a kind that are not at or past a status at present. */
    List<ObjectKey> shortOf(ObjectKind kind, String milestone) {
        return live(kind, Additions.NONE).stream()
                .filter(it -> !isAtOrPast(it, Additions.NONE, milestone))
                .toList();
    }

    boolean bearsOn(ObjectKey bearing, ObjectKey borne, ObjectKind kind) {
        work++;
        return reachability.bearsOn(bearing, borne, kind);
    }

    /** Whether an object is a new one. */
    boolean isNew(ObjectKey object) {
        return linkOfNew.containsKey(object);
    }

    /** The object to which a new one is linked. */
    @Nullable
    ObjectKey linkOf(ObjectKey newObject) {
        return linkOfNew.get(newObject);
    }

    /** A new object that a set of facts does not have yet; the same one for equal sets. */
    ObjectKey newObject(ObjectKind kind, ObjectKey link, Additions added) {
        for (int number = 1; ; number++) {
            ObjectKey key = new ObjectKey(kind + ":new " + number + " for " + link);
            if (!taken.contains(key) && !added.statuses().containsKey(key)) {
                linkOfNew.put(key, link);
                parents.put(key, Set.of(link));
                return key;
            }
        }
    }

    /** The set with an object at a status. */
    Additions raised(ObjectKey object, String status, Additions added) {
        SortedMap<ObjectKey, List<String>> statuses = new TreeMap<>(added.statuses());
        raise(object, status, statuses);
        return new Additions(statuses);
    }

    /** Puts an object at a status. The root keeps those before it, because conditions read its past. */
    void raise(ObjectKey object, String status, SortedMap<ObjectKey, List<String>> statuses) {
        List<String> before = statuses.getOrDefault(object, List.of());
        if (before.isEmpty() || !object.equals(root)) {
            statuses.put(object, List.of(status));
            return;
        }
        Map<String, Integer> position = rules.statuses(ObjectKind.DEAL).position();
        statuses.put(
                object,
                Stream.concat(before.stream(), Stream.of(status))
                        .distinct()
                        .sorted(Comparator.comparing(it -> position.getOrDefault(it, -1)))
                        .toList());
    }

    /** How many statuses one evaluation of a condition looks at, at most. */
    private long weight(Condition condition) {
        return switch (condition) {
            case Condition.All all -> all.of().stream().mapToLong(this::weight).sum();
            case Condition.Any any -> any.of().stream().mapToLong(this::weight).sum();
            case Condition.Ever _ -> 1;
            case Condition.Some some -> count(some.kind());
            case Condition.Every every -> count(every.kind());
            case Condition.For pair -> count(pair.kind()) * count(pair.bearing());
        };
    }

    private long count(ObjectKind kind) {
        return 1L + existing.getOrDefault(kind, new TreeSet<>()).size();
    }
}
