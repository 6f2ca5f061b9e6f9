package io.masterdeal.effects;

import io.masterdeal.worker.Workers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes effects whose last change is so long ago that nobody asks for them any more: in batches, each a short transaction of
 * its own, and in one process at a time. Pending effects stay, however old they are.
 *
 * <p>An effect also records that a request was made. It is kept as long as a reaction in use would still react to its event;
 * otherwise an event that leaves its deal and comes back would cause a second request. That of a task is kept as long as what was told of
 * the clock holds.
 */
final class EffectRetention {

    private static final Logger log = LoggerFactory.getLogger(EffectRetention.class);

    private static final Duration EVERY = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int LONGEST_DAYS = 36_500;

    private final TransactionTemplate transaction;

    private final EffectTable table;

    private final Duration keep;

    private final int batch;

    private final Counter deleted;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread = Workers.platform("effect-retention", this::run);

    /**
     * @param keepDays how many days an effect is kept after its last change; 0 for ever
     * @param reactions those in use
     * @param batch how many to delete in one transaction at most
     * @throws IllegalArgumentException if the days are below 0 or more than a hundred years
     */
    EffectRetention(DataSource dataSource, int keepDays, List<Reaction> reactions, int batch, MeterRegistry registry) {
        if (keepDays < 0 || keepDays > LONGEST_DAYS) {
            throw new IllegalArgumentException(
                    "masterdeal.effects.keep-days is 0 to " + LONGEST_DAYS + ", not " + keepDays);
        }
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.table = new EffectTable(JdbcClient.create(dataSource));
        this.keep = keepDays == 0
                ? Duration.ZERO
                : reactions.stream().map(Reaction::maxAge).reduce(Duration.ofDays(keepDays), EffectRetention::longer);
        this.batch = batch;
        this.deleted = Counter.builder("masterdeal.effects.deleted")
                .description("Effects that were deleted because they were older than they are kept")
                .register(registry);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Begins to delete, now and every ten minutes, unless effects are kept forever. */
    void start() {
        if (keep.isPositive()) {
            thread.start();
        }
    }

    private void run() {
        try {
            do {
                try {
                    long gone = sweep();
                    if (gone > 0) {
                        log.info("deleted {} effects that had not changed for more than {} days", gone, keep.toDays());
                    }
                } catch (RuntimeException e) {
                    // Whatever the cause: nothing depends on it, and the next time may succeed.
                    log.warn("old effects cannot be deleted now: {}", e.toString());
                }
            } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Deletes all that may be deleted, unless another process is doing so. Returns how many. */
    long sweep() {
        long gone = 0;
        int last = batch;
        while (last == batch && stopped.getCount() > 0) {
            Integer count = transaction.execute(_ -> table.lockRetention() ? table.deleteOver(keep, batch) : 0);
            last = count == null ? 0 : count;
            deleted.increment(last);
            gone += last;
        }
        return gone;
    }

    /** Stops deleting. */
    void stop() throws InterruptedException {
        stopped.countDown();
        if (thread.isAlive()) {
            thread.join(PATIENCE);
        }
    }
}
