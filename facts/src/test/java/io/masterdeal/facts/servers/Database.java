package io.masterdeal.facts.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.role.database.UuidArray;
import io.masterdeal.testbed.servers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A schema of its own for one test, as the migrations make it. */
public final class Database implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static boolean deadlocksAreFoundSoon;

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
        return create(TestServers.get().addresses().jdbcUrl());
    }

    /** Makes a new schema for very many small transactions: what a crash of PostgreSQL would do is not asked there. */
    public static Database createWithoutWaitingForTheDisk() {
        return create(TestServers.get().addresses().jdbcUrl(), "SET synchronous_commit = off");
    }

    /** Makes a new schema in a database. */
    public static Database create(String url) {
        return create(url, "SELECT 1");
    }

    private static Database create(String url, String firstStatement) {
        findDeadlocksSoon();
        LocalAddresses at = TestServers.get().addresses();
        String schema = "test_" + COUNT.incrementAndGet();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(at.postgresUser());
        config.setPassword(at.postgresPassword());
        config.setSchema(schema);
        config.setMaximumPoolSize(25);
        config.setMinimumIdle(0);
        config.setConnectionInitSql(firstStatement);
        config.setPoolName(schema);
        config.addDataSourceProperty("binaryTransferEnable", UuidArray.BINARY); // As the service has it.
        Flyway.configure()
                .dataSource(url, at.postgresUser(), at.postgresPassword())
                .locations("classpath:masterdeal/service/migrations", "classpath:masterdeal/queue/migrations")
                .schemas(schema)
                .defaultSchema(schema)
                .load()
                .migrate();
        return new Database(schema, new HikariDataSource(config));
    }

    /** Transactions are driven into each other on purpose here; to wait a second for each deadlock would take hours. */
    private static synchronized void findDeadlocksSoon() {
        if (deadlocksAreFoundSoon) {
            return;
        }
        try (Connection connection = TestServers.get().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET deadlock_timeout = '20ms'");
            statement.execute("SELECT pg_reload_conf()");
            deadlocksAreFoundSoon = true;
        } catch (SQLException e) {
            throw new IllegalStateException("the superuser of the tests' PostgreSQL cannot set it up", e);
        }
    }

    /** The name of the schema. */
    public String schema() {
        return schema;
    }

    /** Connections to the schema. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** How many connections are lent at the moment. */
    public int activeConnections() {
        return dataSource.getHikariPoolMXBean().getActiveConnections();
    }

    /** Statements in the schema, each committed at once. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Empties the tables of facts and deals. */
    public void clear() {
        jdbc.sql(
                        "TRUNCATE event_ids, facts, retractions, objects, links, deal_references, placements, deals,"
                                + " pending_folds, active_rules, active_sla, active_settings, effects, counts, orphans, queue_due, queue_dead_letters")
                .update();
        jdbc.sql("TRUNCATE intake_positions, intake_parts, intake_incidents").update();
        jdbc.sql("TRUNCATE sla_clocks, sla_deadlines, sla_statements, deal_revisions")
                .update();
        jdbc.sql("TRUNCATE deal_fields, active_fields, rule_set_history, operator_actions, operations, operation_items,"
                        + " orphan_dismissals, what_if_jobs, what_if_changes")
                .update();
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
