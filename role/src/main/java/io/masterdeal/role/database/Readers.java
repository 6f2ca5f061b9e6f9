package io.masterdeal.role.database;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The connections of those who only ask: a pool of their own, so that questions, however many and however slow, take none from those
 * who write. It has an end to everything: so many questions at once, so long for a turn, so long for an answer.
 */
public final class Readers implements AutoCloseable {

    /** A plan that was made for other parameters, or for a table that was nearly empty, would be kept and not end in time. */
    private static final String FIRST =
            "SET default_transaction_read_only = on; SET plan_cache_mode = force_custom_plan;"
                    + " SET statement_timeout = ";

    private final @Nullable PoolApart pool;

    private final JdbcClient jdbc;

    /**
     * How much they get.
     *
     * @param connections how many questions may be asked at once, 1 or more
     * @param turn how long one waits for its turn, 250 ms or more
     * @param answer how long PostgreSQL may take for one statement
     */
    public record Limits(int connections, Duration turn, Duration answer) {

        /**
         * @throws IllegalArgumentException if there is less than the least
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
     * Makes the pool; connections are opened when they are needed first.
     *
     * @param writers the pool of the others, whose database, login and settings are taken over
     * @param meters told of the pool, under the name of the other with {@code -readers}
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

    /** Readers with connections that somebody else makes and closes. */
    public static Readers over(DataSource connections) {
        return new Readers(JdbcClient.create(connections));
    }

    /** Asks. Throws Spring's exceptions; {@link ReaderProblems} puts them into words. */
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
