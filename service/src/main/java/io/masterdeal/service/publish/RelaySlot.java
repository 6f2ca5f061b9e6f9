package io.masterdeal.service.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replication slot the relay reads from. A slot keeps the place in the write-ahead log; if it is lost or another one
 * stands in its stead, events may have been missed. So what the slot is and how far Kafka has acknowledged is written
 * down in a table before PostgreSQL is told, and compared at every start. A slot that does not fit is never taken
 * silently: it is an incident, a new slot is made, and all deals are published anew as snapshots.
 */
final class RelaySlot {

    private static final Logger log = LoggerFactory.getLogger(RelaySlot.class);

    /** The first half of an advisory lock's key; the second is the schema. */
    private static final int SETUP_LOCK = 0x6d640002;

    private final DataSource dataSource;

    private final String name;

    private final Runnable republish;

    /**
     * @param name of the slot and of the publication
     * @param republish marks all deals to be published anew
     */
    RelaySlot(DataSource dataSource, String name, Runnable republish) {
        this.dataSource = dataSource;
        this.name = name;
        this.republish = republish;
    }

    String name() {
        return name;
    }

    /** What is written down of the slot. */
    private record Recorded(String systemIdentifier, LogSequenceNumber acknowledged) {}

    /** What PostgreSQL has. */
    private record Actual(
            LogSequenceNumber confirmed,
            @Nullable String walStatus,
            @Nullable String plugin) {}

    /**
     * Makes sure that there is a slot and that it is ours. Everything committed after this returns will be relayed.
     *
     * @return the incident, if the slot had to be made anew
     */
    Optional<String> ensure() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            execute(connection, "SELECT pg_advisory_lock(?, hashtext(current_schema()))", SETUP_LOCK);
            try {
                return ensure(connection);
            } finally {
                execute(connection, "SELECT pg_advisory_unlock(?, hashtext(current_schema()))", SETUP_LOCK);
            }
        }
    }

    private Optional<String> ensure(Connection connection) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_publication WHERE pubname = ?")) {
            execute(connection, "CREATE PUBLICATION " + name);
        }
        // In this order: a relay that runs meanwhile writes down first and moves the slot then, so what is read of the
        // slot first can never be ahead of what is read second.
        Actual actual = actual(connection);
        Recorded recorded = recorded(connection);
        if (recorded == null && actual == null && !publishedBefore(connection)) {
            create(connection);
            record(connection);
            log.info("made replication slot {}", name);
            return Optional.empty();
        }
        String incident = judge(recorded, actual, systemIdentifier(connection));
        if (incident == null) {
            return Optional.empty();
        }
        log.error("{} A new slot is made, and every deal is published anew as a snapshot.", incident);
        if (actual != null) {
            execute(connection, "SELECT pg_drop_replication_slot(?)", name);
        }
        create(connection);
        report(connection, incident, "A new slot was made and every deal is published anew with snapshot=true.");
        republish.run();
        // Last: as long as the new slot is not written down it does not fit, and who comes after a crash here does all
        // of
        // this again.
        record(connection);
        return Optional.of(incident);
    }

    private @Nullable String judge(@Nullable Recorded recorded, @Nullable Actual actual, String systemIdentifier) {
        if (actual == null) {
            return "Replication slot " + name + " is missing: events committed since may not have been published.";
        }
        if (recorded == null) {
            return "Replication slot " + name + " is there, but this database knows nothing of it.";
        }
        if (!recorded.systemIdentifier().equals(systemIdentifier)) {
            return "The database was moved to another PostgreSQL (system " + systemIdentifier + ", it was "
                    + recorded.systemIdentifier() + "), whose slot " + name + " is not ours.";
        }
        if (!"pgoutput".equals(actual.plugin())) {
            return "Replication slot " + name + " uses " + actual.plugin() + ", not pgoutput: it is not ours.";
        }
        if ("lost".equals(actual.walStatus())) {
            return "Replication slot " + name + " is lost: PostgreSQL removed log that was not read yet"
                    + " (see max_slot_wal_keep_size).";
        }
        if (actual.confirmed().compareTo(recorded.acknowledged()) > 0) {
            return "Replication slot " + name + " was recreated or moved on by somebody else: it stands at "
                    + actual.confirmed().asString() + ", Kafka has acknowledged "
                    + recorded.acknowledged().asString() + ".";
        }
        return null;
    }

    /**
     * How often the slot had to be made anew, since the database was made.
     *
     * @throws IllegalStateException if PostgreSQL does not tell
     */
    long incidents() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM relay_incidents");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the incidents of the relay cannot be counted", e);
        }
    }

    /**
     * Notes that the database is behind what was published, and has every deal published anew.
     *
     * @param incident what was seen
     */
    void wentBack(Connection connection, String incident) throws SQLException {
        log.error("{} Every deal is published anew as a snapshot, in a greater epoch.", incident);
        republish.run();
        report(connection, incident, "Every deal is published anew with snapshot=true, in a greater epoch.");
    }

    /** Ends the connection of whoever reads from the slot: it relayed before, and may be frozen or cut off. */
    void free(Connection connection) throws SQLException {
        execute(connection, """
                SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots
                WHERE slot_name = ? AND active_pid IS NOT NULL
                """, name);
    }

    /** Writes down how far Kafka has acknowledged. Only after that PostgreSQL may be told. */
    void acknowledge(Connection connection, LogSequenceNumber lsn) throws SQLException {
        execute(connection, """
                UPDATE relay_slot SET acknowledged_lsn = greatest(acknowledged_lsn, ?::pg_lsn), updated_at = now()
                WHERE slot_name = ?
                """, lsn.asString(), name);
    }

    private void create(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_create_logical_replication_slot(?, 'pgoutput')", name);
    }

    private void record(Connection connection) throws SQLException {
        execute(connection, """
                INSERT INTO relay_slot (slot_name, system_identifier, acknowledged_lsn)
                SELECT slot_name, ?, confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = ?
                ON CONFLICT (slot_name) DO UPDATE SET system_identifier = excluded.system_identifier,
                    acknowledged_lsn = excluded.acknowledged_lsn, created_at = now(), updated_at = now()
                """, systemIdentifier(connection), name);
    }

    private static void report(Connection connection, String incident, String cure) throws SQLException {
        execute(connection, "INSERT INTO relay_incidents (what, cure) VALUES (?, ?)", incident, cure);
    }

    private @Nullable Recorded recorded(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT system_identifier, acknowledged_lsn::text FROM relay_slot WHERE slot_name = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? new Recorded(row.getString(1), LogSequenceNumber.valueOf(row.getString(2))) : null;
            }
        }
    }

    private @Nullable Actual actual(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT coalesce(confirmed_flush_lsn, '0/0')::text, wal_status, plugin FROM pg_replication_slots
                WHERE slot_name = ?
                """)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new Actual(LogSequenceNumber.valueOf(row.getString(1)), row.getString(2), row.getString(3))
                        : null;
            }
        }
    }

    private static boolean publishedBefore(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT EXISTS (SELECT 1 FROM deals WHERE revision > 0)");
                ResultSet row = query.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static String systemIdentifier(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT system_identifier::text FROM pg_control_system()");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private boolean exists(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
