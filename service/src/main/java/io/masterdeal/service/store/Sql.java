package io.masterdeal.service.store;

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
import org.jspecify.annotations.Nullable;

/**
 * Set-based statements on one connection: a collection becomes one array parameter, for {@code unnest} or {@code = ANY}.
 */
final class Sql {

    private final Connection connection;

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes one row. */
    @FunctionalInterface
    interface RowConsumer {
        void take(ResultSet row) throws SQLException;
    }

    int update(String statement, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement prepared = prepare(statement, parameters)) {
            return prepared.executeUpdate();
        }
    }

    <T> List<T> query(String statement, Row<T> row, @Nullable Object... parameters) throws SQLException {
        List<T> rows = new ArrayList<>();
        forEach(statement, it -> rows.add(row.read(it)), parameters);
        return rows;
    }

    void forEach(String statement, RowConsumer consumer, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement prepared = prepare(statement, parameters);
                ResultSet rows = prepared.executeQuery()) {
            while (rows.next()) {
                consumer.take(rows);
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
            case Uuids uuids -> prepared.setArray(index, array("uuid", uuids.values()));
            case Texts texts -> prepared.setArray(index, array("text", texts.values()));
            case Longs longs -> prepared.setArray(index, array("int8", longs.values()));
            case Flags flags -> prepared.setArray(index, array("bool", flags.values()));
            case null -> prepared.setNull(index, Types.NULL);
            default -> prepared.setObject(index, value);
        }
    }

    private Array array(String type, Collection<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    /** A {@code uuid[]}. */
    record Uuids(Collection<? extends @Nullable UUID> values) {}

    /** A {@code text[]}. */
    record Texts(Collection<? extends @Nullable String> values) {}

    /** A {@code bigint[]}. */
    record Longs(Collection<? extends @Nullable Long> values) {}

    /** A {@code boolean[]}. */
    record Flags(Collection<Boolean> values) {}
}
