package io.masterdeal.queue.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** A schema for one test, created by the migrations of the queue. */
public final class Database {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Database() {}

    /** Creates a schema. */
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

    /** Connections to an existing schema. */
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
