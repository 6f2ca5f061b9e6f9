package io.masterdeal.sandbox.simulation;

import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulatedDeals;
import io.masterdeal.sandbox.call.SlaClock;
import io.masterdeal.sandbox.system.ResultPage;
import io.masterdeal.sandbox.system.SystemApis;
import io.masterdeal.sandbox.task.TaskModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * All deals of the runs, in the order of their start. A limited number of finished deals is kept; older ones are deleted with all
 * their objects. Thread-safe.
 */
final class DealRegister {
    /** How many objects a system keeps for each kept deal, including objects created by hand. */
    private static final int OBJECTS_OF_A_DEAL = 8;

    /** An entry of the list of deals. */
    record Listed(
            long number,
            String deal,
            String story,
            boolean finished,
            SortedSet<String> varieties,
            Map<String, List<SlaClock>> sla) {}

    private static final class Entry {
        private final long number;
        private final SimulatedDeal deal;
        private final String story;
        private boolean finished;

        private Entry(long number, SimulatedDeal deal, String story) {
            this.number = number;
            this.deal = deal;
            this.story = story;
        }

        private Listed view() {
            return new Listed(number, deal.key(), story, finished, deal.varieties(), deal.slaReadBy());
        }
    }

    private final int capacity;
    private final SystemApis apis;
    private final SimulatedDeals openDeals;
    private final TreeMap<Long, Entry> deals = new TreeMap<>();
    private final Map<SimulatedDeal, Entry> byFile = new HashMap<>();
    private final ArrayDeque<Entry> finishedDeals = new ArrayDeque<>();
    private TreeMap<String, Integer> stories = new TreeMap<>();
    private long lastNumber;
    private long started;
    private long finished;

    DealRegister(int capacity, SystemApis apis, SimulatedDeals openDeals) {
        this.capacity = capacity;
        this.apis = apis;
        this.openDeals = openDeals;
    }

    synchronized void resetCounts() {
        started = 0;
        finished = 0;
        stories = new TreeMap<>();
    }

    synchronized void started(SimulatedDeal deal, String story) {
        var entry = new Entry(++lastNumber, deal, story);
        deals.put(entry.number, entry);
        byFile.put(deal, entry);
        stories.merge(story, 1, Integer::sum);
        started++;
    }

    synchronized void finished(SimulatedDeal deal) {
        Entry entry = byFile.get(deal);
        if (entry != null && !entry.finished) {
            entry.finished = true;
            finishedDeals.addLast(entry);
            finished++;
        }
    }

    /** Deletes the surplus. */
    void sweep() {
        for (String correlation : surplus()) {
            apis.forget(correlation);
            openDeals.close(correlation);
        }
        apis.forgetOldest(
                capacity * OBJECTS_OF_A_DEAL,
                correlation -> openDeals.find(correlation).isPresent());
    }

    private synchronized List<String> surplus() {
        var correlations = new ArrayList<String>();
        while (finishedDeals.size() > capacity) {
            Entry oldest = finishedDeals.removeFirst();
            deals.remove(oldest.number);
            byFile.remove(oldest.deal);
            correlations.add(String.valueOf(oldest.deal.context().correlationId()));
        }
        return correlations;
    }

    synchronized long startedDeals() {
        return started;
    }

    synchronized long finishedCount() {
        return finished;
    }

    synchronized long inFlight() {
        return started - finished;
    }

    synchronized Map<String, Integer> stories() {
        return new TreeMap<>(stories);
    }

    /** The tasks that Task-Tracker has because of SLA. */
    TaskModel.SlaTasks slaTasks() {
        return TaskModel.slaTasks(apis.of(TaskModel.DOMAIN).system());
    }

    synchronized ResultPage<Listed> list(long after, int limit) {
        List<Listed> found = deals.tailMap(after, false).values().stream()
                .limit(limit + 1L)
                .map(Entry::view)
                .toList();
        return ResultPage.of(found, limit, Listed::number);
    }
}
