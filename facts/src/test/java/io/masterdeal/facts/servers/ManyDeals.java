package io.masterdeal.facts.servers;

import java.util.List;

/** Very many deals, each of the least: rows that PostgreSQL makes by itself. */
public final class ManyDeals {

    /** How many: a million in the long run. */
    public static final int COUNT = Boolean.getBoolean("masterdeal.long") ? 1_000_000 : 10_000;

    private ManyDeals() {}

    /**
     * Fills the tables: deal {@code i} has root {@code crm:deal:i} and plan {@code media:mediaplan:i}; the first twenty share
     * {@code
     * docflow:contract:FRAME}.
     */
    public static void load(Database database) {
        loadDeals(database, COUNT);
        for (String statement : List.of(
                """
                INSERT INTO facts (event_id, content_hash, type, subject, occurred_at, links, attributes, retracted, source,
                    replayed, origin)
                SELECT md5('fact' || i)::uuid, '\\x00', 'media.mediaplan.ready', 'media:mediaplan:' || i, now(), '{}', '{}',
                    false, 'test', false, 'nowhere'
                FROM generate_series(1, COUNT) AS i
                """,
                """
                INSERT INTO retractions (event_id, content_hash, content, retracts, domain, source, origin)
                SELECT md5('retraction' || i)::uuid, '\\x00', '', '{}', 'media', 'test', 'nowhere'
                FROM generate_series(1, COUNT / 10) AS i
                """,
                "INSERT INTO event_ids (event_id, conflict) SELECT md5('fact' || i)::uuid, i % 20 = 0"
                        + " FROM generate_series(1, COUNT) AS i",
                "INSERT INTO objects (key) SELECT 'media:mediaplan:' || i FROM generate_series(1, COUNT) AS i",
                """
                INSERT INTO orphans (key, facts, since, reason, parent, dismissed)
                SELECT 'media:mediaplan:orphan' || i, 1, now() - i * interval '1 minute',
                    CASE WHEN i % 100 = 0 THEN 'link_retracted' ELSE 'unknown_parent' END, 'crm:lead:' || i, i % 50 = 7
                FROM generate_series(1, COUNT / 4) AS i
                """,
                """
                INSERT INTO effects (id, reaction, deal_id, event_id, content_hash, state, created_at)
                SELECT md5('effect' || i)::uuid, 'plan', md5('deal' || i)::uuid, md5('fact' || i)::uuid, '\\x00',
                    CASE WHEN i % 500 = 0 THEN 'failed' WHEN i % 500 = 1 THEN 'pending' ELSE 'done' END,
                    now() - i * interval '1 second'
                FROM generate_series(1, COUNT) AS i
                """)) {
            run(database, statement, COUNT);
        }
        database.jdbc()
                .sql("VACUUM ANALYZE facts, retractions, event_ids, objects, orphans, effects, counts,"
                        + " deal_revisions")
                .update();
    }

    /** Fills the tables of deals alone: 20 clients, 10 managers, 5 products, one client of a single deal, and deals without fields. */
    public static void loadDeals(Database database, int count) {
        for (String statement : List.of("""
                INSERT INTO deals (id, root_key, known, revision, stage, outcome, facts, stage_since, gaps)
                SELECT md5('deal' || i)::uuid, 'crm:deal:' || i, true, CASE WHEN i % 5 = 0 THEN 2 ELSE 1 END,
                    CASE WHEN i % 7 = 6 THEN 'closed' ELSE 'stage' || i % 7 END,
                    CASE WHEN i % 10 = 0 THEN 'lost' WHEN i % 7 = 6 THEN 'won' ELSE 'open' END, 2,
                    CASE WHEN i % 11 > 0 THEN timestamptz '2026-01-01Z' + i::bigint * 7919 % 100000 * interval '1 minute' END,
                    CASE WHEN i % 1000 = 1 THEN ARRAY['stage1', 'stage2'] WHEN i % 4 = 0 THEN ARRAY['stage1'] ELSE '{}' END
                FROM generate_series(1, COUNT) AS i
                """, """
                INSERT INTO placements (object_key, deal_id)
                SELECT 'media:mediaplan:' || i, md5('deal' || i)::uuid FROM generate_series(1, COUNT) AS i
                UNION ALL SELECT 'docflow:contract:FRAME', md5('deal' || i)::uuid FROM generate_series(1, 20) AS i
                """, """
                INSERT INTO deal_fields (deal_id, root_key, client, manager, product, region, currency, amount)
                SELECT md5('deal' || i)::uuid, 'crm:deal:' || i,
                    CASE WHEN i = 77 THEN 'one deal' WHEN i % 13 > 0 THEN 'client ' || i % 20 END,
                    CASE WHEN i % 17 > 0 THEN 'manager ' || i / 20 % 10 END, 'product ' || i / 7 % 5, 'region ' || i / 3 % 4,
                    CASE WHEN i % 50 = 0 THEN 'USD' WHEN i % 9 > 0 THEN 'RUB' END,
                    CASE WHEN i % 9 > 0 THEN i::bigint * 37 % 10000 + 0.5 END
                FROM generate_series(1, COUNT) AS i
                """, """
                INSERT INTO deal_revisions (deal_id, revision, epoch, at, type, stage, outcome, changed, causes, causes_total)
                SELECT md5('deal' || i)::uuid, n, 1, timestamptz '2026-06-01Z' + i::bigint * 7919 % 100000 * interval '1 minute'
                        + CASE WHEN i % 10 = 0 THEN 0 ELSE n END * interval '1 day',
                    'masterdeal.updated', 'none', 'open', '{}', '{}', 0
                FROM generate_series(1, COUNT) AS i, generate_series(1, CASE WHEN i % 5 = 0 THEN 2 ELSE 1 END) AS n
                """)) {
            run(database, statement, count);
        }
        database.jdbc()
                .sql("VACUUM ANALYZE deals, placements, deal_fields, deal_revisions")
                .update();
    }

    private static void run(Database database, String statement, int count) {
        database.jdbc().sql(statement.replace("COUNT", Integer.toString(count))).update();
    }
}
