package io.masterdeal.console.alerts;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Is given what fires, each round, in the process that judges. Called by one thread. */
public interface RoundListener {
    /**
     * Decides whom to tell of what.
     *
     * @param alerts all that fire, and those that ended in the last hour
     * @param silences all that have not ended
     * @return the alerts of which channels are told now, as they are then
     */
    List<Alert> round(List<Alert> alerts, List<Silence> silences, Instant now);

    /**
     * Writes what the last round decided, in the transaction that writes the alerts. Not called while PostgreSQL is away; then later.
     *
     * @param connection of the schema of the console; the caller commits
     */
    void save(Connection connection) throws SQLException;

    /** What was written is committed. */
    void saved();

    /** This process begins to judge: what another one had left to do is to be taken over. */
    void takeOver(Connection connection) throws SQLException;
}
