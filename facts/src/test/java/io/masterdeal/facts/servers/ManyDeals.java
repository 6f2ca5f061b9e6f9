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
        for (String statement : List.of(
                """
                INSERT INTO deals (id, root_key, known, revision, stage, outcome, facts)
                SELECT md5('deal' || i)::uuid, 'crm:deal:' || i, true, 1, 'stage' || i % 7,
                    CASE WHEN i % 10 = 0 THEN 'lost' WHEN i % 7 = 6 THEN 'won' ELSE 'open' END, 2
                FROM generate_series(1, COUNT) AS i
                """,
                """
                INSERT INTO placements (object_key, deal_id)
                SELECT 'media:mediaplan:' || i, md5('deal' || i)::uuid FROM generate_series(1, COUNT) AS i
                UNION ALL SELECT 'docflow:contract:FRAME', md5('deal' || i)::uuid FROM generate_series(1, 20) AS i
                """,
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
                "INSERT INTO orphans (key, facts, since) SELECT 'media:mediaplan:orphan' || i, 1, now()"
                        + " FROM generate_series(1, COUNT / 4) AS i",
                """
                INSERT INTO effects (id, reaction, deal_id, event_id, content_hash, state, created_at)
                SELECT md5('effect' || i)::uuid, 'plan', md5('deal' || i)::uuid, md5('fact' || i)::uuid, '\\x00',
                    CASE WHEN i % 500 = 0 THEN 'failed' WHEN i % 500 = 1 THEN 'pending' ELSE 'done' END,
                    now() - i * interval '1 second'
                FROM generate_series(1, COUNT) AS i
                """)) {
            database.jdbc()
                    .sql(statement.replace("COUNT", Integer.toString(COUNT)))
                    .update();
        }
        database.jdbc()
                .sql(
                        "VACUUM ANALYZE deals, placements, facts, retractions, event_ids, objects, orphans, effects, counts")
                .update();
    }
}
