package io.masterdeal.router.ledger;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.SQLException;

/**
 * The term of office of the process that delivers. Whoever lost it without knowing, because its connection to PostgreSQL broke or
 * it was paused, can accept and note nothing any more. Thread-safe.
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

    /** Begins a new one, which ends all before. */
    public void begin() throws SQLException {
        number = transactions
                .run(connection -> new Sql(connection)
                        .query("UPDATE terms SET number = number + 1 RETURNING number", row -> row.getLong(1)))
                .getFirst();
    }

    /**
     * Makes sure that it is this process's term until a transaction ends.
     *
     * @throws FencedException if another has begun since
     */
    void check(Sql sql) throws SQLException {
        long now = sql.query("SELECT number FROM terms FOR SHARE", row -> row.getLong(1))
                .getFirst();
        if (now != number) {
            throw new FencedException("another router delivers since: its term is " + now + ", ours was " + number);
        }
    }
}
