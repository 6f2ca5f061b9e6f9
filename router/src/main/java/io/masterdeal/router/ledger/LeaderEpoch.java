package io.masterdeal.router.ledger;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.SQLException;

/**
 * The epoch of the leader. A former leader that does not know it yet, because its connection to PostgreSQL broke or it was
 * paused, is fenced: it can no longer accept or note anything. Thread-safe.
 */
public final class LeaderEpoch {

    private final Transactions transactions;

    private volatile long number = -1;

    /**
     * @param transactions in the router's schema
     */
    public LeaderEpoch(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Begins a new epoch, which ends all earlier ones. */
    public void begin() throws SQLException {
        number = transactions
                .run(connection -> new Sql(connection)
                        .query("UPDATE terms SET number = number + 1 RETURNING number", row -> row.getLong(1)))
                .getFirst();
    }

    /**
     * Ensures that this process has the current epoch until the transaction ends.
     *
     * @throws FencedException if another process has begun a newer epoch
     */
    void check(Sql sql) throws SQLException {
        long now = sql.query("SELECT number FROM terms FOR SHARE", row -> row.getLong(1))
                .getFirst();
        if (now != number) {
            throw new FencedException("another router is the leader now: its epoch is " + now + ", ours was " + number);
        }
    }
}
