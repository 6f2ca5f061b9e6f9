package io.masterdeal.role.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Set-based statements on one connection: a collection becomes one array parameter, for {@code unnest} or {@code = ANY}.
 */
public final class Sql {

    private final Connection connection;

    /**
     * @param connection open; the caller closes it
     */
    public Sql(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        /** Reads the current row of the set. */
        T read(ResultSet row) throws SQLException;
    }

    /** Takes one row. */
    @FunctionalInterface
    public interface RowConsumer {
        /** Takes the current row of the set. */
        void take(ResultSet row) throws SQLException;
    }

    /** Takes one row, and says whether to continue. */
    @FunctionalInterface
    public interface RowReader {
        /** Takes the current row of the set; returns false to stop. */
        boolean take(ResultSet row) throws SQLException;
    }

    /**
     * Changes rows.
     *
     * @param parameters in the order of the question marks; collections as {@link Uuids}, {@link Texts} and so on
     * @return how many rows
     */
    public int update(String statement, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement prepared = prepare(statement, parameters)) {
            return prepared.executeUpdate();
        }
    }

    /**
     * Reads rows.
     *
     * @param parameters as for {@link #update}
     */
    public <T> List<T> query(String statement, Row<T> row, @Nullable Object... parameters) throws SQLException {
        List<T> rows = new ArrayList<>();
        forEach(statement, it -> rows.add(row.read(it)), parameters);
        return rows;
    }

    /**
     * Reads rows one by one.
     *
     * @param parameters as for {@link #update}
     */
    public void forEach(String statement, RowConsumer consumer, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement prepared = prepare(statement, parameters);
                ResultSet rows = prepared.executeQuery()) {
            while (rows.next()) {
                consumer.take(rows);
            }
        }
    }

    /**
     * Reads rows one by one as they arrive from the server, until the reader stops. The other methods read all rows into memory first.
     *
     * @param rowsAtOnce how many are fetched together; this works only inside a transaction
     * @param parameters as for {@link #update}
     */
    public void read(String statement, int rowsAtOnce, RowReader reader, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement prepared = prepare(statement, parameters)) {
            prepared.setFetchSize(rowsAtOnce);
            try (ResultSet rows = prepared.executeQuery()) {
                while (rows.next() && reader.take(rows)) {
                    // The reader has taken the row.
                }
            }
        }
    }

    private PreparedStatement prepare(String statement, @Nullable Object... parameters) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        for (int i = 0; i < parameters.length; i++) {
            bind(prepared, i + 1, parameters[i]);
        }
        return prepared;
    }

    private void bind(PreparedStatement prepared, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case Uuids uuids -> prepared.setObject(index, new UuidArray(uuids.values()));
            // The driver sends arrays of these types in binary form, others as text.
            case Texts texts ->
                prepared.setArray(index, array("text", texts.values().toArray(String[]::new)));
            case Longs longs ->
                prepared.setArray(index, array("int8", longs.values().toArray(Long[]::new)));
            case Bytes bytes ->
                prepared.setArray(index, array("bytea", bytes.values().toArray(byte[][]::new)));
            case Flags flags ->
                prepared.setArray(index, array("bool", flags.values().toArray(Boolean[]::new)));
            case null -> prepared.setNull(index, Types.NULL);
            default -> prepared.setObject(index, value);
        }
    }

    private Array array(String type, @Nullable Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    /**
     * The text of a {@code text[]}, for a column of such arrays: an array of arrays of different lengths cannot be a
     * parameter (PostgreSQL manual, "Array Input and Output Syntax").
     */
    public static <T> String literal(Collection<T> values, Function<T, String> text) {
        StringBuilder literal = new StringBuilder("{");
        for (T value : values) {
            if (literal.length() > 1) {
                literal.append(',');
            }
            literal.append('"');
            String plain = text.apply(value);
            for (int i = 0; i < plain.length(); i++) {
                char c = plain.charAt(i);
                if (c == '"' || c == '\\') {
                    literal.append('\\');
                }
                literal.append(c);
            }
            literal.append('"');
        }
        return literal.append('}').toString();
    }

    /** A {@code uuid[]}. */
    public record Uuids(Collection<? extends @Nullable UUID> values) {}

    /** A {@code text[]}. */
    public record Texts(Collection<? extends @Nullable String> values) {}

    /** A {@code bigint[]}. */
    public record Longs(Collection<? extends @Nullable Long> values) {}

    /** A {@code bytea[]}. */
    public record Bytes(Collection<? extends byte @Nullable []> values) {}

    /** A {@code boolean[]}. */
    public record Flags(Collection<Boolean> values) {}
}
