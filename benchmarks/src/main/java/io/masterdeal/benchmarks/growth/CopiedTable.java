package io.masterdeal.benchmarks.growth;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A table that is filled by {@code COPY}, on a connection of its own. It is truncated first: in the same transaction its rows can
 * be written frozen, so that nobody has to check their visibility later (PostgreSQL manual, COPY, "FREEZE").
 */
final class CopiedTable implements AutoCloseable {

    private static final int FLUSH_CHARS = 64 * 1024;

    private final Connection connection;

    private final CopyIn copy;

    private final StringBuilder text = new StringBuilder(2 * FLUSH_CHARS);

    private CopiedTable(Connection connection, CopyIn copy) {
        this.connection = connection;
        this.copy = copy;
    }

    /** Begins to copy.
     *
     * @param table in the service's schema
     * @param columns those that are given, separated by commas; the others get their defaults
     */
    static CopiedTable begin(MeasuredPlatform platform, String table, String columns) throws SQLException {
        Connection connection = platform.connect();
        connection.setSchema("service");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE " + table);
        }
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + columns + ") FROM STDIN (FREEZE)");
        return new CopiedTable(connection, copy);
    }

    /**
     * Adds a row.
     *
     * @param values of the columns: null, bytes, a collection of texts, or anything whose text PostgreSQL reads
     */
    void row(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            append(values[i]);
        }
        text.append('\n');
        if (text.length() > FLUSH_CHARS) {
            flush();
        }
    }

    private void append(@Nullable Object value) {
        switch (value) {
            case null -> text.append("\\N");
            case byte[] bytes -> text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
            case Collection<?> texts -> escape(array(texts));
            default -> escape(value.toString());
        }
    }

    private static String array(Collection<?> texts) {
        StringBuilder array = new StringBuilder("{");
        for (Object each : texts) {
            if (array.length() > 1) {
                array.append(',');
            }
            array.append('"')
                    .append(each.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return array.append('}').toString();
    }

    /** As the text format wants it (PostgreSQL manual, COPY, "Text Format"). */
    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    private void flush() throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    /** Commits; before that no row is visible. */
    void finish() throws SQLException {
        flush();
        copy.endCopy();
        connection.commit();
    }

    /** Without {@link #finish} the table is as it was. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
