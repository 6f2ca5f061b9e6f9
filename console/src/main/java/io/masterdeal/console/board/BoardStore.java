package io.masterdeal.console.board;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * The board in PostgreSQL: cards, the trend, and how far the topic is read, changed together in one transaction. One process writes, that
 * whose session holds an advisory lock; a session that is lost has no lock and writes no more. Any process reads. Thread-safe.
 */
public final class BoardStore implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 5_000;
    private static final String LOCK =
            "SELECT pg_try_advisory_lock(hashtext('masterdeal.board'), hashtext(current_schema()))";
    private static final String UNLOCK =
            "SELECT pg_advisory_unlock(hashtext('masterdeal.board'), hashtext(current_schema()))";

    private static final String PUT_CARDS = """
            INSERT INTO cards AS c (id, root, epoch, revision, card)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::bytea[])
            ON CONFLICT (id) DO UPDATE SET root = excluded.root, epoch = excluded.epoch, revision = excluded.revision, card = excluded.card
            """;

    private static final String PUT_OFFSETS = """
            INSERT INTO board_offsets (topic, partition, next_offset)
            SELECT ?, partition, next_offset FROM unnest(?::bigint[], ?::bigint[]) AS n (partition, next_offset)
            ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset
            """;

    private final DataSource database;
    private final String topic;
    private final DailyTable daily = new DailyTable();
    private final ByteWriter writer = new ByteWriter();
    private @Nullable Connection session;

    /**
     * @param database with the schema of the console
     * @param topic whose events the cards are made from
     */
    public BoardStore(DataSource database, String topic) {
        this.database = database;
        this.topic = topic;
    }

    /**
     * Reads all cards, as they are at one instant.
     *
     * @param into takes them in batches
     * @return how far the topic is read; empty if nothing is stored, or it is stored in another form
     */
    public Optional<Position> load(Consumer<List<CardReader.Read>> into) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Transactions.runOnce(connection, it -> {
                Sql sql = new Sql(it);
                sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                Optional<Position> position = position(sql);
                if (position.isEmpty()) {
                    return position;
                }
                return read(it, into) ? position : Optional.empty();
            });
        }
    }

    private static boolean read(Connection connection, Consumer<List<CardReader.Read>> into) throws SQLException {
        List<CardReader.Read> batch = new ArrayList<>(ROWS_AT_ONCE);
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, root, epoch, revision, card FROM cards")) {
            // Of a statement that is run once the driver would ask for texts, which take three times as long to read as
            // bytes.
            select.unwrap(PGStatement.class).setPrepareThreshold(-1);
            select.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    CardReader.Read read = read(rows);
                    if (read == null) {
                        return false;
                    }
                    batch.add(read);
                    if (batch.size() == ROWS_AT_ONCE) {
                        into.accept(batch);
                        batch.clear();
                    }
                }
            }
        }
        into.accept(batch);
        return true;
    }

    private static CardReader.@Nullable Read read(ResultSet row) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        byte[] bytes = row.getBytes(5);
        if (bytes == null) {
            return new CardReader.Read(Card.withdrawn(id, row.getString(2), row.getLong(3), row.getLong(4)), true);
        }
        Card card = CardBytes.read(id, row.getLong(3), row.getLong(4), bytes);
        return card == null ? null : new CardReader.Read(card, false);
    }

    private Optional<Position> position(Sql sql) throws SQLException {
        Map<Integer, Long> next = new HashMap<>();
        sql.forEach(
                "SELECT partition, next_offset FROM board_offsets WHERE topic = ?",
                row -> next.put(row.getInt(1), row.getLong(2)),
                topic);
        List<Position> found = sql.query(
                "SELECT topic_id, complete FROM board_source WHERE topic = ?",
                row -> new Position(row.getString(1), Map.copyOf(next), row.getBoolean(2)),
                topic);
        return found.stream().findAny();
    }

    /**
     * Tries to become the process that writes.
     *
     * @return whether it is, now or already
     */
    public synchronized boolean acquire() throws SQLException {
        if (session != null) {
            return true;
        }
        Connection connection = database.getConnection();
        boolean locked = false;
        try {
            locked = new Sql(connection).query(LOCK, row -> row.getBoolean(1)).getFirst();
        } finally {
            if (!locked) {
                connection.close();
            }
        }
        session = locked ? connection : null;
        return locked;
    }

    /** Whether this process writes, as far as it knows. */
    synchronized boolean isHeld() {
        return session != null;
    }

    /** How far the topic is read; empty if nothing is stored. */
    synchronized Optional<Position> position() throws SQLException {
        return position(new Sql(held()));
    }

    /** Forgets everything and begins with a topic. */
    public synchronized void begin(String topicId, boolean complete) throws SQLException {
        Transactions.runOnce(held(), it -> {
            Sql sql = new Sql(it);
            sql.update("TRUNCATE cards, daily, board_offsets, board_source");
            return sql.update("INSERT INTO board_source VALUES (?, ?, ?)", topic, topicId, complete);
        });
    }

    /** Notes whether all deals are there whose events the topic no longer has. */
    synchronized void markComplete(boolean complete) throws SQLException {
        new Sql(held()).update("UPDATE board_source SET complete = ? WHERE topic = ?", complete, topic);
    }

    /**
     * Stores what is newer than what is stored, with how far the topic is read.
     *
     * @param reads of the same deal several may be among them
     * @param next by partition; empty if they are not of the topic
     */
    public synchronized void write(Collection<CardReader.Read> reads, Map<Integer, Long> next) throws SQLException {
        Map<UUID, CardReader.Read> newest = new LinkedHashMap<>();
        for (CardReader.Read read : reads) {
            newest.merge(
                    read.card().id(), read, (known, other) -> other.card().isNewerThan(known.card()) ? other : known);
        }
        Transactions.runOnce(held(), it -> {
            Sql sql = new Sql(it);
            if (!newest.isEmpty()) {
                put(sql, newest);
            }
            if (!next.isEmpty()) {
                sql.update(
                        PUT_OFFSETS,
                        topic,
                        new Sql.Longs(next.keySet().stream().map(Long::valueOf).toList()),
                        new Sql.Longs(List.copyOf(next.values())));
            }
            return newest.size();
        });
    }

    private void put(Sql sql, Map<UUID, CardReader.Read> newest) throws SQLException {
        DayCounts change = new DayCounts();
        Set<UUID> older = new HashSet<>();
        sql.forEach(
                "SELECT id, epoch, revision, card FROM cards WHERE id = ANY (?)",
                row -> {
                    UUID id = row.getObject(1, UUID.class);
                    CardReader.Read read = newest.get(id);
                    Card stored = Card.withdrawn(id, "", row.getLong(2), row.getLong(3));
                    byte[] bytes = row.getBytes(4);
                    if (read == null || !read.card().isNewerThan(stored)) {
                        older.add(id);
                    } else if (bytes != null) {
                        Card card = CardBytes.read(id, 0, 0, bytes);
                        if (card != null) {
                            change.remove(card);
                        }
                    }
                },
                new Sql.Uuids(newest.keySet()));
        newest.keySet().removeAll(older);
        List<Card> cards = newest.values().stream().map(CardReader.Read::card).toList();
        newest.values().stream().filter(read -> !read.withdrawn()).forEach(read -> change.add(read.card()));
        sql.update(
                PUT_CARDS,
                new Sql.Uuids(cards.stream().map(Card::id).toList()),
                new Sql.Texts(cards.stream().map(Card::root).toList()),
                new Sql.Longs(cards.stream().map(Card::epoch).toList()),
                new Sql.Longs(cards.stream().map(Card::revision).toList()),
                new Sql.Bytes(bytes(newest.values())));
        daily.add(sql, change);
    }

    private List<byte @Nullable []> bytes(Collection<CardReader.Read> reads) {
        List<byte @Nullable []> bytes = new ArrayList<>();
        for (CardReader.Read read : reads) {
            bytes.add(read.withdrawn() ? null : CardBytes.write(writer, read.card()));
        }
        return bytes;
    }

    /**
     * Counts the trend again from all cards and puts it right. Others write nothing meanwhile.
     *
     * @return how many counts were wrong; 0 unless there is a mistake in this software, or somebody else has changed a table
     */
    synchronized int recount() throws SQLException {
        return Transactions.runOnce(held(), it -> {
            Sql sql = new Sql(it);
            DayCounts counted = new DayCounts();
            read(
                    it,
                    batch ->
                            batch.stream().filter(read -> !read.withdrawn()).forEach(read -> counted.add(read.card())));
            DayCounts missing = counted.without(daily.read(sql));
            daily.add(sql, missing);
            sql.update("DELETE FROM daily WHERE (began, entered, exited, backward, breached, closed, amount)"
                    + " = (0, 0, 0, 0, 0, 0, 0)");
            return missing.size();
        });
    }

    private Connection held() throws SQLException {
        Connection connection = session;
        if (connection == null) {
            throw new SQLException("another process writes the board");
        }
        return connection;
    }

    /** Lets another process write. */
    synchronized void release() {
        Connection connection = session;
        session = null;
        if (connection == null) {
            return;
        }
        try (connection) {
            new Sql(connection).query(UNLOCK, row -> row.getBoolean(1));
        } catch (SQLException e) {
            abort(connection, e);
        }
    }

    /** A connection whose lock may still be held must not go back to the pool: it is cut, which ends the lock. */
    private static void abort(Connection connection, SQLException why) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        release();
    }
}
