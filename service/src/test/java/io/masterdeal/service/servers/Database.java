package io.masterdeal.service.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.local.LocalAddresses;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A schema of its own for one test, as the migrations make it. */
public final class Database implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String schema;

    private final HikariDataSource dataSource;

    private final JdbcClient jdbc;

    private Database(String schema, HikariDataSource dataSource) {
        this.schema = schema;
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Makes a new schema. */
    public static Database create() {
        LocalAddresses at = Servers.postgres().addresses();
        String schema = "test_" + COUNT.incrementAndGet();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(at.jdbcUrl());
        config.setUsername(at.postgresUser());
        config.setPassword(at.postgresPassword());
        config.setSchema(schema);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(0);
        // What a crash of PostgreSQL would take away is no question of these tests; waiting for the disk is slow.
        config.setConnectionInitSql("SET synchronous_commit = off");
        config.setPoolName(schema);
        Flyway.configure()
                .dataSource(at.jdbcUrl(), at.postgresUser(), at.postgresPassword())
                .locations("classpath:masterdeal/migrations")
                .schemas(schema)
                .defaultSchema(schema)
                .load()
                .migrate();
        return new Database(schema, new HikariDataSource(config));
    }

    /** The name of the schema. */
    public String schema() {
        return schema;
    }

    /** Connections to the schema. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Statements in the schema, each committed at once. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Empties the tables of facts and deals. */
    public void clear() {
        jdbc.sql("TRUNCATE event_ids, facts, retractions, objects, links, deal_references, placements, deals,"
                        + " pending_folds, active_rules")
                .update();
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
