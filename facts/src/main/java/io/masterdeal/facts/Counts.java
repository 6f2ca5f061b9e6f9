package io.masterdeal.facts;

import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one transaction changes of the totals over everything that is stored. The totals are kept, so that reading them costs the
 * same with a thousand deals and with a million: a total is the sum of its rows in {@code counts}. A transaction that changes
 * what is counted adds rows, and locks none. (docs/adr/0028)
 */
public final class Counts {

    /** Known deals; part: outcome and stage, {@code open:offer_ready}. */
    public static final String DEALS = "deals";

    /** Facts that count. */
    public static final String FACTS = "facts";

    /** Facts that were taken back. */
    public static final String RETRACTED = "retracted";

    /** Event ids with more than one content. */
    public static final String CONFLICTS = "conflicts";

    /** Objects that reach no deal. */
    public static final String ORPHANS = "orphans";

    /** The same; part: system and reason, {@code legal|unknown_parent}. */
    public static final String ORPHANS_BY = "orphans_by";

    /** Those of them that operators have dismissed; part: system and reason. */
    public static final String ORPHANS_DISMISSED = "orphans_dismissed";

    /** The facts of orphans. */
    public static final String ORPHAN_FACTS = "orphan_facts";

    /** Effects; part: state. The database itself keeps these. */
    public static final String EFFECTS = "effects";

    /** Clocks that have run; part: policy, segment, state, and {@code risk} or {@code -}. */
    public static final String SLA_CLOCKS = "sla";

    /** What was told about warnings and breaches, or not; part: kind and state, {@code breached|told}. */
    public static final String SLA_STATEMENTS = "sla_statements";

    /** The first half of an advisory lock's key; the second is the schema. */
    private static final int LOCK = 0x6d640007;

    /** With fewer rows it is not worth replacing them by their sums. */
    private static final int FEW = 200;

    /** With fewer rows for each number it is not worth it either. */
    private static final int FEW_EACH = 4;

    private final Map<String, Map<String, Long>> changes = new TreeMap<>();

    Counts() {}

    void change(String what, long by) {
        change(what, "", by);
    }

    void deal(Answer answer, long by) {
        if (answer.known()) {
            change(DEALS, answer.outcome() + ":" + answer.stage(), by);
        }
    }

    void change(String what, String part, long by) {
        changes.computeIfAbsent(what, _ -> new TreeMap<>()).merge(part, by, Long::sum);
    }

    /** Writes down what has changed. */
    void write(Connection connection) throws SQLException {
        List<String> what = new ArrayList<>();
        List<String> part = new ArrayList<>();
        List<Long> amount = new ArrayList<>();
        changes.forEach((name, parts) -> parts.forEach((each, by) -> {
            if (by != 0) {
                what.add(name);
                part.add(each);
                amount.add(by);
            }
        }));
        if (!what.isEmpty()) {
            new Sql(connection)
                    .update(
                            "INSERT INTO counts (what, part, amount) SELECT * FROM unnest(?, ?, ?)",
                            new Sql.Texts(what),
                            new Sql.Texts(part),
                            new Sql.Longs(amount));
        }
    }

    /** Replaces the rows of each total by one, if there are many. A reader sees the same totals before and after. */
    static void compact(Connection connection) throws SQLException {
        Sql sql = new Sql(connection);
        if (sql.query("SELECT pg_try_advisory_xact_lock(?, hashtext(current_schema()))", row -> row.getBoolean(1), LOCK)
                .getFirst()) {
            sql.update("""
                    WITH gone AS (
                        DELETE FROM counts WHERE (SELECT count(*) > greatest(?, ? * count(DISTINCT (what, part))) FROM counts)
                        RETURNING what, part, amount)
                    INSERT INTO counts (what, part, amount)
                    SELECT what, part, sum(amount) FROM gone GROUP BY what, part HAVING sum(amount) <> 0
                    """, FEW, FEW_EACH);
        }
    }

    /**
     * Counts everything again, including orphans. Other transactions may run meanwhile.
     *
     * @param connection in a transaction, or in auto-commit mode if nobody else changes anything
     */
    public static void recount(Connection connection) throws SQLException {
        Sql sql = new Sql(connection);
        sql.query("SELECT pg_advisory_xact_lock(?, hashtext(current_schema()))", _ -> true, LOCK);
        Orphans.findAll(sql);
        // One statement, so that counting and replacing see the same snapshot.
        sql.update("""
                WITH gone AS (DELETE FROM counts)
                INSERT INTO counts (what, part, amount)
                SELECT 'deals', outcome || ':' || stage, count(*) FROM deals WHERE known GROUP BY outcome, stage
                UNION ALL SELECT CASE WHEN retracted THEN 'retracted' ELSE 'facts' END, '', count(*)
                    FROM facts GROUP BY retracted
                UNION ALL SELECT 'conflicts', '', count(*) FROM event_ids WHERE conflict
                UNION ALL SELECT 'orphans', '', count(*) FROM orphans
                UNION ALL SELECT 'orphans_by', system || '|' || reason, count(*) FROM orphans GROUP BY system, reason
                UNION ALL SELECT 'orphans_dismissed', system || '|' || reason, count(*) FROM orphans
                    WHERE dismissed GROUP BY system, reason
                UNION ALL SELECT 'orphan_facts', '', coalesce(sum(facts), 0) FROM orphans
                UNION ALL SELECT 'effects', state, count(*) FROM effects GROUP BY state
                UNION ALL SELECT 'sla', concat_ws('|', policy, segment, state, CASE WHEN at_risk THEN 'risk' ELSE '-' END), count(*)
                    FROM sla_clocks GROUP BY policy, segment, state, at_risk
                UNION ALL SELECT 'sla_statements', concat_ws('|', kind, state), count(*) FROM sla_statements GROUP BY kind, state
                """);
    }
}
