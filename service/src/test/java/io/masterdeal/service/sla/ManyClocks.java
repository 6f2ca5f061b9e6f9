package io.masterdeal.service.sla;

import io.masterdeal.facts.servers.Database;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Very many clocks of the bundled policies: rows that PostgreSQL makes by itself. */
final class ManyClocks {

    private ManyClocks() {}

    /**
     * Fills the table: deals {@code crm:deal:1} and so on have a clock of each policy. One in 1000 clocks is at risk. The first deals have
     * breaches that nobody will do anything about any more, so that what is open lies behind them in every index of time.
     *
     * @param deals how many
     */
    static void load(Database database, int deals) {
        JdbcClient jdbc = database.jdbc();
        jdbc.sql("""
                INSERT INTO sla_clocks (root_key, policy, object, deal_id, cycle, state, open, at_risk, started_at, due_at, no_due,
                    warned_percent, warned_at, breached_at, stopped_at, cancelled_at, segment, calendar, target_ms, spent_ms, domain,
                    client)
                SELECT 'crm:deal:' || i, policy, CASE policy WHEN 'legal-review' THEN 'legal:case:' || i ELSE '' END,
                    md5('deal' || i)::uuid, 1, state, open, at_risk, at - interval '1 day',
                    CASE WHEN state IN ('paused', 'cancelled') THEN NULL ELSE at END,
                    CASE WHEN state IN ('paused', 'cancelled') THEN state END,
                    CASE WHEN at_risk THEN ARRAY[50, 80] ELSE ARRAY[]::integer[] END,
                    CASE WHEN at_risk THEN ARRAY[at - interval '2 hours', at - interval '1 hour'] ELSE ARRAY[]::timestamptz[] END,
                    CASE WHEN state = 'breached' OR i % 100 = 3 AND state = 'cancelled' THEN at END,
                    CASE WHEN NOT open AND state <> 'cancelled' THEN at END, CASE WHEN state = 'cancelled' THEN at END,
                    CASE WHEN policy <> 'lead-to-close' OR i % 10 > 1 THEN 'default' WHEN i % 10 = 0 THEN 'strategic' ELSE 'large' END,
                    'moscow', 3600000, CASE WHEN NOT open THEN 1800000 END,
                    CASE policy WHEN 'legal-review' THEN 'legal' ELSE 'masterdeal' END,
                    CASE WHEN i % 9 > 0 THEN 'client ' || i % 50 END
                FROM (
                    SELECT i, policy, n, state, state IN ('running', 'paused') OR state = 'breached' AND i % 2 = 0 AS open,
                        state IN ('running', 'paused') AND (i + n) % 500 < 2 AS at_risk,
                        timestamptz '2026-01-01 00:00:00Z' + i * interval '1 minute' + n * interval '1 second' AS at
                    FROM generate_series(1, DEALS) AS i,
                        unnest(ARRAY['lead-to-close', 'brief-to-offer', 'offer-to-contracting', 'signature-to-approval',
                            'invoice-to-close', 'legal-review']) WITH ORDINALITY AS p (policy, n),
                        LATERAL (SELECT (ARRAY['running', 'met', 'breached', 'cancelled', 'running', 'paused'])[(i + n) % 6 + 1] AS state)
                            AS s) AS c
                """.replace("DEALS", Integer.toString(deals))).update();
        jdbc.sql("""
                INSERT INTO sla_statements (deal_id, policy, object, started_at, kind, percent, at, state, reason, revision, made_at)
                SELECT deal_id, policy, object, started_at, 'breached', 100, breached_at,
                    CASE WHEN row_number() OVER (ORDER BY breached_at) % 700 = 0 THEN 'retracted' ELSE 'told' END, NULL, 3,
                    breached_at
                FROM sla_clocks WHERE breached_at IS NOT NULL
                UNION ALL SELECT deal_id, policy, object, started_at, 'warned', 50, warned_at[1], 'suppressed', 'replayed', NULL,
                    warned_at[1]
                FROM sla_clocks WHERE at_risk
                """).update();
        jdbc.sql("INSERT INTO sla_deadlines (deal_id, due_at) SELECT deal_id, min(due_at) FROM sla_clocks WHERE open"
                        + " AND due_at IS NOT NULL GROUP BY deal_id")
                .update();
        count(jdbc);
        for (String table : List.of("sla_clocks", "sla_statements", "sla_deadlines", "counts")) {
            jdbc.sql("VACUUM ANALYZE " + table).update();
        }
    }

    /** Adds the totals of what is stored, as the transactions that change clocks do. */
    static void count(JdbcClient jdbc) {
        jdbc.sql("""
                INSERT INTO counts (what, part, amount)
                SELECT 'sla', policy || '|' || segment || '|' || state || '|' || CASE WHEN at_risk THEN 'risk' ELSE '-' END, count(*)
                FROM sla_clocks GROUP BY policy, segment, state, at_risk
                UNION ALL SELECT 'sla_statements', kind || '|' || state, count(*) FROM sla_statements GROUP BY kind, state
                """).update();
    }
}
