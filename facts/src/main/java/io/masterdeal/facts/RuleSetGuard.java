package io.masterdeal.facts;

import io.masterdeal.worker.Workers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the announcement of this process's rule set as long as it runs. A connection may break, and the lock with it; then
 * the rule set is announced again, and if another process has brought another one meanwhile, this one must not go on.
 */
public final class RuleSetGuard {

    private static final Logger log = LoggerFactory.getLogger(RuleSetGuard.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final DataSource dataSource;

    private final String identity;

    private final Consumer<IllegalStateException> onOtherRules;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    private @Nullable RuleSetInUse inUse;

    /**
     * Makes a guard that holds nothing yet.
     *
     * @param dataSource gives the connection that holds the lock
     * @param identity name, version and meaning of the rule set
     * @param onOtherRules called once if another rule set has come into use
     */
    public RuleSetGuard(DataSource dataSource, String identity, Consumer<IllegalStateException> onOtherRules) {
        this.dataSource = dataSource;
        this.identity = identity;
        this.onOtherRules = onOtherRules;
        this.thread = Workers.platform("rule-set-guard", this::run);
    }

    /**
     * Announces the rule set and begins to watch.
     *
     * @throws IllegalStateException if another process runs with another rule set, or PostgreSQL does not answer
     */
    public void start() {
        try {
            inUse = RuleSetInUse.announce(dataSource.getConnection(), identity);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not take the rule set: " + e.getMessage(), e);
        }
        thread.start();
    }

    private void run() {
        try {
            while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    if (inUse == null || !inUse.isHeld()) {
                        release();
                        inUse = RuleSetInUse.announce(dataSource.getConnection(), identity);
                        log.info("the connection that held the rule set was lost; it is announced again");
                    }
                } catch (SQLException e) {
                    log.warn("the rule set cannot be announced now and is tried again: {}", e.toString());
                } catch (IllegalStateException e) {
                    onOtherRules.accept(e);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        if (inUse != null) {
            try {
                inUse.close();
            } catch (SQLException e) {
                log.debug("a connection that is broken does not close: {}", e.toString());
            }
            inUse = null;
        }
    }

    /** Stops watching and lets go. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(LOOK_EVERY);
        release();
    }
}
