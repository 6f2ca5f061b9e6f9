package io.masterdeal.role.database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in a transaction, and again if it collided with another one. Isolation is READ COMMITTED: what is read after a lock was
 * acquired is what its previous holder committed.
 */
public final class Transactions {

    private static final Logger log = LoggerFactory.getLogger(Transactions.class);

    private static final int MOST_ATTEMPTS = 50;

    /**
     * Plans are cached with the connection, and the first ones are made while the tables are nearly empty, when a full scan looks
     * cheapest. They would be kept until the tables are analysed, which may be a million rows later.
     */
    private static final String BY_KEYS =
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

    private final DataSource dataSource;

    private final Counter retries;

    /**
     * @param dataSource provides connections
     * @param meters counts repeated transactions
     */
    public Transactions(DataSource dataSource, MeterRegistry meters) {
        this.dataSource = dataSource;
        this.retries = Counter.builder("masterdeal.store.transaction.retries")
                .description("Transactions repeated after a deadlock or a serialisation failure")
                .register(meters);
    }

    /** Work inside a transaction. It may run several times, so its only effects are on the connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work; the caller commits. */
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs work that reads and changes rows by their keys.
     *
     * @throws SQLException if it fails for a reason other than a collision, or keeps colliding
     */
    public <T> T runByKeys(Work<T> work) throws SQLException {
        return run(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(BY_KEYS);
            }
            return work.run(connection);
        });
    }

    /**
     * Runs any other work.
     *
     * @throws SQLException if it fails for a reason other than a collision, or keeps colliding
     */
    public <T> T run(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                return runOnce(connection, work);
            } catch (SQLException e) {
                if (!isCollision(e) || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                retries.increment();
                log.debug("transaction collided, attempt {}: {}", attempt, e.getMessage());
                LockSupport.parkNanos(
                        ThreadLocalRandom.current().nextLong(1_000_000L, 5_000_000L * Math.min(attempt, 10)));
            }
        }
    }

    /**
     * Runs work in one transaction, once.
     *
     * @param connection open, in auto-commit mode; set back to that mode afterwards if it is still open
     * @throws SQLException if it fails. A later failure, such as a rollback on a lost connection, is added to the first one
     *     ({@link Throwable#getSuppressed}) and never replaces it
     */
    public static <T> T runOnce(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        T result;
        try {
            result = work.run(connection);
            connection.commit();
        } catch (Throwable e) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException | RuntimeException | Error atRollback) {
                e.addSuppressed(atRollback);
            }
            throw e;
        }
        connection.setAutoCommit(true);
        return result;
    }

    /** Deadlock, serialisation failure, or lock timeout: worth another try. */
    private static boolean isCollision(SQLException e) {
        return switch (e.getSQLState()) {
            case "40P01", "40001", "55P03" -> true;
            case null, default -> false;
        };
    }
}
