package io.masterdeal.router.servers;

import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.testbed.servers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.flywaydb.core.Flyway;

/** A database with the router's empty tables, for tests without a router. */
public final class LedgerDatabase implements AutoCloseable {

    private final HikariDataSource dataSource = new HikariDataSource();

    private final Transactions transactions;

    /**
     * @param name of the database, as PostgreSQL allows it
     */
    public LedgerDatabase(String name) {
        LocalAddresses at = TestServers.get().addresses();
        dataSource.setJdbcUrl(TestServers.get().createDatabase(name));
        dataSource.setUsername(at.postgresUser());
        dataSource.setPassword(at.postgresPassword());
        dataSource.setSchema("router");
        dataSource.setMaximumPoolSize(3);
        Flyway.configure()
                .dataSource(dataSource.getJdbcUrl(), at.postgresUser(), at.postgresPassword())
                .locations("classpath:masterdeal/router/migrations")
                .schemas("router")
                .defaultSchema("router")
                .load()
                .migrate();
        transactions = new Transactions(dataSource, new SimpleMeterRegistry());
    }

    /** Transactions in it. */
    public Transactions transactions() {
        return transactions;
    }

    /** Creates the partitions of the ledger's tables for a day. */
    public void addDay(OffsetDateTime midnight) throws SQLException {
        String suffix = "%tY%<tm%<td".formatted(midnight);
        for (String table : new String[] {"messages", "deliveries"}) {
            update("CREATE TABLE IF NOT EXISTS " + table + "_" + suffix + " PARTITION OF " + table
                    + " FOR VALUES FROM ('" + midnight + "') TO ('" + midnight.plusDays(1) + "')");
        }
    }

    /** Adds an event and its delivery to subscription 1, which is created if it does not exist. */
    public void addDelivery(long id, OffsetDateTime acceptedAt, String state) throws SQLException {
        update(
                "INSERT INTO subscriptions (name, version, definition, origin, changed_by)"
                        + " VALUES ('recorder', 1, ?::jsonb, 'api', 'operator') ON CONFLICT DO NOTHING",
                "{\"name\": \"recorder\", \"types\": [\"*\"], \"sink\": {\"type\": \"kafka\", \"topic\": \"partners\"}}");
        update(
                "INSERT INTO messages (id, accepted_at, topic, partition, \"offset\", event_id, type, subject, occurred_at, body)"
                        + " VALUES (?, ?, 'docflow.events', 0, ?, gen_random_uuid(), 'docflow.contract.signed',"
                        + " 'docflow:contract:K-1', ?, ?)",
                id,
                acceptedAt,
                id,
                acceptedAt,
                "{}".getBytes(StandardCharsets.UTF_8));
        update(
                "INSERT INTO deliveries (message_id, accepted_at, subscription, state, order_key, changed_at)"
                        + " VALUES (?, ?, 1, ?, 'docflow:contract:K-1', ?)",
                id,
                acceptedAt,
                state,
                acceptedAt);
    }

    /** The state of the delivery of an event. */
    public String state(long id) throws SQLException {
        return transactions
                .run(connection -> new Sql(connection)
                        .query("SELECT state FROM deliveries WHERE message_id = ?", row -> row.getString(1), id))
                .getFirst();
    }

    /** Runs a statement in its own transaction. */
    public int update(String statement, Object... values) throws SQLException {
        return transactions.run(connection -> new Sql(connection).update(statement, values));
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
