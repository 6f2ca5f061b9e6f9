package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Backlog;
import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.DeliveryOutcome;
import io.masterdeal.router.ledger.StoredReason;
import io.masterdeal.router.subscription.DeliveryRetries;
import io.masterdeal.router.subscription.Filter;
import io.masterdeal.router.subscription.StoredSubscription;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one subscription: reads what is to be sent, sends it and notes the outcome. Its state is touched by its own thread
 * only; other threads put messages into its inbox.
 *
 * <p>What it holds in memory is bounded by its {@link DeliveryWindow}, whatever the backlog. {@link NewDeliveries} remembers up to
 * where new ones were taken; what is to be tried again, and what waits behind a failed delivery, is read from the ledger when it is
 * due.
 */
final class SubscriptionWorker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionWorker.class);

    private static final long IDLE_MS = 500;

    private static final long HELD_BACK_MS = 20;

    private final StoredSubscription subscription;

    private final SubscriptionFilter filter;

    private final SinkSender sender;

    private final Backlog backlog;

    private final OutcomeWriter outcomes;

    private final Clock clock;

    private final SubscriptionMeters meters;

    private final SinkThrottle throttle;

    /** The last outcome of the previous worker: the ledger is complete only when this is noted. */
    private final long before;

    private final NewDeliveries newDeliveries = new NewDeliveries();

    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

    private final DeliveryWindow window;

    private int underWay;

    private @Nullable Instant nextDue = Instant.EPOCH;

    private boolean recall = true;

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
        this.window = new DeliveryWindow(subscription.id(), backlog, outcomes, inbox::add);
    }

    /** Takes what has just been accepted for this subscription, in order. Any thread. */
    void offer(List<Delivery> fresh, long lastId) {
        newDeliveries.offer(fresh, lastId, DeliveryWindow.SIZE);
        wake();
    }

    /** An operator did something: reads the ledger again. Any thread. */
    void recall() {
        inbox.add(() -> recall = true);
    }

    /** Something may have been kept that was not offered: reads the ledger to its end. Any thread. */
    void catchUp() {
        newDeliveries.catchUp();
        wake();
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
        wake();
    }

    private void wake() {
        inbox.add(() -> {});
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
            Thread.currentThread().interrupt(); // What is under way is sent again by the next worker.
        }
    }

    private long waitMs() {
        if (window.hasReady()) {
            return HELD_BACK_MS;
        }
        Instant due = nextDue;
        long untilDue = due == null
                ? IDLE_MS
                : Math.max(1, Duration.between(clock.instant(), due).toMillis());
        return Math.min(window.isDraining() ? HELD_BACK_MS : IDLE_MS, untilDue);
    }

    private void work() throws InterruptedException {
        try {
            if (subscription.subscription().paused() || filter.isStopped() || !outcomes.isNoted(before)) {
                return;
            }
            if (recall) {
                nextDue = Instant.EPOCH;
                recall = window.recallBlocks();
            }
            window.drain();
            fetchDue();
            fetchNew();
            dispatch();
        } catch (SQLException e) {
            log.warn("{}: the ledger cannot be read, trying again: {}", subscription.name(), e.getMessage());
            TimeUnit.MILLISECONDS.sleep(IDLE_MS);
        }
    }

    private void fetchDue() throws SQLException {
        Instant due = nextDue;
        if (due == null || due.isAfter(clock.instant()) || window.room() <= 0) {
            return;
        }
        int limit = Math.min(window.room(), DeliveryWindow.PAGE);
        List<Delivery> found = backlog.due(subscription.id(), window.due(), limit);
        found.forEach(window::addDue);
        if (found.size() < DeliveryWindow.PAGE) {
            OffsetDateTime next = backlog.nextDue(subscription.id());
            // Deliveries under way still count as due; their outcome sets when they are due again.
            nextDue = next == null
                    ? null
                    : window.due().isEmpty()
                            ? next.toInstant()
                            : later(next.toInstant(), clock.instant().plusMillis(IDLE_MS));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void fetchNew() throws SQLException {
        newDeliveries.take(window.room()).forEach(this::takeNew);
        if (newDeliveries.isBehind() && window.room() >= DeliveryWindow.PAGE) {
            newDeliveries.beginReading();
            List<Delivery> page = backlog.fresh(subscription.id(), newDeliveries.cursor(), window.room());
            newDeliveries.endReading(page, window.room());
            page.forEach(this::takeNew);
        }
    }

    /** Once the subscription is stopped, deliveries stay in the ledger for the next worker. */
    private void takeNew(Delivery delivery) {
        if (filter.isStopped()) {
            return;
        }
        Filter.Verdict verdict = filter.evaluate(delivery);
        if (verdict.passes()) {
            window.add(delivery);
        } else if (verdict.outcome() != Filter.Outcome.OVER_BUDGET) {
            window.filtered(delivery, StoredReason.of(verdict.because()));
        }
    }

    private void dispatch() {
        OrderKeyQueue queue = window.ready();
        while (queue != null) {
            if (!queue.waiting.isEmpty() && !throttle.admits(underWay)) {
                return;
            }
            Delivery delivery = window.beginReady();
            if (delivery != null) {
                send(queue, delivery);
            }
            queue = window.ready();
        }
    }

    private void send(OrderKeyQueue queue, Delivery delivery) {
        underWay++;
        boolean probing = throttle.isProbing();
        Instant begun = clock.instant();
        long begunNanos = System.nanoTime();
        var _ = send(delivery).thenAccept(response -> {
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
            var attempt = new DeliveryOutcome.Attempt(begun, ms, response.status(), response.text());
            inbox.add(() -> answered(queue, delivery, response, attempt, probing));
        });
    }

    /** Whatever a sender throws is an attempt that failed: if this thread ended, the whole subscription would wait. */
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
            window.delivered(queue, delivery, attempt);
        } else {
            failed(queue, delivery, response, attempt, probing);
        }
        window.end(queue);
    }

    private void failed(
            OrderKeyQueue queue,
            Delivery delivery,
            SinkResponse response,
            DeliveryOutcome.Attempt attempt,
            boolean probing) {
        if (subscription.subscription().ordered()) {
            // First, in case the process is killed in between: a block also holds the others back while its head is
            // still to be sent.
            window.block(queue, delivery);
        }
        DeliveryRetries retry = subscription.subscription().retry();
        // A delivery that only probed whether the sink is back does not lose an attempt.
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
            window.note(new DeliveryOutcome.DeadLettered(delivery, attempt, attempts, reason), delivery);
        } else {
            Duration pause = retry.pauseAfter(Math.max(1, attempts), ThreadLocalRandom.current());
            Duration wish = response.retryAfter();
            Instant due = clock.instant().plus(wish != null && wish.compareTo(pause) > 0 ? wish : pause);
            // Only when it is noted does the ledger have it: with a slow database that may be after it is due.
            window.note(new DeliveryOutcome.Postponed(delivery, attempt, attempts, due), delivery, () -> dueAgain(due));
        }
    }

    private void dueAgain(Instant due) {
        Instant known = nextDue;
        nextDue = known == null || due.isBefore(known) ? due : known;
    }
}
