package io.masterdeal.facts;

import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rebuilds every cache from {@code facts} and {@code retractions}, set by set. */
final class Rebuild {

    private final Sql sql;

    private final PendingFolds pending;

    private final Connection connection;

    Rebuild(Connection connection) {
        this.connection = connection;
        this.sql = new Sql(connection);
        this.pending = new PendingFolds(connection);
    }

    int run() throws SQLException {
        // In the order in which a batch takes its locks, so that batches wait here and none is half done.
        sql.update("LOCK TABLE event_ids IN EXCLUSIVE MODE");
        sql.update("LOCK TABLE objects IN EXCLUSIVE MODE");
        rebuildEventIds();
        rebuildGraph();
        rebuildDeals();
        rebuildPlacements();
        Counts.recount(connection);
        return pending.addAll(false);
    }

    private void rebuildEventIds() throws SQLException {
        sql.update("""
                INSERT INTO event_ids (event_id)
                SELECT event_id FROM facts UNION SELECT event_id FROM retractions
                UNION SELECT unnest(retracts) FROM retractions
                ON CONFLICT DO NOTHING
                """);
        sql.update("""
                WITH truth AS (
                    SELECT e.event_id, coalesce(c.contents, 0) > 1 AS conflict, ARRAY (
                        SELECT DISTINCT r.domain FROM retractions r WHERE r.retracts @> ARRAY[e.event_id]
                        ORDER BY r.domain) AS retracted_by
                    FROM event_ids e LEFT JOIN (
                        SELECT event_id, count(*) AS contents FROM (
                            SELECT event_id FROM facts UNION ALL SELECT event_id FROM retractions) AS s
                        GROUP BY event_id) AS c ON c.event_id = e.event_id)
                UPDATE event_ids e SET retracted_by = t.retracted_by, conflict = t.conflict FROM truth t
                WHERE t.event_id = e.event_id AND (e.retracted_by, e.conflict) <> (t.retracted_by, t.conflict)
                """);
        sql.update("""
                UPDATE facts f SET retracted = t.retracted FROM (
                    SELECT f.event_id, f.content_hash,
                        e.retracted_by && ARRAY['*', split_part(f.subject, ':', 1)] AS retracted
                    FROM facts f JOIN event_ids e ON e.event_id = f.event_id) AS t
                WHERE f.event_id = t.event_id AND f.content_hash = t.content_hash AND f.retracted <> t.retracted
                """);
    }

    private void rebuildGraph() throws SQLException {
        sql.update("""
                INSERT INTO objects (key)
                SELECT subject FROM facts UNION SELECT unnest(links) COLLATE "C" FROM facts
                ON CONFLICT DO NOTHING
                """);
        sql.update("DELETE FROM links");
        sql.update("""
                INSERT INTO links (child, parent, followed)
                SELECT DISTINCT subject, link, subject NOT LIKE 'crm:deal:%'
                FROM facts, unnest(links) AS link WHERE NOT retracted
                """);
        sql.update("DELETE FROM deal_references");
        sql.update("""
                INSERT INTO deal_references (child, deal_id)
                SELECT DISTINCT subject, master_deal_id FROM facts
                WHERE NOT retracted AND master_deal_id IS NOT NULL AND subject NOT LIKE 'crm:deal:%'
                """);
    }

    private void rebuildDeals() throws SQLException {
        List<String> keys = sql.query("""
                SELECT subject FROM facts WHERE subject LIKE 'crm:deal:%'
                UNION SELECT parent FROM links WHERE parent LIKE 'crm:deal:%'
                """, row -> row.getString(1));
        List<UUID> ids = new ArrayList<>(keys.size());
        keys.forEach(key -> ids.add(MasterDealId.of(new ObjectKey(key)).value()));
        sql.update("""
                INSERT INTO deals AS d (id, root_key) SELECT id, root_key FROM unnest(?, ?) AS t (id, root_key)
                ON CONFLICT (id) DO UPDATE SET root_key = excluded.root_key
                """, new Sql.Uuids(ids), new Sql.Texts(keys));
        sql.update("UPDATE deals SET stale = true WHERE root_key IS NOT NULL");
        sql.update("""
                DELETE FROM deal_fields f WHERE NOT EXISTS (SELECT 1 FROM deals d WHERE d.id = f.deal_id AND d.known)
                """); // The rows of known deals are made again when these are folded.
    }

    private void rebuildPlacements() throws SQLException {
        sql.update("DELETE FROM placements");
        sql.update("""
                WITH RECURSIVE closure (object_key, deal_id) AS (
                    SELECT l.child, d.id FROM links l JOIN deals d ON d.root_key = l.parent WHERE l.followed
                    UNION
                    SELECT child, deal_id FROM deal_references
                    UNION
                    SELECT l.child, c.deal_id FROM closure c JOIN links l ON l.parent = c.object_key WHERE l.followed)
                INSERT INTO placements (object_key, deal_id)
                SELECT object_key, deal_id FROM closure
                UNION
                SELECT f.subject, d.id FROM facts f JOIN deals d ON d.root_key = f.subject
                """);
    }
}
