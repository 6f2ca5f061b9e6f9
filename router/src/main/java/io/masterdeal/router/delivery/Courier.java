package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Backlog;
import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.Outcome;
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
 * what comes fresh it knows up to where it has taken it ({@link Feed}); what is to be tried again, and what waits behind a failed
 * one, it reads from the ledger when it is time.
 */
final class Courier implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    /** At most so many are sent a second time if this process dies. */
    static final int WINDOW = 500;

    private static final int PAGE = 100;

    private static final long IDLE_MS = 500;

    private static final long HELD_BACK_MS = 20;

    /** What a block's head is before it is read. */
    private static final long UNKNOWN = -2;

    private final StoredSubscription subscription;

    private final Filtering filtering;

    private final Sender sender;

    private final Backlog backlog;

    private final OutcomeWriter outcomes;

    private final Clock clock;

    private final CourierMeters meters;

    private final Pace pace;

    /** What a courier before this one has sent may still wait to be noted, and only then does the ledger say what is left. */
    private final long before;

    private final Feed feed = new Feed();

    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    private final Deque<Lane> ready = new ArrayDeque<>();

    private final Map<String, Block> blocks = new HashMap<>();

    private final Set<String> draining = new HashSet<>();

    private final Set<Long> heldDue = new HashSet<>();

    private int held;

    private int underWay;

    private @Nullable Instant nextDue = Instant.EPOCH;

    private boolean recall = true;

    private boolean blocksAreKnown;

    private volatile boolean stopping;

    Courier(
            StoredSubscription subscription,
            Filtering filtering,
            Sender sender,
            Backlog backlog,
            OutcomeWriter outcomes,
            Clock clock,
            CourierMeters meters) {
        this.subscription = subscription;
        this.filtering = filtering;
        this.sender = sender;
        this.backlog = backlog;
        this.outcomes = outcomes;
        this.clock = clock;
        this.meters = meters;
        this.before = outcomes.last();
        this.pace = new Pace(subscription.name(), subscription.subscription().delivery());
    }

    /** Takes what has just been accepted for it, in order. Any thread. */
    void offer(List<Delivery> fresh, long lastId) {
        feed.offer(fresh, lastId, WINDOW);
        inbox.add(Courier::nothing);
    }

    /** An operator did something: look again. Any thread. */
    void recall() {
        inbox.add(() -> recall = true);
    }

    /** Something may have been kept that was not offered: read the ledger to its end. Any thread. */
    void lookBehind() {
        feed.lookBehind();
        inbox.add(Courier::nothing);
    }

    /** Whether it works for this version of a subscription. */
    boolean serves(StoredSubscription other) {
        return other.id() == subscription.id()
                && other.version() == subscription.version()
                && (other.stopped() != null) == filtering.isStopped();
    }

    /** Sends nothing more and ends when what is under way is answered. Any thread. */
    void stop() {
        stopping = true;
        inbox.add(Courier::nothing);
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
            if (subscription.subscription().paused() || filtering.isStopped() || !outcomes.isNoted(before)) {
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
            Lane lane = lanes.get(stored.getKey());
            if (stored.getValue() != Block.NONE || block.isDraining()) {
                continue;
            }
            if ((lane == null || lane.isEmpty()) && outcomes.isNoted(block.after)) {
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
            Lane lane = lanes.get(key);
            if (block == null || !block.isDraining()) {
                draining.remove(key);
            } else if (room() > 0 && (lane == null || lane.isEmpty()) && outcomes.isNoted(block.after)) {
                List<Delivery> parked = backlog.parked(subscription.id(), key, Math.min(room(), PAGE));
                if (parked.isEmpty()) {
                    blocks.remove(key);
                    draining.remove(key);
                    outcomes.submit(new Outcome.Unblocked(subscription.id(), key), Courier::nothing);
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
        feed.take(room()).forEach(this::takeFresh);
        if (feed.isBehind() && room() >= Math.min(PAGE, WINDOW)) {
            feed.beginReading();
            List<Delivery> page = backlog.fresh(subscription.id(), feed.cursor(), room());
            feed.endReading(page, room());
            page.forEach(this::takeFresh);
        }
    }

    /** What comes when it is stopped already stays in the ledger, for the courier after this one. */
    private void takeFresh(Delivery delivery) {
        if (filtering.isStopped()) {
            return;
        }
        Filter.Verdict verdict = filtering.judge(delivery);
        if (verdict.passes()) {
            take(delivery);
        } else if (verdict.outcome() != Filter.Outcome.OVER_BUDGET) {
            held++;
            outcomes.submit(new Outcome.Filtered(delivery, Filtering.fit(verdict.because())), inLoop(() -> held--));
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
        block.after = outcomes.submit(new Outcome.Parked(delivery), inLoop(() -> held--));
    }

    private void put(String key, Delivery delivery) {
        held++;
        Lane lane = lanes.computeIfAbsent(key, Lane::new);
        lane.waiting.add(delivery);
        list(lane);
    }

    private void list(Lane lane) {
        if (!lane.underWay && !lane.listed && !lane.waiting.isEmpty()) {
            lane.listed = true;
            ready.add(lane);
        }
    }

    /** Without order each delivery is a deal of its own. */
    private String key(Delivery delivery) {
        return delivery.orderKey().isEmpty() ? Long.toString(delivery.id()) : delivery.orderKey();
    }

    private void dispatch() {
        while (!ready.isEmpty()) {
            Lane lane = ready.element();
            if (!lane.waiting.isEmpty() && !pace.admits(underWay)) {
                return;
            }
            ready.remove();
            lane.listed = false;
            Delivery delivery = lane.waiting.poll();
            if (delivery == null) {
                continue; // Its deal was blocked meanwhile.
            }
            lane.underWay = true;
            underWay++;
            boolean probing = pace.isProbing();
            Instant begun = clock.instant();
            long begunNanos = System.nanoTime();
            var _ = send(delivery).thenAccept(answer -> {
                long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
                inbox.add(() -> answered(
                        lane,
                        delivery,
                        answer,
                        new Outcome.Attempt(begun, ms, answer.status(), answer.text()),
                        probing));
            });
        }
    }

    /** Whatever a sender throws is an attempt that failed: a courier that ended would leave its whole subscription waiting. */
    private CompletableFuture<Answer> send(Delivery delivery) {
        try {
            return sender.send(delivery, delivery.attempts() + 1).exceptionally(Courier::unexpected);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(unexpected(e));
        }
    }

    private static Answer unexpected(Throwable failure) {
        log.warn("a sender fails in a way it should not", failure);
        return new Answer(Answer.Verdict.FAILED, null, "it cannot be sent: " + failure, null);
    }

    private void answered(Lane lane, Delivery delivery, Answer answer, Outcome.Attempt attempt, boolean probing) {
        underWay--;
        lane.underWay = false;
        pace.answered(answer);
        meters.answered(answer, attempt, delivery);
        if (answer.verdict() == Answer.Verdict.TAKEN) {
            delivered(lane, delivery, attempt);
        } else {
            failed(lane, delivery, answer, attempt, probing);
        }
        if (lane.isEmpty()) {
            lanes.remove(lane.key);
        } else {
            list(lane);
        }
    }

    private void delivered(Lane lane, Delivery delivery, Outcome.Attempt attempt) {
        long ticket = outcomes.submit(new Outcome.Delivered(delivery, attempt), release(delivery));
        Block block = blocks.get(lane.key);
        if (block != null) {
            block.after = ticket;
            if (block.head == delivery.id() || block.isDraining()) {
                block.head = Block.NONE;
                draining.add(lane.key);
            }
        }
    }

    private void failed(Lane lane, Delivery delivery, Answer answer, Outcome.Attempt attempt, boolean probing) {
        if (subscription.subscription().ordered()) {
            // First, for a kill may come in between: a block whose head is still to be sent holds the others back, too.
            block(lane, delivery);
        }
        RetryPolicy retry = subscription.subscription().retry();
        // To find out whether a sink is back is no fault of the delivery that was taken for it.
        int attempts = delivery.attempts() + (probing ? 0 : 1);
        if (answer.verdict() == Answer.Verdict.REFUSED || attempts >= retry.attempts()) {
            String reason = answer.verdict() == Answer.Verdict.REFUSED ? "refused" : "gave-up";
            meters.deadLettered(reason);
            log.warn(
                    "{}: {} {} is a dead letter after {} attempts ({}): {}",
                    subscription.name(),
                    delivery.message().type(),
                    delivery.message().eventId(),
                    attempts,
                    reason,
                    attempt.answer());
            outcomes.submit(new Outcome.DeadLettered(delivery, attempt, attempts, reason), release(delivery));
        } else {
            Duration pause = retry.pauseAfter(Math.max(1, attempts), ThreadLocalRandom.current());
            Duration wish = answer.retryAfter();
            Instant due = clock.instant().plus(wish != null && wish.compareTo(pause) > 0 ? wish : pause);
            outcomes.submit(new Outcome.Postponed(delivery, attempt, attempts, due), release(delivery));
            Instant known = nextDue;
            nextDue = known == null || due.isBefore(known) ? due : known;
        }
    }

    private void block(Lane lane, Delivery head) {
        Block block = blocks.get(lane.key);
        boolean parkedBefore = block != null;
        if (block == null) {
            block = new Block(head.id());
            blocks.put(lane.key, block);
        }
        if (!parkedBefore || block.isDraining()) {
            block.head = head.id();
            draining.remove(lane.key);
            block.after =
                    outcomes.submit(new Outcome.Blocked(subscription.id(), lane.key, head.id()), Courier::nothing);
        }
        for (Delivery behind : lane.waiting) {
            held--;
            heldDue.remove(behind.id());
            if (!parkedBefore) {
                park(behind, block); // Those of a deal that was being drained are parked still.
            }
        }
        lane.waiting.clear();
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
        return pace.isOpen();
    }
}
