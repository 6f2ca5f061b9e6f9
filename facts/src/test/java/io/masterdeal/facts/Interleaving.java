package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.model.rules.RuleSet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Drives several batches through the store at once, step by step in a given order. A step that PostgreSQL makes wait for
 * another transaction is left waiting, and goes on when it can.
 */
final class Interleaving {

    /** A step is mostly done by then; only of those that are not PostgreSQL is asked. */
    private static final long ASK_AFTER_NANOS = 4_000_000;

    private final Database database;

    private final RuleSet rules;

    private final ExecutorService threads;

    Interleaving(Database database, RuleSet rules, ExecutorService threads) {
        this.database = database;
        this.rules = rules;
        this.threads = threads;
    }

    /**
     * Every order in which transactions can make their steps: lists of the number of the one that goes on.
     *
     * @param transactions how many
     */
    static List<List<Integer>> all(int transactions) {
        List<List<Integer>> orders = new ArrayList<>();
        int[] left = new int[transactions];
        java.util.Arrays.fill(left, Gates.STEPS);
        complete(new ArrayList<>(), left, orders);
        return orders;
    }

    private static void complete(List<Integer> begun, int[] left, List<List<Integer>> orders) {
        if (begun.size() == left.length * Gates.STEPS) {
            orders.add(List.copyOf(begun));
            return;
        }
        for (int i = 0; i < left.length; i++) {
            if (left[i] > 0) {
                left[i]--;
                begun.add(i);
                complete(begun, left, orders);
                begun.removeLast();
                left[i]++;
            }
        }
    }

    /** One of those orders. */
    static List<Integer> any(int transactions, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < transactions * Gates.STEPS; i++) {
            order.add(i % transactions);
        }
        Collections.shuffle(order, random);
        return order;
    }

    /** Runs each batch in a transaction of its own. */
    void run(List<List<ReceivedStatement>> batches, List<Integer> order) throws Exception {
        List<Gates> gates = new ArrayList<>();
        List<Future<BatchReport>> done = new ArrayList<>();
        for (List<ReceivedStatement> batch : batches) {
            Gates gate = new Gates(database.dataSource());
            FactStore store = new FactStore(gate, rules, List.of(), Reactions.NONE, new SimpleMeterRegistry());
            gates.add(gate);
            done.add(threads.submit(() -> store.add(batch)));
        }
        awaitQuiet(gates, done);
        for (int i : order) {
            gates.get(i).letOn();
            awaitQuiet(gates, done);
        }
        for (Future<BatchReport> each : done) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isNotNull();
        }
    }

    /** Until each one stands at a gate, has ended, or waits for another's lock. */
    private void awaitQuiet(List<Gates> gates, List<Future<BatchReport>> done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int i = 0; i < gates.size(); i++) {
            long askFrom = System.nanoTime() + ASK_AFTER_NANOS;
            while (!gates.get(i).isHalted() && !done.get(i).isDone()) {
                long now = System.nanoTime();
                if (now > askFrom && waits(gates.get(i))) {
                    break;
                }
                assertThat(now).as("transaction %d moves", i).isLessThan(deadline);
                LockSupport.parkNanos(200_000);
            }
        }
    }

    private boolean waits(Gates gate) {
        return gate.backend() != 0
                && database.jdbc()
                        .sql("SELECT wait_event_type = 'Lock' AND state = 'active' FROM pg_stat_activity WHERE pid = ?")
                        .param(gate.backend())
                        .query(Boolean.class)
                        .optional()
                        .orElse(false);
    }
}
