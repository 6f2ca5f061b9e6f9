package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of future facts. Immutable.
 *
 * @param statuses for each object, the statuses that it gets, in this order; more than one only for the root, of which a condition
 *     may read the past
 */
record Additions(SortedMap<ObjectKey, List<String>> statuses) {

    static final Additions NONE = new Additions(new TreeMap<>());

    Additions {
        statuses = Collections.unmodifiableSortedMap(statuses);
    }

    /** One fact. */
    record Single(ObjectKey object, String status) {}

    /** Number of facts. */
    int size() {
        int size = 0;
        for (List<String> each : statuses.values()) {
            size += each.size();
        }
        return size;
    }

    /** The facts, those of one object in their order. */
    List<Single> singles() {
        List<Single> singles = new ArrayList<>();
        statuses.forEach((object, all) -> all.forEach(status -> singles.add(new Single(object, status))));
        return singles;
    }

    /** The set of these facts; those of one object in the order given. */
    static Additions of(List<Single> singles) {
        SortedMap<ObjectKey, List<String>> statuses = new TreeMap<>();
        singles.forEach(it ->
                statuses.computeIfAbsent(it.object(), _ -> new ArrayList<>()).add(it.status()));
        return new Additions(statuses);
    }

    /** The set without some of its facts. */
    Additions without(List<Single> some) {
        SortedMap<ObjectKey, List<String>> fewer = new TreeMap<>(statuses);
        some.forEach(it -> fewer.computeIfPresent(it.object(), (_, all) -> {
            List<String> others =
                    all.stream().filter(status -> !status.equals(it.status())).toList();
            return others.isEmpty() ? null : others;
        }));
        return new Additions(fewer);
    }

    /** Whether every fact of another set is in this one. */
    boolean containsAll(Additions other) {
        for (Map.Entry<ObjectKey, List<String>> each : other.statuses.entrySet()) {
            List<String> ours = statuses.get(each.getKey());
            if (ours == null || !ours.containsAll(each.getValue())) {
                return false;
            }
        }
        return true;
    }
}
