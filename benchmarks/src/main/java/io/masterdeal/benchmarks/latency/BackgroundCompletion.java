package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Schedule;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Waits until all events of a background load are folded. Polls only after the last of them is due, so as not to add load itself.
 */
final class BackgroundCompletion implements Callable<LatencyResult.Settled> {

    private static final long PATIENCE_S = 60;

    private static final long LOOK_EVERY_MS = 50;

    private final MeasuredPlatform platform;

    private final BackgroundLoad background;

    private final long lastDue;

    /**
     * @param startNanos when the background load begins, by {@link System#nanoTime}
     */
    BackgroundCompletion(MeasuredPlatform platform, BackgroundLoad background, long startNanos) {
        this.platform = platform;
        this.background = background;
        this.lastDue = startNanos + background.calls().getLast().dueNanos();
    }

    /** Waits until every deal it concerns has its facts, up to a limit. */
    @Override
    public LatencyResult.Settled call() throws InterruptedException, SQLException {
        Schedule.awaitDue(lastDue);
        try (Connection connection = platform.connect();
                PreparedStatement query = connection.prepareStatement("""
                        SELECT count(*) FILTER (WHERE facts >= ?) FROM service.deals WHERE id = ANY (?)
                        """)) {
            query.setInt(1, background.facts());
            query.setArray(
                    2, connection.createArrayOf("uuid", background.deals().toArray()));
            while (true) {
                double seconds = (System.nanoTime() - lastDue) / 1e9;
                long done = done(query);
                if (done == background.deals().size() || seconds > PATIENCE_S) {
                    return new LatencyResult.Settled(background.deals().size(), done, seconds);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
        }
    }

    private static long done(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
