package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;

/** The deliveries in memory with one order key: at most one is under way, and the others wait behind it. */
final class OrderKeyQueue {

    final String key;

    final Deque<Delivery> waiting = new ArrayDeque<>();

    boolean underWay;

    boolean listed;

    OrderKeyQueue(String key) {
        this.key = key;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && !underWay;
    }
}
