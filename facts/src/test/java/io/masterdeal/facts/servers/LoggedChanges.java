package io.masterdeal.facts.servers;

import io.masterdeal.facts.DealChange;
import io.masterdeal.facts.DealListener;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * Writes each change into the write-ahead log, where {@link CommittedMessages} finds it.
 *
 * @param text what to write of a change
 */
public record LoggedChanges(Function<DealChange, byte[]> text) implements DealListener<byte[]> {

    @Override
    public byte[] prepare(DealChange change) {
        return text.apply(change);
    }

    @Override
    public void write(Connection connection, List<byte[]> prepared) throws SQLException {
        for (byte[] each : prepared) {
            new Sql(connection).query("SELECT pg_logical_emit_message(true, 'test', ?)", _ -> true, (Object) each);
        }
    }
}
