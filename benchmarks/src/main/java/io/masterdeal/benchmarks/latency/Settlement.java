package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Schedule;
import io.masterdeal.benchmarks.stand.Stand;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits until all that a burden brought is folded. Looks only once the last of it is due, so as not to be a burden too. */
final class Settlement implements Callable<LatencyResult.Settled> {

    private static final long PATIENCE_S = 60;

    private static final long LOOK_EVERY_MS = 50;

    private final Stand stand;

    private final Burden burden;

    private final long lastDue;

    /**
     * @param startNanos when the burden begins, by {@link System#nanoTime}
     */
    Settlement(Stand stand, Burden burden, long startNanos) {
        this.stand = stand;
        this.burden = burden;
        this.lastDue = startNanos + burden.calls().getLast().dueNanos();
    }

    /** Waits until every deal it concerns has its facts, but not for ever. */
    @Override
    public LatencyResult.Settled call() throws InterruptedException, SQLException {
        Schedule.awaitDue(lastDue);
        try (Connection connection = stand.connect();
                PreparedStatement query = connection.prepareStatement("""
                        SELECT count(*) FILTER (WHERE facts >= ?) FROM service.deals WHERE id = ANY (?)
                        """)) {
            query.setInt(1, burden.facts());
            query.setArray(2, connection.createArrayOf("uuid", burden.deals().toArray()));
            while (true) {
                double seconds = (System.nanoTime() - lastDue) / 1e9;
                long done = done(query);
                if (done == burden.deals().size() || seconds > PATIENCE_S) {
                    return new LatencyResult.Settled(burden.deals().size(), done, seconds);
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
