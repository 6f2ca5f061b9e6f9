package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Backlog;
import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.DeliveryOutcome;
import io.masterdeal.router.subscription.Filter;
import io.masterdeal.router.subscription.RetryPolicy;
import io.masterdeal.router.subscription.StoredSubscription;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one subscription. Everything it holds is touched by its own thread only; others put what they have to say into its inbox.
 *
 * <p>It holds at most {@value #WINDOW} deliveries, whatever the backlog: those waiting, under way, and sent but not noted yet. Of
 * what comes fresh it knows up to where it has taken it ({@link NewDeliveries}); what is to be tried again, and what waits behind a failed
 * one, it reads from the ledger when it is time.
 */
final class SubscriptionWorker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionWorker.class);

    /** At most so many are sent a second time if this process dies. */
    static final int WINDOW = 500;

    private static final int PAGE = 100;

    private static final long IDLE_MS = 500;

    private static final long HELD_BACK_MS = 20;

    /** What a block's head is before it is read. */
    private static final long UNKNOWN = -2;

    private final StoredSubscription subscription;

    private final SubscriptionFilter filter;

    private final SinkSender sender;

    private final Backlog backlog;

    private final OutcomeWriter outcomes;

    private final Clock clock;

    private final SubscriptionMeters meters;

    private final SinkThrottle throttle;

    /** What a worker before this one has sent may still wait to be noted, and only then does the ledger say what is left. */
    private final long before;

    private final NewDeliveries newDeliveries = new NewDeliveries();

    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

    private final Map<String, OrderKeyQueue> queues = new LinkedHashMap<>();

    private final Deque<OrderKeyQueue> ready = new ArrayDeque<>();

    private final Map<String, Block> blocks = new HashMap<>();

    private final Set<String> draining = new HashSet<>();

    private final Set<Long> heldDue = new HashSet<>();

    private int held;

    private int underWay;

    private @Nullable Instant nextDue = Instant.EPOCH;

    private boolean recall = true;

    private boolean blocksAreKnown;

    private volatile boolean stopping;

    SubscriptionWorker(
            StoredSubscription subscription,
            SubscriptionFilter filter,
            SinkSender sender,
            Backlog backlog,
            OutcomeWriter outcomes,
            Clock clock,
            SubscriptionMeters meters) {
        this.subscription = subscription;
        this.filter = filter;
        this.sender = sender;
        this.backlog = backlog;
        this.outcomes = outcomes;
        this.clock = clock;
        this.meters = meters;
        this.before = outcomes.last();
        this.throttle = new SinkThrottle(
                subscription.name(), subscription.subscription().delivery());
    }

    /** Takes what has just been accepted for it, in order. Any thread. */
    void offer(List<Delivery> fresh, long lastId) {
        newDeliveries.offer(fresh, lastId, WINDOW);
        inbox.add(SubscriptionWorker::nothing);
    }

    /** An operator did something: look again. Any thread. */
    void recall() {
        inbox.add(() -> recall = true);
    }

    /** Something may have been kept that was not offered: read the ledger to its end. Any thread. */
    void lookBehind() {
        newDeliveries.lookBehind();
        inbox.add(SubscriptionWorker::nothing);
    }

    /** Whether it works for this version of a subscription. */
    boolean serves(StoredSubscription other) {
        return other.id() == subscription.id()
                && other.version() == subscription.version()
                && (other.stopped() != null) == filter.isStopped();
    }

    /** Sends nothing more and ends when what is under way is answered. Any thread. */
    void stop() {
        stopping = true;
        inbox.add(SubscriptionWorker::nothing);
    }

    @Override
    public void run() {
        try {
            while (!stopping || underWay > 0) {
                Runnable news = inbox.poll(waitMs(), TimeUnit.MILLISECONDS);
                while (news != null) {
                    news.run();
                    news = inbox.poll();
                }
                if (!stopping) {
                    work();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // What is under way is sent again by whoever comes next.
        }
    }

    private long waitMs() {
        if (!ready.isEmpty()) {
            return HELD_BACK_MS;
        }
        Instant due = nextDue;
        long untilDue = due == null
                ? IDLE_MS
                : Math.max(1, Duration.between(clock.instant(), due).toMillis());
        return draining.isEmpty() ? Math.min(IDLE_MS, untilDue) : Math.min(HELD_BACK_MS, untilDue);
    }

    private void work() throws InterruptedException {
        try {
            if (subscription.subscription().paused() || filter.isStopped() || !outcomes.isNoted(before)) {
                return;
            }
            if (recall) {
                nextDue = Instant.EPOCH;
                recallBlocks();
            }
            drain();
            fetchDue();
            fetchFresh();
            dispatch();
        } catch (SQLException e) {
            log.warn("{}: the ledger cannot be read, trying again: {}", subscription.name(), e.getMessage());
            TimeUnit.MILLISECONDS.sleep(IDLE_MS);
        }
    }

    private void recallBlocks() throws SQLException {
        Map<String, Long> kept = backlog.blocks(subscription.id());
        recall = false;
        boolean first = !blocksAreKnown;
        blocksAreKnown = true;
        for (Map.Entry<String, Long> stored : kept.entrySet()) {
            // Later the ledger may lag behind: a row that nobody here knows is one that is about to be deleted.
            Block block = first
                    ? blocks.computeIfAbsent(stored.getKey(), _ -> new Block(UNKNOWN))
                    : blocks.get(stored.getKey());
            if (block == null) {
                continue;
            }
            if (block.head == UNKNOWN) {
                block.head = stored.getValue();
                if (block.isDraining()) {
                    draining.add(stored.getKey());
                }
            }
            OrderKeyQueue queue = queues.get(stored.getKey());
            if (stored.getValue() != Block.NONE || block.isDraining()) {
                continue;
            }
            if ((queue == null || queue.isEmpty()) && outcomes.isNoted(block.after)) {
                block.head = Block.NONE;
                draining.add(stored.getKey());
            } else {
                recall = true; // Something of it is under way: look again.
            }
        }
    }

    private void drain() throws SQLException {
        for (String key : List.copyOf(draining)) {
            Block block = blocks.get(key);
            OrderKeyQueue queue = queues.get(key);
            if (block == null || !block.isDraining()) {
                draining.remove(key);
            } else if (room() > 0 && (queue == null || queue.isEmpty()) && outcomes.isNoted(block.after)) {
                List<Delivery> parked = backlog.parked(subscription.id(), key, Math.min(room(), PAGE));
                if (parked.isEmpty()) {
                    blocks.remove(key);
                    draining.remove(key);
                    outcomes.submit(new DeliveryOutcome.Unblocked(subscription.id(), key), SubscriptionWorker::nothing);
                } else {
                    parked.forEach(it -> put(key, it));
                }
            }
        }
    }

    private void fetchDue() throws SQLException {
        Instant due = nextDue;
        if (due == null || due.isAfter(clock.instant()) || room() <= 0) {
            return;
        }
        List<Delivery> found = backlog.due(subscription.id(), heldDue, Math.min(room(), PAGE));
        for (Delivery delivery : found) {
            heldDue.add(delivery.id());
            take(delivery);
        }
        if (found.size() < PAGE) {
            OffsetDateTime next = backlog.nextDue(subscription.id());
            // Those under way still count as due; their outcome tells when they are due again.
            nextDue = next == null
                    ? null
                    : heldDue.isEmpty()
                            ? next.toInstant()
                            : later(next.toInstant(), clock.instant().plusMillis(IDLE_MS));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void fetchFresh() throws SQLException {
        newDeliveries.take(room()).forEach(this::takeFresh);
        if (newDeliveries.isBehind() && room() >= Math.min(PAGE, WINDOW)) {
            newDeliveries.beginReading();
            List<Delivery> page = backlog.fresh(subscription.id(), newDeliveries.cursor(), room());
            newDeliveries.endReading(page, room());
            page.forEach(this::takeFresh);
        }
    }

    /** What comes when it is stopped already stays in the ledger, for the worker after this one. */
    private void takeFresh(Delivery delivery) {
        if (filter.isStopped()) {
            return;
        }
        Filter.Verdict verdict = filter.evaluate(delivery);
        if (verdict.passes()) {
            take(delivery);
        } else if (verdict.outcome() != Filter.Outcome.OVER_BUDGET) {
            held++;
            outcomes.submit(
                    new DeliveryOutcome.Filtered(delivery, SubscriptionFilter.fit(verdict.because())),
                    inLoop(() -> held--));
        }
    }

    private int room() {
        return WINDOW - held;
    }

    /** Puts a delivery behind the others of its deal, in memory or, if one of them failed, in the ledger. */
    private void take(Delivery delivery) {
        String key = key(delivery);
        Block block = blocks.get(key);
        if (block != null && block.head != delivery.id()) {
            heldDue.remove(delivery.id());
            park(delivery, block);
        } else {
            put(key, delivery);
        }
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

    /** Without order each delivery is a deal of its own. */
    private String key(Delivery delivery) {
        return delivery.orderKey().isEmpty() ? Long.toString(delivery.id()) : delivery.orderKey();
    }

    private void dispatch() {
        while (!ready.isEmpty()) {
            OrderKeyQueue queue = ready.element();
            if (!queue.waiting.isEmpty() && !throttle.admits(underWay)) {
                return;
            }
            ready.remove();
            queue.listed = false;
            Delivery delivery = queue.waiting.poll();
            if (delivery == null) {
                continue; // Its deal was blocked meanwhile.
            }
            queue.underWay = true;
            underWay++;
            boolean probing = throttle.isProbing();
            Instant begun = clock.instant();
            long begunNanos = System.nanoTime();
            var _ = send(delivery).thenAccept(answer -> {
                long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
                inbox.add(() -> answered(
                        queue,
                        delivery,
                        answer,
                        new DeliveryOutcome.Attempt(begun, ms, answer.status(), answer.text()),
                        probing));
            });
        }
    }

    /** Whatever a sender throws is an attempt that failed: a worker that ended would leave its whole subscription waiting. */
    private CompletableFuture<SinkResponse> send(Delivery delivery) {
        try {
            return sender.send(delivery, delivery.attempts() + 1).exceptionally(SubscriptionWorker::unexpected);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(unexpected(e));
        }
    }

    private static SinkResponse unexpected(Throwable failure) {
        log.warn("a sender fails in a way it should not", failure);
        return new SinkResponse(SinkResponse.Verdict.FAILED, null, "it cannot be sent: " + failure, null);
    }

    private void answered(
            OrderKeyQueue queue,
            Delivery delivery,
            SinkResponse response,
            DeliveryOutcome.Attempt attempt,
            boolean probing) {
        underWay--;
        queue.underWay = false;
        throttle.answered(response);
        meters.answered(response, attempt, delivery);
        if (response.verdict() == SinkResponse.Verdict.TAKEN) {
            delivered(queue, delivery, attempt);
        } else {
            failed(queue, delivery, response, attempt, probing);
        }
        if (queue.isEmpty()) {
            queues.remove(queue.key);
        } else {
            list(queue);
        }
    }

    private void delivered(OrderKeyQueue queue, Delivery delivery, DeliveryOutcome.Attempt attempt) {
        long ticket = outcomes.submit(new DeliveryOutcome.Delivered(delivery, attempt), release(delivery));
        Block block = blocks.get(queue.key);
        if (block != null) {
            block.after = ticket;
            if (block.head == delivery.id() || block.isDraining()) {
                block.head = Block.NONE;
                draining.add(queue.key);
            }
        }
    }

    private void failed(
            OrderKeyQueue queue,
            Delivery delivery,
            SinkResponse response,
            DeliveryOutcome.Attempt attempt,
            boolean probing) {
        if (subscription.subscription().ordered()) {
            // First, for a kill may come in between: a block whose head is still to be sent holds the others back, too.
            block(queue, delivery);
        }
        RetryPolicy retry = subscription.subscription().retry();
        // To find out whether a sink is back is no fault of the delivery that was taken for it.
        int attempts = delivery.attempts() + (probing ? 0 : 1);
        if (response.verdict() == SinkResponse.Verdict.REFUSED || attempts >= retry.attempts()) {
            String reason = response.verdict() == SinkResponse.Verdict.REFUSED ? "refused" : "gave-up";
            meters.deadLettered(reason);
            log.warn(
                    "{}: {} {} is a dead letter after {} attempts ({}): {}",
                    subscription.name(),
                    delivery.message().type(),
                    delivery.message().eventId(),
                    attempts,
                    reason,
                    attempt.answer());
            outcomes.submit(new DeliveryOutcome.DeadLettered(delivery, attempt, attempts, reason), release(delivery));
        } else {
            Duration pause = retry.pauseAfter(Math.max(1, attempts), ThreadLocalRandom.current());
            Duration wish = response.retryAfter();
            Instant due = clock.instant().plus(wish != null && wish.compareTo(pause) > 0 ? wish : pause);
            outcomes.submit(new DeliveryOutcome.Postponed(delivery, attempt, attempts, due), release(delivery));
            Instant known = nextDue;
            nextDue = known == null || due.isBefore(known) ? due : known;
        }
    }

    private void block(OrderKeyQueue queue, Delivery head) {
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
                    new DeliveryOutcome.Blocked(subscription.id(), queue.key, head.id()), SubscriptionWorker::nothing);
        }
        for (Delivery behind : queue.waiting) {
            held--;
            heldDue.remove(behind.id());
            if (!parkedBefore) {
                park(behind, block); // Those of a deal that was being drained are parked still.
            }
        }
        queue.waiting.clear();
    }

    private static void nothing() {}

    private Runnable release(Delivery delivery) {
        return inLoop(() -> {
            held--;
            heldDue.remove(delivery.id());
        });
    }

    private Runnable inLoop(Runnable action) {
        return () -> inbox.add(action);
    }

    /** The subscription it serves. */
    StoredSubscription subscription() {
        return subscription;
    }

    /** Whether its sink is away. */
    boolean isCircuitOpen() {
        return throttle.isOpen();
    }
}
