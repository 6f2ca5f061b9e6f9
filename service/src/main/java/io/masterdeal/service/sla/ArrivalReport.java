package io.masterdeal.service.sla;

import io.masterdeal.model.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When the facts of a deal were received, by object. It follows from the times of their arrival: the same facts, received at other
 * times, give another report. Instants are those of the database in whole milliseconds, durations milliseconds.
 *
 * @param objects in the order of their keys; only those that have facts
 * @param newestReceivedAt when the newest fact of the deal was received; null if the deal has none
 */
record ArrivalReport(List<ObjectArrival> objects, @Nullable Instant newestReceivedAt) {

    /**
     * A stored fact, as far as its arrival is concerned.
     *
     * @param masterDealId the deal it names by id; null if it names none
     */
    record ReceivedFact(
            ObjectKey subject,
            Instant occurredAt,
            Instant receivedAt,
            List<ObjectKey> links,
            @Nullable UUID masterDealId) {}

    /**
     * The arrival of an object's facts.
     *
     * @param facts how many it has
     * @param firstOccurredAt when the earliest of them occurred
     * @param firstReceivedAt when the first of them was received
     * @param firstDelay from when the fact received first occurred until it was received; less than 0 if the clock of its source is fast
     * @param longestDelay the longest such delay of all its facts
     * @param orphanWaited from when the first fact was received until the object belonged to the deal; 0 if it belonged to it at once,
     *     null if the facts do not tell how it does
     */
    record ObjectArrival(
            ObjectKey object,
            int facts,
            Instant firstOccurredAt,
            Instant firstReceivedAt,
            long firstDelay,
            long longestDelay,
            @Nullable Long orphanWaited) {}

    /**
     * The report of a deal.
     *
     * @param root its root
     * @param dealId its id
     * @param facts those of its objects that count, in any order; facts of other roots may be among them, and tell only since
     *     when the root is known
     */
    static ArrivalReport of(ObjectKey root, UUID dealId, List<ReceivedFact> facts) {
        Map<ObjectKey, Instant> reached = new Links(root, dealId, facts).reached();
        Map<ObjectKey, List<ReceivedFact>> byObject = new TreeMap<>();
        for (ReceivedFact fact : facts) {
            if (!fact.subject.isRoot() || fact.subject.equals(root)) {
                byObject.computeIfAbsent(fact.subject, _ -> new ArrayList<>()).add(fact);
            }
        }
        List<ObjectArrival> objects = new ArrayList<>();
        byObject.forEach((key, its) -> objects.add(object(key, its, reached.get(key))));
        Instant newest = byObject.values().stream()
                .flatMap(List::stream)
                .map(ReceivedFact::receivedAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new ArrivalReport(objects, newest);
    }

    private static ObjectArrival object(ObjectKey key, List<ReceivedFact> facts, @Nullable Instant reached) {
        ReceivedFact first = facts.getFirst();
        Instant firstOccurredAt = first.occurredAt;
        long longest = delay(first);
        for (ReceivedFact fact : facts) {
            int order = fact.receivedAt.compareTo(first.receivedAt);
            // Facts of one transaction are received at the same instant.
            if (order < 0 || (order == 0 && fact.occurredAt.isBefore(first.occurredAt))) {
                first = fact;
            }
            firstOccurredAt = fact.occurredAt.isBefore(firstOccurredAt) ? fact.occurredAt : firstOccurredAt;
            longest = Math.max(longest, delay(fact));
        }
        @Nullable Long waited = reached == null ? null : Math.max(0, millis(first.receivedAt, reached));
        return new ObjectArrival(key, facts.size(), firstOccurredAt, first.receivedAt, delay(first), longest, waited);
    }

    private static long delay(ReceivedFact fact) {
        return millis(fact.occurredAt, fact.receivedAt);
    }

    /** The difference of the two as they are written, so that a reader's sum is right. */
    static long millis(Instant from, Instant to) {
        return to.toEpochMilli() - from.toEpochMilli();
    }

    /** The ways from a root to its objects, each step with when it was first said. */
    private static final class Links {

        private final ObjectKey root;

        private final Map<ObjectKey, Map<ObjectKey, Instant>> children = new HashMap<>();

        private @Nullable Instant rootNamed;

        Links(ObjectKey root, UUID dealId, List<ReceivedFact> facts) {
            this.root = root;
            for (ReceivedFact fact : facts) {
                if (fact.subject.equals(root) || fact.links.contains(root)) {
                    rootNamed = earlier(rootNamed, fact.receivedAt);
                }
                if (!fact.subject.isRoot()) {
                    fact.links.forEach(parent -> add(parent, fact));
                    if (dealId.equals(fact.masterDealId)) {
                        add(root, fact); // A deal id alone does not make the deal known, so it counts from then on.
                    }
                }
            }
        }

        private void add(ObjectKey parent, ReceivedFact fact) {
            children.computeIfAbsent(parent, _ -> new HashMap<>()).merge(fact.subject, fact.receivedAt, Links::earlier);
        }

        private static Instant earlier(@Nullable Instant one, Instant other) {
            return one == null || other.isBefore(one) ? other : one;
        }

        private record Reached(ObjectKey key, Instant at) {}

        /**
         * When each object first belonged to the deal: on the way that was complete first, at its last step. Visits objects in the order
         * of these instants, so that the first visit of each is final.
         */
        Map<ObjectKey, Instant> reached() {
            Map<ObjectKey, Instant> reached = new HashMap<>();
            PriorityQueue<Reached> next = new PriorityQueue<>(Comparator.comparing(Reached::at));
            if (rootNamed != null) {
                next.add(new Reached(root, rootNamed));
            }
            for (Reached now = next.poll(); now != null; now = next.poll()) {
                if (reached.putIfAbsent(now.key, now.at) == null) {
                    Instant parentAt = now.at;
                    children.getOrDefault(now.key, Map.of())
                            .forEach((child, said) ->
                                    next.add(new Reached(child, said.isAfter(parentAt) ? said : parentAt)));
                }
            }
            return reached;
        }
    }
}
