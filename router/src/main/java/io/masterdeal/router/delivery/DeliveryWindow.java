package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Backlog;
import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.DeliveryOutcome;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one subscription that are in memory, and their order: {@value #SIZE} at most, whatever the backlog. They are those
 * waiting, those under way, and those whose outcome is not noted yet.
 *
 * <p>Deliveries with the same order key are sent one after the other. Behind one that failed the others are parked in the ledger (a
 * {@link Block}), and read back in order once that one is delivered or discarded. For the thread of the worker only.
 */
final class DeliveryWindow {

    /** At most so many are sent a second time if this process dies. */
    static final int SIZE = 500;

    /** How many are read from the ledger at once. */
    static final int PAGE = 100;

    /** What a block's head is before it is read. */
    private static final long UNKNOWN = -2;

    private final int subscription;

    private final Backlog backlog;

    private final OutcomeWriter outcomes;

    private final Consumer<Runnable> inbox;

    private final Map<String, OrderKeyQueue> queues = new LinkedHashMap<>();

    private final Deque<OrderKeyQueue> ready = new ArrayDeque<>();

    private final Map<String, Block> blocks = new HashMap<>();

    private final Set<String> draining = new HashSet<>();

    private final Set<Long> due = new HashSet<>();

    private int held;

    private boolean blocksAreKnown;

    /**
     * @param subscription number of the subscription
     * @param inbox runs what it is given in the thread of the worker
     */
    DeliveryWindow(int subscription, Backlog backlog, OutcomeWriter outcomes, Consumer<Runnable> inbox) {
        this.subscription = subscription;
        this.backlog = backlog;
        this.outcomes = outcomes;
        this.inbox = inbox;
    }

    /** How many more it can hold; may be negative. */
    int room() {
        return SIZE - held;
    }

    /** Adds a delivery behind the others of its key: in memory or, if one of them failed, in the ledger. */
    void add(Delivery delivery) {
        String key = key(delivery);
        Block block = blocks.get(key);
        if (block != null && block.head != delivery.id()) {
            due.remove(delivery.id());
            park(delivery, block);
        } else {
            put(key, delivery);
        }
    }

    /** Adds a delivery that is to be tried again. */
    void addDue(Delivery delivery) {
        due.add(delivery.id());
        add(delivery);
    }

    /** The ids of those held that are tried again. */
    Collection<Long> due() {
        return due;
    }

    /** Notes a delivery that its filter did not let pass. */
    void filtered(Delivery delivery, String reason) {
        held++;
        outcomes.submit(new DeliveryOutcome.Filtered(delivery, reason), inLoop(() -> held--));
    }

    /** Notes the outcome of a delivery, which is held until the outcome is durable; returns the number of the outcome. */
    long note(DeliveryOutcome outcome, Delivery delivery) {
        return note(outcome, delivery, DeliveryWindow::nothing);
    }

    /**
     * Notes the outcome of a delivery, which is held until the outcome is durable.
     *
     * @param whenNoted run in the thread of the worker once the outcome is durable
     * @return the number of the outcome
     */
    long note(DeliveryOutcome outcome, Delivery delivery, Runnable whenNoted) {
        return outcomes.submit(outcome, inLoop(() -> {
            held--;
            due.remove(delivery.id());
            whenNoted.run();
        }));
    }

    /** Without order each delivery has a key of its own. */
    private static String key(Delivery delivery) {
        return delivery.orderKey().isEmpty() ? Long.toString(delivery.id()) : delivery.orderKey();
    }

    private void park(Delivery delivery, Block block) {
        held++;
        block.after = outcomes.submit(new DeliveryOutcome.Parked(delivery), inLoop(() -> held--));
    }

    private void put(String key, Delivery delivery) {
        held++;
        OrderKeyQueue queue = queues.computeIfAbsent(key, OrderKeyQueue::new);
        queue.waiting.add(delivery);
        list(queue);
    }

    private void list(OrderKeyQueue queue) {
        if (!queue.underWay && !queue.listed && !queue.waiting.isEmpty()) {
            queue.listed = true;
            ready.add(queue);
        }
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** The next queue with a delivery to send; null if there is none. */
    @Nullable
    OrderKeyQueue ready() {
        return ready.peek();
    }

    /** Takes the next delivery of {@link #ready()}, to be sent; null if its key was blocked in the meantime. */
    @Nullable
    Delivery beginReady() {
        OrderKeyQueue queue = ready.remove();
        queue.listed = false;
        Delivery delivery = queue.waiting.poll();
        queue.underWay |= delivery != null;
        return delivery;
    }

    /** The delivery under way of a queue was answered, and its outcome submitted. */
    void end(OrderKeyQueue queue) {
        if (queue.isEmpty()) {
            queues.remove(queue.key);
        } else {
            list(queue);
        }
    }

    void delivered(OrderKeyQueue queue, Delivery delivery, DeliveryOutcome.Attempt attempt) {
        long ticket = note(new DeliveryOutcome.Delivered(delivery, attempt), delivery);
        Block block = blocks.get(queue.key);
        if (block != null) {
            block.after = ticket;
            if (block.head == delivery.id() || block.isDraining()) {
                block.head = Block.NONE;
                draining.add(queue.key);
            }
        }
    }

    /** A delivery failed: those behind it are parked in the ledger. */
    void block(OrderKeyQueue queue, Delivery head) {
        Block block = blocks.get(queue.key);
        boolean parkedBefore = block != null;
        if (block == null) {
            block = new Block(head.id());
            blocks.put(queue.key, block);
        }
        if (!parkedBefore || block.isDraining()) {
            block.head = head.id();
            draining.remove(queue.key);
            block.after = outcomes.submit(
                    new DeliveryOutcome.Blocked(subscription, queue.key, head.id()), DeliveryWindow::nothing);
        }
        for (Delivery behind : queue.waiting) {
            held--;
            due.remove(behind.id());
            if (!parkedBefore) {
                park(behind, block); // Those of a key that was being drained are parked still.
            }
        }
        queue.waiting.clear();
    }

    /** Whether parked deliveries are being read back. */
    boolean isDraining() {
        return !draining.isEmpty();
    }

    /**
     * Reads from the ledger which keys are blocked, and by which delivery.
     *
     * @return whether to call this again, because deliveries of a key are under way
     */
    boolean recallBlocks() throws SQLException {
        Map<String, Long> kept = backlog.blocks(subscription);
        boolean again = false;
        boolean first = !blocksAreKnown;
        blocksAreKnown = true;
        for (Map.Entry<String, Long> stored : kept.entrySet()) {
            String key = stored.getKey();
            // Later the ledger may lag behind: a row of an unknown block is about to be deleted.
            Block block = first ? blocks.computeIfAbsent(key, _ -> new Block(UNKNOWN)) : blocks.get(key);
            if (block == null) {
                continue;
            }
            if (block.head == UNKNOWN) {
                block.head = stored.getValue();
                if (block.isDraining()) {
                    draining.add(key);
                }
            }
            if (stored.getValue() != Block.NONE || block.isDraining()) {
                continue;
            }
            if (isEmpty(key) && outcomes.isNoted(block.after)) {
                block.head = Block.NONE;
                draining.add(key);
            } else {
                again = true;
            }
        }
        return again;
    }

    private boolean isEmpty(String key) {
        OrderKeyQueue queue = queues.get(key);
        return queue == null || queue.isEmpty();
    }

    /** Reads back the parked deliveries of keys that are no longer blocked, in order. */
    void drain() throws SQLException {
        for (String key : List.copyOf(draining)) {
            Block block = blocks.get(key);
            if (block == null || !block.isDraining()) {
                draining.remove(key);
            } else if (room() > 0 && isEmpty(key) && outcomes.isNoted(block.after)) {
                List<Delivery> parked = backlog.parked(subscription, key, Math.min(room(), PAGE));
                if (parked.isEmpty()) {
                    blocks.remove(key);
                    draining.remove(key);
                    outcomes.submit(new DeliveryOutcome.Unblocked(subscription, key), DeliveryWindow::nothing);
                } else {
                    parked.forEach(it -> put(key, it));
                }
            }
        }
    }

    private static void nothing() {}

    private Runnable inLoop(Runnable action) {
        return () -> inbox.accept(action);
    }
}
