package io.masterdeal.service.query;

import io.masterdeal.facts.StoredState;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.query.WhyView.EvidenceView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is needed to say what a deal waits for. */
@Component
class WhyQueries {

    private final JdbcClient jdbc;

    WhyQueries(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /**
     * A deal with its state.
     *
     * @param meaning of the rule set with which the state was computed; null if it never was
     */
    record StoredDeal(
            UUID id,
            ObjectKey root,
            String stage,
            String outcome,
            long revision,
            String ruleSet,
            @Nullable UUID meaning,
            DealState state) {}

    /**
     * One deal.
     *
     * @param id of the deal, which exists
     */
    StoredDeal deal(UUID id) {
        return jdbc.sql("SELECT id, root_key, stage, outcome, revision, rule_set, rules, state FROM deals WHERE id = ?")
                .param(id)
                .query((row, _) -> deal(row))
                .single();
    }

    private static StoredDeal deal(ResultSet row) throws SQLException {
        byte[] state = row.getBytes("state");
        return new StoredDeal(
                row.getObject("id", UUID.class),
                new ObjectKey(row.getString("root_key")),
                row.getString("stage"),
                row.getString("outcome"),
                row.getLong("revision"),
                row.getString("rule_set"),
                row.getObject("rules", UUID.class),
                state == null
                        ? new DealState(0, null, new TreeMap<>(), Map.of(), Map.of(), List.of())
                        : StoredState.read(state));
    }

    /**
     * Facts by the ids of their events.
     *
     * @param objects those of the deal, since another content of the same id may be about something else
     */
    Map<UUID, EvidenceView> evidence(Collection<UUID> ids, Collection<ObjectKey> objects) {
        Map<UUID, EvidenceView> facts = new HashMap<>();
        if (ids.isEmpty()) {
            return facts;
        }
        // Not a join: PostgreSQL might read the whole of event_ids for it.
        jdbc.sql("SELECT f.event_id, f.type, f.subject, f.status, f.occurred_at, f.source,"
                        + " (SELECT e.conflict FROM event_ids e WHERE e.event_id = f.event_id) AS conflict FROM facts f"
                        + " WHERE f.event_id = ANY (?) AND NOT f.retracted ORDER BY f.event_id, f.content_hash")
                .param(ids.toArray(UUID[]::new))
                .query(row -> {
                    if (objects.contains(new ObjectKey(row.getString("subject")))) {
                        facts.putIfAbsent(row.getObject("event_id", UUID.class), fact(row));
                    }
                });
        return facts;
    }

    private static EvidenceView fact(ResultSet row) throws SQLException {
        return new EvidenceView(
                row.getString("event_id"),
                row.getString("type"),
                row.getString("subject"),
                row.getString("status"),
                Times.text(row.getObject("occurred_at", OffsetDateTime.class).toInstant()),
                row.getString("source"),
                row.getBoolean("conflict"));
    }

    /** The clocks of a deal that have not ended, as they were evaluated last. */
    List<ShortClockView> openClocks(String root, int limit) {
        return jdbc.sql("SELECT * FROM sla_clocks WHERE root_key = ? AND open ORDER BY policy, object LIMIT ?")
                .params(root, limit)
                .query((row, _) -> ShortClockView.readWithoutDeal(row))
                .list();
    }
}
