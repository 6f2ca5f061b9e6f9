package io.masterdeal.console.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the topic is read on from.
 *
 * @param next by partition
 * @param fresh whether all cards are to be forgotten first, because what they lack cannot be found out
 * @param complete whether the topic gives all deals; else the service is asked for those whose events are gone
 * @param reasons why it is not where it was left, in sentences; empty if it is
 */
record StartPoint(Map<Integer, Long> next, boolean fresh, boolean complete, List<String> reasons) {

    /**
     * Decides.
     *
     * @param stored how far it was read; empty if it was not
     * @param topicId of the topic now
     * @param begins by partition, the first offset that the topic has
     * @param ends by partition, behind the last one
     */
    static StartPoint of(
            Optional<Position> stored, String topicId, Map<Integer, Long> begins, Map<Integer, Long> ends) {
        boolean whole = begins.values().stream().allMatch(begin -> begin == 0);
        if (stored.isEmpty()) {
            return new StartPoint(begins, true, whole, List.of());
        }
        Position position = stored.get();
        if (!position.topicId().equals(topicId)) {
            return new StartPoint(
                    begins,
                    true,
                    false,
                    List.of("the topic was made anew since it was last read, so all deals are read again"));
        }
        Map<Integer, Long> next = new HashMap<>(begins);
        List<String> reasons = new ArrayList<>();
        for (Map.Entry<Integer, Long> partition : begins.entrySet()) {
            long wanted = position.next().getOrDefault(partition.getKey(), partition.getValue());
            if (wanted < partition.getValue()) {
                return new StartPoint(
                        begins,
                        true,
                        false,
                        List.of("partition " + partition.getKey() + " begins at " + partition.getValue()
                                + ", and was read up to " + wanted
                                + ": events are gone that were never read, so all deals are read again"));
            }
            if (wanted > ends.getOrDefault(partition.getKey(), 0L)) {
                reasons.add("partition " + partition.getKey() + " ends at " + ends.get(partition.getKey())
                        + ", and was read up to " + wanted + ": it is read again from its beginning");
            } else {
                next.put(partition.getKey(), wanted);
            }
        }
        return new StartPoint(Map.copyOf(next), false, position.complete(), List.copyOf(reasons));
    }
}
