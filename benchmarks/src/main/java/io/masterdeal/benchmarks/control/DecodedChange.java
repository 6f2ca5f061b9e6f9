package io.masterdeal.benchmarks.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the recorder reads of the logical replication stream (PostgreSQL manual, "Logical Replication Message Formats",
 * protocol version 1, plugin pgoutput). A row is its values as text; {@link #UNCHANGED} stands for one that is not in the log.
 */
sealed interface DecodedChange {

    /** A value that an update left as it was, and that lies outside of the row (TOAST). Compared by identity. */
    byte[] UNCHANGED = new byte[0];

    /** Says which table a number stands for, and the order of its columns. */
    record Relation(int number, String table, List<String> columns) implements DecodedChange {}

    /** A new row. */
    record Insert(int relation, List<byte @Nullable []> row) implements DecodedChange {}

    /**
     * A row that has changed.
     *
     * @param oldKey values of the key before, the others null; null if the key is the same
     */
    record Update(int relation, @Nullable List<byte @Nullable []> oldKey, List<byte @Nullable []> row)
            implements DecodedChange {}

    /**
     * A row that was deleted.
     *
     * @param key values of the key, the others null
     */
    record Delete(int relation, List<byte @Nullable []> key) implements DecodedChange {}

    /** A message of the transaction that ends with the next {@link Commit}. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares messages, and nobody changes one.
    record Message(String prefix, byte[] content) implements DecodedChange {}

    /** The end of a transaction. */
    record Commit() implements DecodedChange {}

    /**
     * Reads one message; null for those that carry nothing to record.
     *
     * @throws IllegalStateException if a table was truncated, which a recording cannot express
     */
    static @Nullable DecodedChange read(ByteBuffer in) {
        char kind = (char) in.get();
        return switch (kind) {
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
            case 'M' -> message(in);
            case 'C' -> new Commit();
            case 'T' -> throw new IllegalStateException("a table was emptied by TRUNCATE during the recording");
            default -> null;
        };
    }

    private static Relation relation(ByteBuffer in) {
        int number = in.getInt();
        text(in); // its schema: there is only one
        String table = text(in);
        in.get(); // its replica identity: always the default one
        List<String> columns = new ArrayList<>();
        for (int i = in.getShort(); i > 0; i--) {
            in.get();
            columns.add(text(in));
            in.getInt();
            in.getInt();
        }
        return new Relation(number, table, columns);
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

    private static @Nullable Message message(ByteBuffer in) {
        boolean transactional = (in.get() & 1) != 0;
        in.getLong();
        String prefix = text(in);
        byte[] content = new byte[in.getInt()];
        in.get(content);
        return transactional ? new Message(prefix, content) : null;
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
