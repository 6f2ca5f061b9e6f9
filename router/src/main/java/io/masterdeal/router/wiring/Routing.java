package io.masterdeal.router.wiring;

import io.masterdeal.router.deadletter.ErrorOutbox;
import io.masterdeal.router.delivery.Couriers;
import io.masterdeal.router.intake.TopicReader;
import io.masterdeal.router.ledger.Term;
import io.masterdeal.router.ledger.TimePartitions;
import io.masterdeal.router.routes.Engine;
import io.masterdeal.worker.Workers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the leading process does: it reads, delivers, tells of dead letters, and keeps the days of the ledger. */
final class Routing implements Leadership.Duty {

    private static final Logger log = LoggerFactory.getLogger(Routing.class);

    private static final long MAINTAIN_EVERY_MS = TimeUnit.HOURS.toMillis(1);

    private final Supplier<TopicReader> readers;

    private final Supplier<ErrorOutbox> outboxes;

    private final Couriers couriers;

    private final Engine engine;

    private final TimePartitions days;

    private final Term term;

    private final List<Thread> threads = new ArrayList<>();

    private TopicReader reader;

    private ErrorOutbox outbox;

    /**
     * @param readers makes a reader for each term of office
     * @param outboxes makes an outbox for each
     * @param term begun with each
     * @param engine of routes, which read from elsewhere only while this process leads
     */
    Routing(
            Supplier<TopicReader> readers,
            Supplier<ErrorOutbox> outboxes,
            Couriers couriers,
            Engine engine,
            TimePartitions days,
            Term term) {
        this.readers = readers;
        this.outboxes = outboxes;
        this.couriers = couriers;
        this.engine = engine;
        this.days = days;
        this.term = term;
        this.reader = readers.get();
        this.outbox = outboxes.get();
    }

    @Override
    public void begin() throws SQLException {
        term.begin();
        days.maintain();
        reader = readers.get();
        outbox = outboxes.get();
        couriers.start();
        engine.lead(true);
        threads.add(Workers.platform("router-reader", reader));
        threads.add(Workers.platform("router-errors", outbox));
        threads.add(Workers.platform("router-days", this::maintain));
        threads.forEach(Thread::start);
    }

    @Override
    public boolean isWhole() {
        return couriers.isWhole() && threads.stream().allMatch(Thread::isAlive);
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
        couriers.stop();
    }

    private void maintain() {
        while (true) {
            try {
                TimeUnit.MILLISECONDS.sleep(MAINTAIN_EVERY_MS);
                days.maintain();
            } catch (SQLException e) {
                log.warn("the days of the ledger cannot be kept, trying again in an hour: {}", e.getMessage());
            } catch (InterruptedException _) {
                return; // The term is over.
            }
        }
    }
}
