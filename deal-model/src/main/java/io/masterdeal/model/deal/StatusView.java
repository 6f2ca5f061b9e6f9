package io.masterdeal.model.deal;

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

    private final Map<ObjectKind, Map<ObjectKey, CurrentStatus>> byKind = new HashMap<>();

    StatusView(RuleSet rules, Reachability reachability) {
        this.rules = rules;
        this.reachability = reachability;
    }

    /** The objects of a kind that have a status. */
    Map<ObjectKey, CurrentStatus> objects(ObjectKind kind) {
        return byKind.getOrDefault(kind, Map.of());
    }

    void put(ObjectKey key, CurrentStatus status) {
        byKind.computeIfAbsent(key.kind(), _ -> new TreeMap<>()).put(key, status);
    }

    /** Whether an object with this status is live and at or past a milestone. */
    boolean isLiveAtOrPast(ObjectKind kind, CurrentStatus current, String milestone) {
        return rules.statuses(kind).isAtOrPast(current.status(), milestone);
    }
}
