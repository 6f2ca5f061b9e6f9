package io.masterdeal.router.delivery;

import io.masterdeal.role.delay.Delays;
import io.masterdeal.router.ledger.Backlog;
import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.OutcomeTable;
import io.masterdeal.router.subscription.StoredSubscription;
import io.masterdeal.router.subscription.Subscriptions;
import io.masterdeal.worker.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of all subscriptions, while this process is the leader. Each has its own thread; one more thread writes their
 * outcomes.
 */
public final class SubscriptionWorkers {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionWorkers.class);

    private static final long LOOK_EVERY_MS = 500;

    private static final long STOP_WITHIN_MS = 15_000;

    private final Subscriptions subscriptions;

    private final SinkSenders senders;

    private final Backlog backlog;

    private final OutcomeTable table;

    private final Clock clock;

    private final MeterRegistry meters;

    private final Delays delays;

    private final Map<Integer, Running> running = new HashMap<>();

    private OutcomeWriter outcomes;

    private Thread outcomesThread = new Thread();

    private Thread watch = new Thread();

    private String seenAction = "";

    private volatile boolean stopping;

    /**
     * @param subscriptions which are served
     * @param senders create the sender of a subscription
     * @param backlog reads what is to be sent
     * @param table stores outcomes
     * @param clock for the times of attempts
     * @param meters receives the metrics
     * @param delays gets how long events take to their sinks
     */
    public SubscriptionWorkers(
            Subscriptions subscriptions,
            SinkSenders senders,
            Backlog backlog,
            OutcomeTable table,
            Clock clock,
            MeterRegistry meters,
            Delays delays) {
        this.subscriptions = subscriptions;
        this.senders = senders;
        this.backlog = backlog;
        this.table = table;
        this.clock = clock;
        this.meters = meters;
        this.delays = delays;
        this.outcomes = new OutcomeWriter(table, this::recall);
        subscriptions.onChange(this::wake);
    }

    private record Running(SubscriptionWorker worker, Thread thread) {}

    /** Starts delivering. */
    public synchronized void start() {
        stopping = false;
        outcomes = new OutcomeWriter(table, this::recall);
        outcomesThread = Workers.platform("router-outcomes", outcomes);
        outcomesThread.start();
        watch = Workers.platform("router-subscriptions", this::watch);
        watch.start();
    }

    /** Sends nothing more, waits for the deliveries under way, and notes their outcomes. */
    public void stop() throws InterruptedException {
        stopping = true;
        watch.interrupt();
        watch.join();
        List<Running> ending;
        synchronized (this) {
            ending = List.copyOf(running.values());
            running.clear();
        }
        ending.forEach(it -> it.worker().stop());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_WITHIN_MS);
        for (Running it : ending) {
            end(it, end);
        }
        outcomes.close();
        end(outcomesThread, end);
    }

    private static void end(Running running, long end) throws InterruptedException {
        end(running.thread(), end);
    }

    private static void end(Thread thread, long end) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        thread.join(Math.max(1, left));
        if (thread.isAlive()) {
            thread.interrupt();
            thread.join();
        }
    }

    /** Whether the threads that serve all subscriptions are running. */
    public synchronized boolean isWhole() {
        return outcomesThread.isAlive() && watch.isAlive();
    }

    /** An operator changed a delivery that was under way: its worker reads the ledger again. */
    private synchronized void recall(int subscription) {
        Running it = running.get(subscription);
        if (it != null) {
            it.worker().recall();
        }
    }

    /** Something may have been accepted without the reader knowing: every worker reads the ledger to its end. */
    public synchronized void catchUp() {
        running.values().forEach(it -> it.worker().catchUp());
    }

    /** Passes on what has just been accepted. */
    public synchronized void offer(Map<Integer, List<Delivery>> fresh, long lastId) {
        running.forEach((id, it) -> it.worker().offer(fresh.getOrDefault(id, List.of()), lastId));
    }

    /** Looks immediately for what operators did. */
    public void wake() {
        synchronized (this) {
            seenAction = "";
            notifyAll();
        }
    }

    private void watch() {
        while (!stopping) {
            try {
                look();
                synchronized (this) {
                    wait(LOOK_EVERY_MS);
                }
            } catch (SQLException e) {
                log.warn("subscriptions cannot be read, trying again: {}", e.getMessage());
                pause();
            } catch (RuntimeException e) {
                log.error("workers of subscriptions cannot be started or stopped, trying again", e);
                pause();
            } catch (InterruptedException e) {
                return; // Stopped.
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws SQLException, InterruptedException {
        String action = backlog.lastAction();
        List<StoredSubscription> active = subscriptions.now().active();
        List<Running> replaced = replaced(active);
        replaced.forEach(it -> it.worker().stop());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_WITHIN_MS);
        for (Running gone : replaced) {
            end(gone, end); // Its sink may be slow; the other workers deliver meanwhile.
        }
        synchronized (this) {
            for (StoredSubscription it : active) {
                if (!running.containsKey(it.id()) && !stopping) {
                    tryStart(it);
                }
            }
            if (!action.equals(seenAction)) {
                seenAction = action;
                running.values().forEach(it -> it.worker().recall());
            }
        }
    }

    private synchronized List<Running> replaced(List<StoredSubscription> active) {
        List<Running> gone = new ArrayList<>();
        running.values().removeIf(it -> {
            boolean stays =
                    active.stream().anyMatch(it.worker()::serves) && it.thread().isAlive();
            if (!stays) {
                gone.add(it);
            }
            return !stays;
        });
        return gone;
    }

    /** A subscription that cannot be served, for example because its secret cannot be read, does not affect the others. */
    private void tryStart(StoredSubscription subscription) {
        try {
            running.put(subscription.id(), start(subscription));
        } catch (RuntimeException e) {
            log.error("{} is not served, trying again: {}", subscription.name(), e.getMessage());
        }
    }

    private Running start(StoredSubscription subscription) {
        SubscriptionMeters measured = new SubscriptionMeters(meters, delays, subscription.name());
        SubscriptionWorker worker = new SubscriptionWorker(
                subscription,
                new SubscriptionFilter(subscription, subscriptions, measured),
                senders.of(subscription),
                backlog,
                outcomes,
                clock,
                measured);
        Thread thread = Workers.platform("subscription-" + subscription.name(), worker);
        thread.start();
        return new Running(worker, thread);
    }
}
