package io.masterdeal.router.wiring;

import io.masterdeal.router.deadletter.ErrorOutbox;
import io.masterdeal.router.delivery.SubscriptionWorkers;
import io.masterdeal.router.intake.TopicIntake;
import io.masterdeal.router.ledger.LeaderEpoch;
import io.masterdeal.router.ledger.TimePartitions;
import io.masterdeal.router.routes.OptionalRouteEngine;
import io.masterdeal.worker.Workers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the leader: it reads topics, delivers events, publishes dead letters, and maintains the ledger's daily
 * partitions.
 */
final class Routing implements Leadership.Duty {

    private static final Logger log = LoggerFactory.getLogger(Routing.class);

    private static final long MAINTAIN_EVERY_MS = TimeUnit.HOURS.toMillis(1);

    private final Supplier<TopicIntake> readers;

    private final Supplier<ErrorOutbox> outboxes;

    private final SubscriptionWorkers workers;

    private final OptionalRouteEngine engine;

    private final TimePartitions days;

    private final LeaderEpoch epoch;

    private final List<Thread> threads = new ArrayList<>();

    private TopicIntake reader;

    private ErrorOutbox outbox;

    /**
     * @param readers creates the intake for each leadership
     * @param outboxes creates the outbox for each leadership
     * @param epoch begun with each leadership
     * @param engine of routes, which read from external systems only while this process is the leader
     */
    Routing(
            Supplier<TopicIntake> readers,
            Supplier<ErrorOutbox> outboxes,
            SubscriptionWorkers workers,
            OptionalRouteEngine engine,
            TimePartitions days,
            LeaderEpoch epoch) {
        this.readers = readers;
        this.outboxes = outboxes;
        this.workers = workers;
        this.engine = engine;
        this.days = days;
        this.epoch = epoch;
        this.reader = readers.get();
        this.outbox = outboxes.get();
    }

    @Override
    public void begin() throws SQLException {
        epoch.begin();
        days.maintain();
        reader = readers.get();
        outbox = outboxes.get();
        workers.start();
        engine.lead(true);
        threads.add(Workers.platform("router-reader", reader));
        threads.add(Workers.platform("router-errors", outbox));
        threads.add(Workers.platform("router-days", this::maintain));
        threads.forEach(Thread::start);
    }

    @Override
    public boolean isWhole() {
        return workers.isWhole() && threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public void end() throws InterruptedException {
        engine.lead(false);
        reader.stop();
        outbox.stop();
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
        workers.stop();
    }

    private void maintain() {
        while (true) {
            try {
                TimeUnit.MILLISECONDS.sleep(MAINTAIN_EVERY_MS);
                days.maintain();
            } catch (SQLException e) {
                log.warn(
                        "the daily partitions of the ledger cannot be maintained, trying again in an hour: {}",
                        e.getMessage());
            } catch (InterruptedException _) {
                return; // This process is the leader no longer.
            }
        }
    }
}
