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
 * Runs work in a transaction, and again if PostgreSQL found that two of them stood in each other's way. Isolation is
 * READ COMMITTED: what is read after a lock is got is what the one before committed.
 */
public final class Transactions {

    private static final Logger log = LoggerFactory.getLogger(Transactions.class);

    private static final int MOST_ATTEMPTS = 50;

    /**
     * Plans are kept with the connection, and the first ones are made while the tables are nearly empty, when to read them
     * whole looks cheapest. They would be kept until the tables are analysed, which may be a million rows later.
     */
    private static final String BY_KEYS =
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

    private final DataSource dataSource;

    private final Counter retries;

    /**
     * @param dataSource where connections come from
     * @param meters counts repeated transactions
     */
    public Transactions(DataSource dataSource, MeterRegistry meters) {
        this.dataSource = dataSource;
        this.retries = Counter.builder("masterdeal.store.transaction.retries")
                .description("Transactions repeated after a deadlock or a serialisation failure")
                .register(meters);
    }

    /** Work inside a transaction. It may run several times, so it has no effect but on the connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work; the caller commits. */
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs work that reads and changes rows it knows by their keys.
     *
     * @throws SQLException if it fails for another reason than a collision, or collides again and again
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
     * @throws SQLException if it fails for another reason than a collision, or collides again and again
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
     * @param connection open, in auto-commit mode; in that mode again afterwards, if it still stands
     * @throws SQLException if it fails. Whatever fails after that, as a rollback over a connection that is gone, is added to what
     *     failed first ({@link Throwable#getSuppressed}) and never takes its place
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

    /** Deadlock, serialisation failure, or a lock not got in time: nobody's fault, and gone on the next try. */
    private static boolean isCollision(SQLException e) {
        return switch (e.getSQLState()) {
            case "40P01", "40001", "55P03" -> true;
            case null, default -> false;
        };
    }
}
