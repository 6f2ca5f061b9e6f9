package io.masterdeal.facts;

import io.masterdeal.facts.settings.SettingRefusedException;
import io.masterdeal.facts.settings.SharedSetting;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rule set that the answers are made with. If it is another one than before, every deal is marked to be folded again. Which rule
 * sets were in use since when is kept in {@code rule_set_history}.
 *
 * @param identity name, version and meaning of the rule set
 * @param text the file that says it, for the history
 * @param check is asked before it replaces another one
 */
public record ActiveRuleSet(String identity, String text, Check check) implements SharedSetting {

    private static final Logger log = LoggerFactory.getLogger(ActiveRuleSet.class);

    /** Has a look at the deals before another rule set comes into use. No process is at work meanwhile. */
    @FunctionalInterface
    public interface Check {

        /** Lets any rule set come into use. */
        Check NONE = (_, _) -> {};

        /**
         * Looks.
         *
         * @param connection in auto-commit mode
         * @param before the identity of the rule set in use
         * @throws SettingRefusedException if the other one is not to come into use; says why, and what to do
         */
        void check(Connection connection, String before) throws SQLException;
    }

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

    /** A schema from before the history was kept has none. */
    @Override
    public void join(Connection connection) throws SQLException {
        if (isLastOfHistory(connection)) {
            return;
        }
        boolean written = Transactions.runOnce(connection, it -> {
            // Processes may start together.
            new Sql(it).update("LOCK TABLE rule_set_history IN SHARE ROW EXCLUSIVE MODE");
            return !isLastOfHistory(it) && write(it);
        });
        if (written) {
            log.info(
                    "the history of rule sets has {} from now on; since when it was in use before is not known",
                    identity);
        }
    }

    private boolean isLastOfHistory(Connection connection) throws SQLException {
        return new Sql(connection)
                .query("SELECT identity FROM rule_set_history ORDER BY id DESC LIMIT 1", row -> row.getString(1))
                .equals(List.of(identity));
    }

    private boolean write(Connection connection) throws SQLException {
        return new Sql(connection)
                        .update("INSERT INTO rule_set_history (identity, content) VALUES (?, ?)", identity, text)
                == 1;
    }

    @Override
    public void bring(Connection connection) throws SQLException {
        for (String before : current(connection)) {
            check.check(connection, before);
        }
        Transactions.runOnce(connection, it -> {
            new Sql(it).update("""
                    INSERT INTO active_rules (rule_set) VALUES (?)
                    ON CONFLICT (only_row) DO UPDATE SET rule_set = excluded.rule_set
                    """, identity);
            write(it);
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
