package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Version;
import io.masterdeal.model.rules.RuleSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The statuses of a deal's objects at one instant, indexed for the evaluation of conditions. */
final class StatusView {

    final RuleSet rules;

    final Reachability reachability;

    /** For each status the root ever had, the version of the earliest fact with it. */
    final Map<String, Version> ever = new HashMap<>();

    /** The current status of each object that has one. */
    final Map<ObjectKey, CurrentStatus> current = new HashMap<>();

    private final Map<ObjectKind, Map<ObjectKey, CurrentStatus>> byKind = new HashMap<>();

    StatusView(RuleSet rules, Reachability reachability) {
        this.rules = rules;
        this.reachability = reachability;
    }

    /** The objects of a kind that have a status. */
    Map<ObjectKey, CurrentStatus> objects(ObjectKind kind) {
        return byKind.getOrDefault(kind, Map.of());
    }

    /** Continues from kept statuses. */
    void restore(Map<ObjectKey, CurrentStatus> keptCurrent, Map<String, Version> keptEver) {
        keptCurrent.forEach(this::put);
        ever.putAll(keptEver);
    }

    void put(ObjectKey key, CurrentStatus status) {
        current.put(key, status);
        byKind.computeIfAbsent(key.kind(), _ -> new TreeMap<>()).put(key, status);
    }

    /** Takes the status of an object away, as if no fact had one. */
    void remove(ObjectKey key) {
        current.remove(key);
        objects(key.kind()).remove(key);
    }

    /** Remembers a status of the root. Returns whether the root had it for the first time. */
    boolean rememberEver(Fact fact, String status) {
        Version version = fact.version();
        Version before = ever.get(status);
        if (before != null && ConditionEvaluator.EARLIEST.compare(before, version) <= 0) {
            return false;
        }
        ever.put(status, version);
        return before == null;
    }

    /** Whether an object with this status is live and at or past a milestone. */
    boolean isLiveAtOrPast(ObjectKind kind, CurrentStatus current, String milestone) {
        return rules.statuses(kind).isAtOrPast(current.status(), milestone);
    }
}
