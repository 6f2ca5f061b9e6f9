package io.masterdeal.role.replication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A message of the logical replication stream (PostgreSQL manual, "Logical Replication Message Formats", protocol version 1,
 * plugin pgoutput). A row is the values of its columns as text; {@link #UNCHANGED} stands for one that is not in the log.
 */
public sealed interface WalMessage {

    /** A value that an update left as it was, and that lies outside of the row (TOAST). Compared by identity. */
    byte[] UNCHANGED = new byte[0];

    /** PostgreSQL counts microseconds since 2000. */
    long EPOCH_MS = 946_684_800_000L;

    /**
     * A message written by {@code pg_logical_emit_message}.
     *
     * @param transactional whether it belongs to the transaction that ends with the next {@link Commit}
     * @param lsn where it stands
     * @param content backed by an array of its own
     */
    record Content(boolean transactional, LogSequenceNumber lsn, String prefix, ByteBuffer content)
            implements WalMessage {}

    /**
     * The beginning of a transaction.
     *
     * @param committedAt when it was committed, in ms since 1970
     */
    record TransactionStart(long committedAt) implements WalMessage {}

    /**
     * The end of a transaction.
     *
     * @param end the place behind it: once all before is done, this may be confirmed
     */
    record Commit(LogSequenceNumber end) implements WalMessage {}

    /**
     * Says which table a number stands for from now on, and the order of its columns.
     *
     * @param number the table's object id
     */
    record Relation(int number, String schema, String table, List<String> columns) implements WalMessage {}

    /** A new row. */
    record Insert(int relation, List<byte @Nullable []> row) implements WalMessage {}

    /**
     * A changed row.
     *
     * @param oldKey values of the key before, the others null (with replica identity full: the whole row before); null if the key
     *     is the same
     */
    record Update(int relation, @Nullable List<byte @Nullable []> oldKey, List<byte @Nullable []> row)
            implements WalMessage {}

    /**
     * A row that is gone.
     *
     * @param key values of the key, the others null (with replica identity full: the whole row)
     */
    record Delete(int relation, List<byte @Nullable []> key) implements WalMessage {}

    /** Tables that were emptied by TRUNCATE. */
    record Truncate(List<Integer> relations) implements WalMessage {}

    /**
     * Reads one message.
     *
     * @param in the message from its first byte on
     * @return null for a message of another kind, such as a type of a column
     */
    static @Nullable WalMessage read(ByteBuffer in) {
        return switch ((char) in.get()) {
            case 'M' -> content(in);
            case 'B' -> {
                in.getLong(); // the place of its commit
                yield new TransactionStart(EPOCH_MS + in.getLong() / 1000);
            }
            case 'C' -> {
                in.get();
                in.getLong();
                yield new Commit(LogSequenceNumber.valueOf(in.getLong()));
            }
            case 'R' -> relation(in);
            case 'I' -> {
                int relation = in.getInt();
                in.get();
                yield new Insert(relation, row(in));
            }
            case 'U' -> update(in);
            case 'D' -> {
                int relation = in.getInt();
                in.get();
                yield new Delete(relation, row(in));
            }
            case 'T' -> truncate(in);
            default -> null;
        };
    }

    private static Content content(ByteBuffer in) {
        boolean transactional = (in.get() & 1) != 0;
        LogSequenceNumber lsn = LogSequenceNumber.valueOf(in.getLong());
        String prefix = text(in);
        byte[] content = new byte[in.getInt()];
        in.get(content);
        return new Content(transactional, lsn, prefix, ByteBuffer.wrap(content));
    }

    private static Relation relation(ByteBuffer in) {
        int number = in.getInt();
        String schema = text(in);
        String table = text(in);
        in.get(); // its replica identity
        List<String> columns = new ArrayList<>();
        for (int i = in.getShort(); i > 0; i--) {
            in.get(); // whether it is part of the key
            columns.add(text(in));
            in.getInt(); // its type
            in.getInt(); // the type's modifier
        }
        return new Relation(number, schema, table, columns);
    }

    private static Update update(ByteBuffer in) {
        int relation = in.getInt();
        @Nullable List<byte @Nullable []> oldKey = null;
        if (in.get() != 'N') {
            oldKey = row(in);
            in.get();
        }
        return new Update(relation, oldKey, row(in));
    }

    private static Truncate truncate(ByteBuffer in) {
        int tables = in.getInt();
        in.get(); // options
        List<Integer> relations = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            relations.add(in.getInt());
        }
        return new Truncate(relations);
    }

    private static List<byte @Nullable []> row(ByteBuffer in) {
        int columns = in.getShort();
        List<byte @Nullable []> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            switch ((char) in.get()) {
                case 'n' -> row.add(null);
                case 'u' -> row.add(UNCHANGED);
                default -> {
                    byte[] value = new byte[in.getInt()];
                    in.get(value);
                    row.add(value);
                }
            }
        }
        return row;
    }

    private static String text(ByteBuffer in) {
        int start = in.position();
        while (in.get() != 0) {
            // A text ends with a zero byte.
        }
        byte[] bytes = new byte[in.position() - 1 - start];
        in.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
