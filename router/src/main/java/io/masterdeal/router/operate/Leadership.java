package io.masterdeal.router.operate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one process at a time deliver: the one that has the advisory lock of the router's schema. It goes with its connection, so
 * another process takes over as soon as this one is gone.
 */
final class Leadership implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    private static final long EVERY_MS = 500;

    private static final int ALIVE_WITHIN_S = 5;

    private final DataSource dataSource;

    private final Duty duty;

    private volatile boolean leading;

    private volatile boolean stopping;

    Leadership(DataSource dataSource, Duty duty) {
        this.dataSource = dataSource;
        this.duty = duty;
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
                if (lock(connection)) {
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

    private static boolean lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT pg_try_advisory_lock(hashtext('masterdeal router'), hashtext(current_schema()))");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void lead(Connection connection) throws SQLException, InterruptedException {
        try {
            duty.begin();
            leading = true;
            log.info("this process delivers");
            while (!stopping && duty.isWhole() && connection.isValid(ALIVE_WITHIN_S)) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MS);
            }
        } finally {
            leading = false;
            duty.end();
            unlock(connection);
            log.info("this process delivers no more");
        }
    }

    /** A connection goes back to the pool, and its lock would stay with it. */
    private static void unlock(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all()");
        } catch (SQLException e) {
            log.debug("the connection is gone, and the lock with it: {}", e.getMessage());
        }
    }
}
