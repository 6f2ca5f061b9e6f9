package io.masterdeal.role.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Connections that are kept apart from those of the others in a process, so that neither takes the other's. */
public final class PoolApart implements AutoCloseable {

    private final HikariDataSource pool;

    /**
     * Makes the pool; connections are opened when they are needed first.
     *
     * @param other the pool whose database, login and settings are taken over
     * @param name what comes behind the other's name
     * @param connections how many at most
     * @param meters told of the pool
     * @param settings what else is to be other
     * @throws IllegalArgumentException if the other one is not of HikariCP
     */
    public PoolApart(
            DataSource other, String name, int connections, MeterRegistry meters, Consumer<HikariConfig> settings) {
        HikariConfig config = new HikariConfig();
        try {
            other.unwrap(HikariDataSource.class).copyStateTo(config);
        } catch (SQLException e) {
            throw new IllegalArgumentException("the pool " + other + " is not of HikariCP", e);
        }
        config.setPoolName(config.getPoolName() + "-" + name);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        settings.accept(config);
        this.pool = new HikariDataSource(config);
    }

    /** The connections. */
    public DataSource connections() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
