package io.masterdeal.facts;

import io.masterdeal.facts.settings.SharedSetting;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The rule set that the answers are made with. If it is another one than before, every deal is marked to be folded again.
 *
 * @param identity name, version and meaning of the rule set
 */
public record ActiveRuleSet(String identity) implements SharedSetting {

    @Override
    public String name() {
        return "rule set";
    }

    @Override
    public int lock() {
        return 0x6d640001;
    }

    @Override
    public int attempts() {
        return 30; // The process does not start if all of them fail.
    }

    private static List<String> current(Connection connection) throws SQLException {
        return new Sql(connection).query("SELECT rule_set FROM active_rules", row -> row.getString(1));
    }

    @Override
    public boolean isInUse(Connection connection) throws SQLException {
        return current(connection).equals(List.of(identity));
    }

    @Override
    public void bring(Connection connection) throws SQLException {
        Transactions.runOnce(connection, it -> {
            new Sql(it).update("""
                    INSERT INTO active_rules (rule_set) VALUES (?)
                    ON CONFLICT (only_row) DO UPDATE SET rule_set = excluded.rule_set
                    """, identity);
            // The answers stay, with the rule set they were made with, until each deal has been folded by this one.
            // Versions before counts were kept did not keep them; what a process of such a version did beside is
            // counted here, too.
            Counts.recount(it);
            return new PendingFolds(it).addAll(false);
        });
    }

    @Override
    public String difference(Connection connection) throws SQLException {
        return "another service process makes its answers with rule set " + current(connection)
                + ", this one was to use " + identity
                + ": stop the other one first, or start this one with the same rule set";
    }
}
