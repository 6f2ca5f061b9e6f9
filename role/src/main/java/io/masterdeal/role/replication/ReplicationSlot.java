package io.masterdeal.role.replication;

import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * A logical replication slot with the plugin pgoutput, and the publication of the same name. PostgreSQL keeps in it how far its
 * reader is, and all log from there on.
 *
 * <p>If a slot is lost, or another one is in its place, its reader may have missed changes. So the reader writes down which slot it
 * reads and how far it is, before it confirms that to PostgreSQL, and compares at every start ({@link #mismatch}).
 *
 * @param name of the slot and of the publication: lower-case letters, digits, {@code _}
 * @param receiver where its reader takes the log, as messages name it, such as {@code Kafka}
 */
public record ReplicationSlot(String name, String receiver) {

    private static final String PLUGIN = "pgoutput";

    /**
     * What PostgreSQL has.
     *
     * @param confirmed up to where the log is confirmed
     * @param walStatus {@code lost} if PostgreSQL removed log that was not read; null if unknown
     * @param plugin null of a physical slot
     */
    public record State(
            LogSequenceNumber confirmed,
            @Nullable String walStatus,
            @Nullable String plugin) {}

    /**
     * What its reader has written down.
     *
     * @param systemIdentifier of the PostgreSQL cluster with the slot
     * @param acknowledged up to where the receiver has the log
     */
    public record Position(String systemIdentifier, LogSequenceNumber acknowledged) {}

    /** Checks the name, which is part of statements. */
    public ReplicationSlot {
        if (!name.matches("[a-z0-9_]{1,63}")) {
            throw new IllegalArgumentException(
                    "the replication slot '" + name + "' may have lower-case letters, digits and _ in its name only");
        }
    }

    /** Creates the publication unless it is there: of no tables, so only messages are read. */
    public void createPublicationIfMissing(Connection connection) throws SQLException {
        if (new Sql(connection)
                .query("SELECT 1 FROM pg_publication WHERE pubname = ?", row -> row.getInt(1), name)
                .isEmpty()) {
            execute(connection, "CREATE PUBLICATION " + name);
        }
    }

    /** Creates the slot at the end of the log. */
    public void create(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_create_logical_replication_slot('" + name + "', '" + PLUGIN + "')");
    }

    /**
     * Drops the slot.
     *
     * @throws SQLException also if somebody reads from it
     */
    public void drop(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_drop_replication_slot('" + name + "')");
    }

    /** What PostgreSQL has of the slot; empty if there is none of the name. */
    public Optional<State> state(Connection connection) throws SQLException {
        List<State> states = new Sql(connection)
                .query(
                        """
                        SELECT coalesce(confirmed_flush_lsn, '0/0')::text, wal_status, plugin FROM pg_replication_slots
                        WHERE slot_name = ?
                        """,
                        row -> new State(
                                LogSequenceNumber.valueOf(row.getString(1)), row.getString(2), row.getString(3)),
                        name);
        return states.stream().findFirst();
    }

    /**
     * Compares what the reader has written down with what PostgreSQL has. The state has to be read before the position: a reader
     * that runs meanwhile writes down first and moves the slot then, so the slot cannot seem to be ahead.
     *
     * @param position null if nothing is written down
     * @param state null if there is no slot
     * @return why changes may have been missed, a sentence; empty if the slot fits
     */
    public Optional<String> mismatch(Connection connection, @Nullable Position position, @Nullable State state)
            throws SQLException {
        return Optional.ofNullable(difference(systemIdentifier(connection), position, state));
    }

    private @Nullable String difference(String systemIdentifier, @Nullable Position position, @Nullable State state) {
        if (state == null) {
            return "Replication slot " + name + " is missing: events committed since may not have been published.";
        }
        if (position == null) {
            return "Replication slot " + name + " is there, but this database knows nothing of it.";
        }
        if (!position.systemIdentifier().equals(systemIdentifier)) {
            return "The database was moved to another PostgreSQL (system " + systemIdentifier + ", it was "
                    + position.systemIdentifier() + "), whose slot " + name + " is not ours.";
        }
        if (!PLUGIN.equals(state.plugin())) {
            return "Replication slot " + name + " uses " + state.plugin() + ", not pgoutput: it is not ours.";
        }
        if ("lost".equals(state.walStatus())) {
            return "Replication slot " + name + " is lost: PostgreSQL removed log that was not read yet"
                    + " (see max_slot_wal_keep_size).";
        }
        if (state.confirmed().compareTo(position.acknowledged()) > 0) {
            return "Replication slot " + name + " was recreated or moved on by somebody else: it stands at "
                    + state.confirmed().asString() + ", " + receiver + " has acknowledged "
                    + position.acknowledged().asString() + ".";
        }
        return null;
    }

    /** Identifies the PostgreSQL cluster: a copy of the database elsewhere has another one. */
    public static String systemIdentifier(Connection connection) throws SQLException {
        return new Sql(connection)
                .query("SELECT system_identifier::text FROM pg_control_system()", row -> row.getString(1))
                .getFirst();
    }

    /** Ends the connection of the process that reads from the slot, if there is one: it may be frozen or cut off. */
    public void disconnectReader(Connection connection) throws SQLException {
        execute(
                connection,
                "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE slot_name = '" + name
                        + "' AND active_pid IS NOT NULL");
    }

    /**
     * Reads from the slot, from where it stands; messages too ({@link WalMessage.Content}). What is confirmed is only what the
     * reader says: the driver must not confirm on its own what the receiver does not have.
     *
     * @param replication from {@link ReplicationSource#openForReplication}
     */
    public PGReplicationStream stream(Connection replication) throws SQLException {
        return replication
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(name)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", name)
                .withSlotOption("messages", true)
                .withStatusInterval(5, TimeUnit.SECONDS)
                .withAutomaticFlush(false)
                .start();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
