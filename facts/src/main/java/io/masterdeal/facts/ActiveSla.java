package io.masterdeal.facts;

import io.masterdeal.facts.settings.SharedSetting;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SLA policies and calendars that the clocks are made with. If they mean something else than before, every deal is marked to be
 * evaluated again.
 *
 * @param meaning differs between policies and calendars that may give different clocks
 * @param label what the policies are called: name and version
 */
public record ActiveSla(UUID meaning, String label) implements SharedSetting {

    private static final Logger log = LoggerFactory.getLogger(ActiveSla.class);

    @Override
    public String name() {
        return "SLA policies";
    }

    @Override
    public int lock() {
        return 0x6d640008;
    }

    @Override
    public int attempts() {
        return 30; // The process does not start if all of them fail.
    }

    private static List<ActiveSla> current(Connection connection) throws SQLException {
        return new Sql(connection)
                .query(
                        "SELECT meaning, label FROM active_sla",
                        row -> new ActiveSla(row.getObject(1, UUID.class), row.getString(2)));
    }

    @Override
    public boolean isInUse(Connection connection) throws SQLException {
        // Answers name the policies, so processes that name them differently would contradict each other.
        return current(connection).equals(List.of(this));
    }

    @Override
    public void bring(Connection connection) throws SQLException {
        int marked = Transactions.runOnce(connection, it -> {
            boolean sameMeaning = current(it).stream().anyMatch(before -> before.meaning.equals(meaning));
            new Sql(it).update("""
                    INSERT INTO active_sla (meaning, label) VALUES (?, ?)
                    ON CONFLICT (only_row) DO UPDATE SET meaning = excluded.meaning, label = excluded.label
                    """, meaning, label);
            // The clocks stay, with the policies they were made with, until each deal has been evaluated by these.
            return sameMeaning ? 0 : new PendingFolds(it).addAll(false);
        });
        log.info("clocks are made with SLA policies {} from now on; {} deals wait to be evaluated anew", label, marked);
    }

    @Override
    public String difference(Connection connection) throws SQLException {
        List<String> theirs = current(connection).stream().map(ActiveSla::label).toList();
        return "another service process makes its clocks with SLA policies " + theirs + ", this one was to use " + label
                + (theirs.contains(label) ? " with other content (the policies, or their calendars)" : "")
                + ": stop the other one first, or start this one with the same policies and calendars"
                + " (masterdeal.service.sla.policies, masterdeal.service.sla.calendars)";
    }
}
