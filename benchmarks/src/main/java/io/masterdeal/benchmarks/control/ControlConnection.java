package io.masterdeal.benchmarks.control;

import io.masterdeal.role.database.UuidArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One connection that writes transactions of a recording, one statement per table. */
final class ControlConnection implements AutoCloseable {

    /** As the service sets it in each of its transactions; here once per connection. */
    private static final String BY_KEYS =
            "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";

    private static final String EMIT = """
            SELECT count(pg_logical_emit_message(true, ?, message))
            FROM (SELECT message FROM unnest(?) WITH ORDINALITY AS t (message, n) ORDER BY n) AS sorted
            """;

    private final Connection connection;

    private final String outbox;

    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /**
     * @param connection its own, which it closes
     * @param schema of the service
     */
    ControlConnection(Connection connection, String schema) throws SQLException {
        this.connection = connection;
        this.outbox = "masterdeal." + schema;
        connection.setSchema(schema);
        try (Statement statement = connection.createStatement()) {
            statement.execute(BY_KEYS);
        }
        connection.setAutoCommit(false);
    }

    /** Writes a transaction, or its share of it, and commits. */
    void write(RecordedTransaction transaction) throws SQLException {
        for (RowGroup rows : transaction.rows()) {
            PreparedStatement statement = prepared(rows.statement());
            List<RecordedColumn> given = RowGroup.given(rows.table(), rows.change());
            for (int i = 0; i < given.size(); i++) {
                bind(statement, i + 1, given.get(i).form(), rows.columns().get(i));
            }
            statement.executeUpdate();
        }
        if (!transaction.messages().isEmpty()) {
            PreparedStatement statement = prepared(EMIT);
            statement.setString(1, outbox);
            byte[][] messages = transaction.messages().stream()
                    .map(RecordedTransaction.Message::content)
                    .toArray(byte[][]::new);
            bind(statement, 2, ValueForm.BYTES, messages);
            statement.executeQuery().close();
        }
        connection.commit();
    }

    private void bind(PreparedStatement statement, int index, ValueForm form, @Nullable Object[] values)
            throws SQLException {
        if (form == ValueForm.UUIDS) {
            statement.setObject(index, new UuidArray(Arrays.asList((@Nullable UUID[]) values)));
        } else {
            statement.setArray(index, connection.createArrayOf(form.element(), values));
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
