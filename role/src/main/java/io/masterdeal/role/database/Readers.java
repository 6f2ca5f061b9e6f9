package io.masterdeal.role.database;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The connections of queries: a pool of their own, so that queries, however many and slow, take none from writers. Everything is
 * limited: the number of queries at once, the wait for a connection, and the time for an answer.
 */
public final class Readers implements AutoCloseable {

    /** A cached plan made for other parameters, or for a nearly empty table, might not finish in time. */
    private static final String FIRST =
            "SET default_transaction_read_only = on; SET plan_cache_mode = force_custom_plan;"
                    + " SET statement_timeout = ";

    private final @Nullable PoolApart pool;

    private final JdbcClient jdbc;

    /**
     * The limits.
     *
     * @param connections how many queries may run at once, 1 or more
     * @param turn how long a query waits for a connection, 250 ms or more
     * @param answer how long PostgreSQL may take for one statement
     */
    public record Limits(int connections, Duration turn, Duration answer) {

        /**
         * @throws IllegalArgumentException if a limit is below its minimum
         */
        public Limits {
            if (connections < 1 || turn.toMillis() < 250 || answer.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "readers need at least 1 connection, 250 ms for their turn and 1 ms for" + " an answer, not "
                                + connections + ", " + turn + " and " + answer);
            }
        }
    }

    /**
     * Creates the pool; connections are opened when first needed.
     *
     * @param writers the pool of the writers, whose database, login and settings are copied
     * @param meters receives the metrics of the pool, named after the other with {@code -readers} appended
     */
    public Readers(DataSource writers, Limits limits, MeterRegistry meters) {
        this.pool = new PoolApart(writers, "readers", limits.connections(), meters, config -> {
            config.setConnectionTimeout(limits.turn().toMillis());
            config.setValidationTimeout(
                    Math.min(config.getValidationTimeout(), limits.turn().toMillis()));
            @Nullable String first = config.getConnectionInitSql();
            config.setConnectionInitSql((first == null ? "" : first + "; ")
                    + FIRST
                    + limits.answer().toMillis());
        });
        this.jdbc = JdbcClient.create(pool.connections());
    }

    private Readers(JdbcClient jdbc) {
        this.pool = null;
        this.jdbc = jdbc;
    }

    /** Readers with connections that someone else creates and closes. */
    public static Readers over(DataSource connections) {
        return new Readers(JdbcClient.create(connections));
    }

    /** Runs queries. Throws Spring's exceptions; {@link ReaderProblems} translates them. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
