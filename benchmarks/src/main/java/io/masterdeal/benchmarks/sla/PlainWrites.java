package io.masterdeal.benchmarks.sla;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.database.UuidArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What PostgreSQL could do at best: the rows that a deadline changes, changed by plain statements of 200 deals each, with nothing read,
 * locked, computed or published.
 */
final class PlainWrites {

    private static final int AT_ONCE = 200;

    private static final List<String> STATEMENTS = List.of(
            "UPDATE service.deals SET revision = revision + 2, sla_state = sla_state || '\\x00', sla_at = now(), updated_at = now()"
                    + " WHERE id = ANY (?)",
            "UPDATE service.sla_clocks SET state = 'running', breached_at = now() WHERE root_key = ANY"
                    + " (SELECT root_key FROM service.deals WHERE id = ANY (?)) AND policy = 'offer'",
            "UPDATE service.sla_deadlines SET due_at = due_at + interval '1 second' WHERE deal_id = ANY (?)",
            "INSERT INTO service.sla_statements (deal_id, policy, object, started_at, kind, percent, at, state, revision)"
                    + " SELECT id, 'offer', '', now(), 'breached', 100, now(), 'told', 2 FROM unnest(?) AS t (id)");

    private PlainWrites() {}

    /**
     * Writes those of all deals once.
     *
     * @param connections how many do so at once, each in transactions of its own
     * @return deals a second
     */
    static double perSecond(MeasuredPlatform platform, int connections)
            throws SQLException, InterruptedException, ExecutionException {
        List<UUID> deals = deals(platform);
        long begun = System.nanoTime();
        List<FutureTask<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            List<UUID> part = deals.subList(i * deals.size() / connections, (i + 1) * deals.size() / connections);
            FutureTask<Integer> task = new FutureTask<>(() -> write(platform, part));
            Thread.ofPlatform().name("plain-writes-" + i).start(task);
            tasks.add(task);
        }
        for (FutureTask<Integer> each : tasks) {
            each.get();
        }
        return deals.size() * 1e9 / (System.nanoTime() - begun);
    }

    private static int write(MeasuredPlatform platform, List<UUID> deals) throws SQLException {
        try (Connection connection = platform.connect()) {
            for (int from = 0; from < deals.size(); from += AT_ONCE) {
                List<UUID> some = deals.subList(from, Math.min(deals.size(), from + AT_ONCE));
                Transactions.runOnce(connection, it -> {
                    for (String each : STATEMENTS) {
                        try (PreparedStatement statement = it.prepareStatement(each)) {
                            statement.setObject(1, new UuidArray(some));
                            statement.executeUpdate();
                        }
                    }
                    return some.size();
                });
            }
        }
        return deals.size();
    }

    /** In no order that a table has. */
    private static List<UUID> deals(MeasuredPlatform platform) throws SQLException {
        List<UUID> deals = new ArrayList<>();
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM service.deals ORDER BY md5(id::text)")) {
            while (rows.next()) {
                deals.add(rows.getObject(1, UUID.class));
            }
        }
        return deals;
    }
}
