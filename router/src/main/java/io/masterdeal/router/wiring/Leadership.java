package io.masterdeal.router.wiring;

import io.masterdeal.role.leadership.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one process at a time deliver: the one that has the lease. Another takes over as soon as this one's process is gone, or some
 * seconds after it was frozen or cut off. What a former one still does then is fenced by its {@link io.masterdeal.router.ledger.LeaderEpoch}:
 * it can take nothing from Kafka and note nothing any more.
 */
final class Leadership implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    /** The name of the lease. */
    static final String LEASE_NAME = "router";

    /** How long a process that says nothing more is waited for. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final long EVERY_MS = 500;

    /** Who waits so long for PostgreSQL has lost its network, or soon its lease. */
    private static final int NETWORK_TIMEOUT_MS = 5_000;

    private final DataSource dataSource;

    private final Duty duty;

    private final Lease lease;

    private volatile boolean leading;

    private volatile boolean stopping;

    /**
     * @param dataSource connections to the router's schema
     * @param duty what the leading process does
     * @param lease its own
     */
    Leadership(DataSource dataSource, Duty duty, Lease lease) {
        this.dataSource = dataSource;
        this.duty = duty;
        this.lease = lease;
    }

    /** What the leading process does. */
    interface Duty {
        void begin() throws SQLException;

        void end() throws InterruptedException;

        /** Whether all of it still runs. */
        boolean isWhole();
    }

    boolean isLeading() {
        return leading;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MS);
                if (lease.acquire(connection).isPresent()) {
                    lead(connection);
                } else {
                    TimeUnit.MILLISECONDS.sleep(EVERY_MS);
                }
            } catch (SQLException e) {
                log.warn("nothing is delivered while PostgreSQL cannot be asked who delivers: {}", e.getMessage());
                if (!pause()) {
                    return;
                }
            } catch (InterruptedException _) {
                return; // It is stopped.
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(EVERY_MS);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private void lead(Connection connection) throws SQLException, InterruptedException {
        try {
            duty.begin();
            leading = true;
            log.info("this process delivers, in epoch {}", lease.epoch());
            while (!stopping && duty.isWhole() && lease.renew(connection)) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MS);
            }
        } finally {
            leading = false;
            duty.end();
            release(connection);
            log.info("this process delivers no more");
        }
    }

    private void release(Connection connection) {
        try {
            lease.release(connection);
        } catch (SQLException e) {
            log.debug("the lease ends with its session, or by time: {}", e.getMessage());
        }
    }
}
