package io.masterdeal.role.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A separate connection pool, so that two parts of a process cannot take each other's connections. */
public final class PoolApart implements AutoCloseable {

    private final HikariDataSource pool;

    /**
     * Creates the pool; connections are opened when first needed.
     *
     * @param other the pool whose database, login and settings are copied
     * @param name appended to the other pool's name
     * @param connections the most connections
     * @param meters receives the metrics of the pool
     * @param settings changes further settings
     * @throws IllegalArgumentException if the other pool is not one of HikariCP
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
