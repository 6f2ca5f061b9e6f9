package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is in memory of one deal of a subscription: one is under way at most, the others wait behind it. */
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
