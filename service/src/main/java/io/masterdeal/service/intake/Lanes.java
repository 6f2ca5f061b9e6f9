package io.masterdeal.service.intake;

import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Divides batches into lanes that are stored at the same time, each in a transaction of its own: while PostgreSQL works for
 * one, the next statement of another is prepared.
 *
 * <p>Two transactions that concern one deal wait for each other, and then it gets two revisions where one would be enough. So
 * what is linked within a batch stays together, and an object goes to the same lane as before, as long as that is remembered.
 * This is best effort: links that only PostgreSQL knows are not looked up. Only speed depends on it, because transactions may
 * commit in any order.
 *
 * <p>For one thread.
 */
final class Lanes {

    private final IntakeLimits limits;

    private final int count;

    /** The lanes of objects that were used since the older ones were set aside. */
    private Map<Object, Integer> recent = new HashMap<>();

    private Map<Object, Integer> older = new HashMap<>();

    /**
     * @param limits how many lanes, from what size on, and for how many objects the lane is remembered
     */
    Lanes(IntakeLimits limits) {
        this.limits = limits;
        this.count = limits.lanes();
    }

    /**
     * Divides a batch if it is large enough; the order within a lane is that of the batch.
     *
     * @param statement of each item, what it says
     * @return at most as many lists as there are lanes, none of them empty
     */
    <T> List<List<T>> divide(List<T> batch, Function<T, ReceivedStatement> statement) {
        if (count == 1 || batch.size() < count * limits.least()) {
            return batch.isEmpty() ? List.of() : List.of(batch);
        }
        Groups groups = new Groups();
        boolean byId = batch.stream().anyMatch(it -> namesById(statement.apply(it)));
        int[] members = new int[batch.size()];
        for (int i = 0; i < members.length; i++) {
            members[i] = groups.join(keys(statement.apply(batch.get(i)), byId));
        }
        int[] laneOf = assign(groups, members);
        List<List<T>> lanes = new ArrayList<>();
        for (int lane = 0; lane < count; lane++) {
            lanes.add(new ArrayList<>());
        }
        for (int i = 0; i < members.length; i++) {
            lanes.get(laneOf[groups.find(members[i])]).add(batch.get(i));
        }
        lanes.removeIf(List::isEmpty);
        return lanes;
    }

    private static boolean namesById(ReceivedStatement received) {
        return received.statement() instanceof Fact fact && fact.masterDealId() != null;
    }

    /**
     * What a statement is about: objects, and deals by their ids. A retraction may be about anything: only PostgreSQL knows what
     * it takes back.
     *
     * @param byId whether a statement of the batch names a deal by its id
     */
    private static List<Object> keys(ReceivedStatement received, boolean byId) {
        if (!(received.statement() instanceof Fact fact)) {
            return List.of();
        }
        List<Object> keys = new ArrayList<>(2 + fact.links().size());
        keys.add(fact.subject());
        keys.addAll(fact.links());
        if (byId) {
            List<Object> ids = new ArrayList<>();
            for (Object key : keys) {
                if (((ObjectKey) key).isRoot()) {
                    ids.add(MasterDealId.of((ObjectKey) key).value());
                }
            }
            if (fact.masterDealId() != null) {
                ids.add(fact.masterDealId());
            }
            keys.addAll(ids);
        }
        return keys;
    }

    /** The lane of each group, by its number: where one of its objects was, otherwise the one with the least to do. */
    private int[] assign(Groups groups, int[] members) {
        int[] sizes = new int[groups.size()];
        for (int member : members) {
            sizes[groups.find(member)]++;
        }
        int[] laneOf = new int[groups.size()];
        Arrays.fill(laneOf, -1);
        int[] load = new int[count];
        groups.keys().forEach((key, member) -> {
            int group = groups.find(member);
            Integer before = laneOf[group] < 0 ? lane(key) : null;
            if (before != null) {
                laneOf[group] = before;
                load[before] += sizes[group];
            }
        });
        for (int member : members) {
            int group = groups.find(member);
            if (laneOf[group] < 0) {
                laneOf[group] = emptiest(load);
                load[laneOf[group]] += sizes[group];
            }
        }
        groups.keys().forEach((key, member) -> remember(key, laneOf[groups.find(member)]));
        return laneOf;
    }

    private static int emptiest(int[] load) {
        int emptiest = 0;
        for (int lane = 1; lane < load.length; lane++) {
            if (load[lane] < load[emptiest]) {
                emptiest = lane;
            }
        }
        return emptiest;
    }

    private @Nullable Integer lane(Object key) {
        Integer lane = recent.get(key);
        return lane == null ? older.get(key) : lane;
    }

    private void remember(Object key, int lane) {
        if (recent.size() >= limits.remembered()) {
            older = recent;
            recent = new HashMap<>();
        }
        recent.put(key, lane);
    }

    /** Sets of objects that are linked with each other within a batch (union-find; Tarjan and van Leeuwen 1984). */
    private static final class Groups {

        /** The number of each object, in the order in which they came. */
        private final Map<Object, Integer> numbers = new LinkedHashMap<>();

        private int[] parents = new int[64];

        private int size;

        int size() {
            return size;
        }

        Map<Object, Integer> keys() {
            return numbers;
        }

        /** Makes objects one group, and returns a number in it; without objects, a group of its own. */
        int join(List<Object> keys) {
            if (keys.isEmpty()) {
                return add();
            }
            int first = number(keys.getFirst());
            for (Object key : keys.subList(1, keys.size())) {
                int other = find(number(key)); // May replace the array.
                parents[other] = find(first);
            }
            return first;
        }

        private int number(Object key) {
            Integer number = numbers.get(key);
            if (number == null) {
                number = add();
                numbers.put(key, number);
            }
            return number;
        }

        private int add() {
            if (size == parents.length) {
                parents = Arrays.copyOf(parents, 2 * size);
            }
            parents[size] = size;
            return size++;
        }

        /** The number that stands for a group. */
        int find(int number) {
            int root = number;
            while (parents[root] != root) {
                parents[root] = parents[parents[root]];
                root = parents[root];
            }
            return root;
        }
    }
}
