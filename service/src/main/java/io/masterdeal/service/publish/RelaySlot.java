package io.masterdeal.service.publish;

import io.masterdeal.role.replication.ReplicationSlot;
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
 * The replication slot the relay reads from, and what the service's tables say of it: which slot it is and how far Kafka has
 * acknowledged. A slot that does not fit is never taken silently: it is an incident, a new slot is made, and all deals are
 * published anew as snapshots.
 */
final class RelaySlot {

    private static final Logger log = LoggerFactory.getLogger(RelaySlot.class);

    /** The first half of an advisory lock's key; the second is the schema. */
    private static final int SETUP_LOCK = 0x6d640002;

    private final DataSource dataSource;

    private final ReplicationSlot slot;

    private final Runnable republish;

    /**
     * @param name of the slot and of the publication
     * @param republish marks all deals to be published anew
     */
    RelaySlot(DataSource dataSource, String name, Runnable republish) {
        this.dataSource = dataSource;
        this.slot = new ReplicationSlot(name, "Kafka");
        this.republish = republish;
    }

    /** What PostgreSQL has of it. */
    ReplicationSlot slot() {
        return slot;
    }

    String name() {
        return slot.name();
    }

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
        slot.createPublicationIfMissing(connection);
        ReplicationSlot.State state = slot.state(connection).orElse(null);
        ReplicationSlot.Position position = position(connection);
        if (position == null && state == null && !publishedBefore(connection)) {
            slot.create(connection);
            record(connection);
            log.info("made replication slot {}", name());
            return Optional.empty();
        }
        Optional<String> mismatch = slot.mismatch(connection, position, state);
        if (mismatch.isEmpty()) {
            return Optional.empty();
        }
        String incident = mismatch.get();
        log.error("{} A new slot is made, and every deal is published anew as a snapshot.", incident);
        if (state != null) {
            slot.drop(connection);
        }
        slot.create(connection);
        report(connection, incident, "A new slot was made and every deal is published anew with snapshot=true.");
        republish.run();
        // Last: until the new slot is written down it does not fit, and after a crash here all of this is done again.
        record(connection);
        return Optional.of(incident);
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

    /** Writes down how far Kafka has acknowledged. Only after that PostgreSQL may be told. */
    void acknowledge(Connection connection, LogSequenceNumber lsn) throws SQLException {
        execute(connection, """
                UPDATE relay_slot SET acknowledged_lsn = greatest(acknowledged_lsn, ?::pg_lsn), updated_at = now()
                WHERE slot_name = ?
                """, lsn.asString(), name());
    }

    private void record(Connection connection) throws SQLException {
        execute(connection, """
                INSERT INTO relay_slot (slot_name, system_identifier, acknowledged_lsn)
                SELECT slot_name, ?, confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = ?
                ON CONFLICT (slot_name) DO UPDATE SET system_identifier = excluded.system_identifier,
                    acknowledged_lsn = excluded.acknowledged_lsn, created_at = now(), updated_at = now()
                """, ReplicationSlot.systemIdentifier(connection), name());
    }

    private static void report(Connection connection, String incident, String cure) throws SQLException {
        execute(connection, "INSERT INTO relay_incidents (what, cure) VALUES (?, ?)", incident, cure);
    }

    private ReplicationSlot.@Nullable Position position(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT system_identifier, acknowledged_lsn::text FROM relay_slot WHERE slot_name = ?")) {
            query.setString(1, name());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new ReplicationSlot.Position(row.getString(1), LogSequenceNumber.valueOf(row.getString(2)))
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

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
