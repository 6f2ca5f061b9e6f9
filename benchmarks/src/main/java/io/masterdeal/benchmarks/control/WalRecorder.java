package io.masterdeal.benchmarks.control;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.role.replication.ReplicationSlot;
import io.masterdeal.role.replication.ReplicationSource;
import io.masterdeal.role.replication.WalMessage;
import io.masterdeal.service.publish.OutboxRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.PGReplicationStream;

/**
 * Records what the service writes, from PostgreSQL's write-ahead log: a second replication slot keeps the log from the
 * moment the recorder is set up, and it is decoded after the run, so the run is like any other.
 */
public final class WalRecorder {

    private static final String SCHEMA = "service";

    private static final String OUTBOX = "masterdeal." + SCHEMA;

    private static final String NAME = "recording";

    private static final ReplicationSlot SLOT = new ReplicationSlot(NAME, "the recording");

    private static final String END = "recording.end";

    /** How long to wait for the next change before giving up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * What the service's processes write about themselves, not about events; and the counts, which are summed up in the
     * background and partly by triggers: the control does not have to write them.
     */
    private static final List<String> NOT_RECORDED = List.of(
            "flyway_schema_history",
            "relay_slot",
            "leases",
            "parked_events",
            "relay_incidents",
            "active_rules",
            "active_sla",
            "active_settings",
            "active_fields",
            "rule_set_history",
            "operator_actions",
            "operations",
            "operation_items",
            "orphan_dismissals",
            "what_if_jobs",
            "what_if_changes",
            "intake_incidents",
            "counts");

    private final MeasuredPlatform platform;

    private final List<RecordedTable> tables;

    private final Map<String, RowChanges> byName = new HashMap<>();

    private final Map<Integer, RowChanges> byNumber = new HashMap<>();

    private final List<RecordedTransaction.Message> messages = new ArrayList<>();

    private WalRecorder(MeasuredPlatform platform, List<RecordedTable> tables) {
        this.platform = platform;
        this.tables = tables;
        tables.forEach(table -> byName.put(table.name(), new RowChanges(table)));
    }

    /** Sets the recorder up. The service's tables have to be there, and empty; everything from now on is recorded. */
    public static WalRecorder begin(MeasuredPlatform platform) throws SQLException {
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement()) {
            List<RecordedTable> tables = tables(connection);
            statement.execute("CREATE PUBLICATION " + NAME + " FOR TABLE "
                    + tables.stream().map(it -> SCHEMA + "." + it.name()).collect(Collectors.joining(", ")));
            SLOT.create(connection);
            return new WalRecorder(platform, tables);
        }
    }

    private static List<RecordedTable> tables(Connection connection) throws SQLException {
        Map<String, List<RecordedColumn>> columns = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                    EXISTS (SELECT 1 FROM pg_index i
                        WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)),
                    coalesce(pg_get_expr(d.adbin, d.adrelid) = 'transaction_timestamp()', false)
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
                    AND a.attgenerated = '' -- PostgreSQL makes these itself, and the log does not have them
                    AND c.relname <> ALL (?)
                ORDER BY c.relname, a.attnum
                """)) {
            query.setString(1, SCHEMA);
            query.setArray(2, connection.createArrayOf("text", NOT_RECORDED.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(new RecordedColumn(
                                    row.getString(2),
                                    row.getString(3),
                                    row.getBoolean(4),
                                    row.getBoolean(5),
                                    false,
                                    null));
                }
            }
        }
        List<RecordedTable> tables = new ArrayList<>();
        columns.forEach((name, them) -> tables.add(new RecordedTable(name, them)));
        return tables;
    }

    /**
     * Decodes what was written since {@link #begin}; the slot is gone then. Nothing may write meanwhile.
     *
     * @param directory where the recording's files are put
     * @throws IllegalStateException if the log has what a recording cannot express, or does not end
     */
    public Recording finish(Path directory) throws SQLException, IOException, InterruptedException {
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement();
                RecordingWriter writer = new RecordingWriter(directory, SCHEMA, tables)) {
            statement.execute("SELECT pg_logical_emit_message(true, '" + END + "', '')");
            try (Connection replication = replication();
                    PGReplicationStream stream = SLOT.stream(replication)) {
                decode(stream, writer);
            }
            drop(connection);
            return writer.finish();
        }
    }

    /** The server notices with a delay that the slot is no longer read. */
    private static void drop(Connection connection) throws SQLException, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Statement statement = connection.createStatement()) {
                SLOT.drop(connection);
                statement.execute("DROP PUBLICATION " + NAME);
                return;
            } catch (SQLException e) {
                if (!"55006".equals(e.getSQLState()) || System.nanoTime() > giveUp) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private void decode(PGReplicationStream stream, RecordingWriter writer)
            throws SQLException, IOException, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            ByteBuffer buffer = stream.readPending();
            if (buffer == null) {
                if (System.nanoTime() > giveUp) {
                    throw new IllegalStateException("the log does not end");
                }
                TimeUnit.MILLISECONDS.sleep(2);
                continue;
            }
            giveUp = System.nanoTime() + PATIENCE.toNanos();
            WalMessage change = WalMessage.read(buffer);
            if (change instanceof WalMessage.Content message && message.prefix().equals(END)) {
                return;
            }
            take(change, writer);
        }
    }

    private void take(@Nullable WalMessage change, RecordingWriter writer) throws IOException {
        switch (change) {
            case WalMessage.TransactionStart _ -> {
                // Its changes follow.
            }
            case WalMessage.Relation relation -> {
                RowChanges changes = Objects.requireNonNull(byName.get(relation.table()), relation.table());
                changes.comeAs(relation);
                byNumber.put(relation.number(), changes);
            }
            case WalMessage.Insert insert -> changes(insert.relation()).insert(insert.row());
            case WalMessage.Update update -> changes(update.relation()).update(update.oldKey(), update.row());
            case WalMessage.Delete delete -> changes(delete.relation()).delete(delete.key());
            case WalMessage.Content message -> {
                if (message.transactional() && message.prefix().equals(OUTBOX)) {
                    byte[] content = message.content().array();
                    byte[] key = OutboxRecord.read(message.content()).key();
                    messages.add(new RecordedTransaction.Message(Arrays.hashCode(key), content));
                }
            }
            case WalMessage.Commit _ -> {
                writer.add(List.copyOf(byName.values()), List.copyOf(messages));
                messages.clear();
            }
            case WalMessage.Truncate _ ->
                throw new IllegalStateException("a table was emptied by TRUNCATE while the tape was recorded");
            case null -> {}
        }
    }

    private RowChanges changes(int relation) {
        return Objects.requireNonNull(byNumber.get(relation), "a table that was not announced");
    }

    private Connection replication() throws SQLException {
        LocalAddresses at = platform.addresses();
        return new ReplicationSource(at.jdbcUrl(), at.postgresUser(), at.postgresPassword(), SCHEMA, NAME)
                .openForReplication();
    }
}
