package io.masterdeal.queue.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** A schema of its own for one test, as the migrations of the queue make it. */
public final class Database {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Database() {}

    /** Makes a new schema. */
    public static HikariDataSource create() {
        LocalAddresses at = TestServers.get().addresses();
        String schema = "test_" + COUNT.incrementAndGet();
        Flyway.configure()
                .dataSource(at.jdbcUrl(), at.postgresUser(), at.postgresPassword())
                .locations("classpath:masterdeal/queue/migrations")
                .table("queue_schema_history")
                .schemas(schema)
                .defaultSchema(schema)
                .load()
                .migrate();
        return open(at.jdbcUrl(), at.postgresUser(), at.postgresPassword(), schema);
    }

    /** Connections to a schema that is there. */
    public static HikariDataSource open(String url, String user, String password, String schema) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setSchema(schema);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setPoolName(schema);
        return new HikariDataSource(config);
    }
}
