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
 * Lets one process at a time deliver: the leader, which holds the lease. Another takes over as soon as the leader's process is
 * gone, or some seconds after it was frozen or disconnected. A former leader is fenced by its {@link
 * io.masterdeal.router.ledger.LeaderEpoch}: it can no longer accept or note anything.
 */
final class Leadership implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    /** The name of the lease. */
    static final String LEASE_NAME = "router";

    /** How long a leader that does not renew its lease is waited for. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final long EVERY_MS = 500;

    /** A process that waits this long for PostgreSQL has lost its network, or will soon lose its lease. */
    private static final int NETWORK_TIMEOUT_MS = 5_000;

    private final DataSource dataSource;

    private final Duty duty;

    private final Lease lease;

    private volatile boolean leading;

    private volatile boolean stopping;

    /**
     * @param dataSource connections to the router's schema
     * @param duty the work of the leader
     * @param lease of this process
     */
    Leadership(DataSource dataSource, Duty duty, Lease lease) {
        this.dataSource = dataSource;
        this.duty = duty;
        this.lease = lease;
    }

    /** The work of the leader. */
    interface Duty {
        void begin() throws SQLException;

        void end() throws InterruptedException;

        /** Whether all its threads are still running. */
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
                log.warn("nothing is delivered while PostgreSQL cannot be asked who the leader is: {}", e.getMessage());
                if (!pause()) {
                    return;
                }
            } catch (InterruptedException _) {
                return; // Stopped.
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
            log.info("this process no longer delivers");
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
