package io.masterdeal.facts;

import io.masterdeal.facts.settings.SharedSetting;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attributes of deals that answers have. If they are others than before, or none were said before, every deal is marked to be
 * folded again.
 */
public record ActiveFields(FieldNames fields) implements SharedSetting {

    private static final Logger log = LoggerFactory.getLogger(ActiveFields.class);

    @Override
    public String name() {
        return "fields of deals";
    }

    @Override
    public int lock() {
        return 0x6d640009;
    }

    @Override
    public int attempts() {
        return 30; // The process does not start if all of them fail.
    }

    private static List<List<String>> current(Connection connection) throws SQLException {
        return new Sql(connection)
                .query(
                        "SELECT names FROM active_fields",
                        row -> List.of((String[]) row.getArray(1).getArray()));
    }

    @Override
    public boolean isInUse(Connection connection) throws SQLException {
        return current(connection).stream().anyMatch(fields::areThose);
    }

    @Override
    public void bring(Connection connection) throws SQLException {
        int marked = Transactions.runOnce(connection, it -> {
            new Sql(it).update("""
                    INSERT INTO active_fields (names) VALUES (?)
                    ON CONFLICT (only_row) DO UPDATE SET names = excluded.names
                    """, new Sql.Texts(List.copyOf(fields.names())));
            // Deals keep the fields they have until each has been folded with these.
            return new PendingFolds(it).addAll(false);
        });
        log.info("answers have the fields {} from now on; {} deals wait to be folded anew", fields.names(), marked);
    }

    @Override
    public String difference(Connection connection) throws SQLException {
        return "another service process makes its answers with the fields "
                + String.join(
                        ",", current(connection).stream().flatMap(List::stream).toList())
                + ", this one was to use " + String.join(",", fields.names())
                + ": stop the other one first, or start this one with the same (" + FieldNames.SETTING + ")";
    }
}
