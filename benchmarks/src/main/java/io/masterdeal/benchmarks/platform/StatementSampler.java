package io.masterdeal.benchmarks.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A sampling profiler of PostgreSQL: samples which statements run, so the share of samples with a statement is its share of the
 * time. It needs no extension of the server, and costs one query per sample.
 */
public final class StatementSampler implements AutoCloseable {

    private static final long EVERY_MS = 5;

    private static final int SHOWN = 100;

    private final Connection connection;

    private final Map<String, Integer> seen = new HashMap<>();

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread = Thread.ofPlatform().name("statement-sampler").unstarted(this::run);

    private volatile @Nullable SQLException failure;

    private int looks;

    private StatementSampler(Connection connection) {
        this.connection = connection;
    }

    /** Starts sampling. */
    public static StatementSampler start(MeasuredPlatform platform) throws SQLException {
        StatementSampler sampler = new StatementSampler(platform.connect());
        sampler.thread.start();
        return sampler;
    }

    private void run() {
        try (PreparedStatement look = connection.prepareStatement("""
                SELECT CASE WHEN state = 'active' THEN 'run ' ELSE 'idle in transaction after ' END
                    || coalesce(wait_event_type || '/' || wait_event, '') || ' '
                    || left(regexp_replace(query, '\\s+', ' ', 'g'), ?)
                FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
                    AND state IN ('active', 'idle in transaction')
                """)) {
            look.setInt(1, SHOWN);
            while (!stopped.await(EVERY_MS, TimeUnit.MILLISECONDS)) {
                looks++;
                try (ResultSet rows = look.executeQuery()) {
                    while (rows.next()) {
                        seen.merge(rows.getString(1), 1, Integer::sum);
                    }
                }
            }
        } catch (SQLException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Share of the time, 0 to 1 and more if several run at once, by state, wait and beginning of the statement. */
    public record Share(String statement, double share) {}

    /** Stops sampling; the greatest share first. */
    public List<Share> shares() throws SQLException {
        close();
        SQLException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return seen.entrySet().stream()
                .map(it -> new Share(it.getKey(), (double) it.getValue() / Math.max(1, looks)))
                .sorted(Comparator.comparingDouble(Share::share).reversed())
                .toList();
    }

    @Override
    public void close() throws SQLException {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
