package io.masterdeal.effects;

import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads effects for the API. */
@Component
class EffectQueries {

    private static final String EFFECTS =
            "SELECT e.*, d.root_key FROM effects e LEFT JOIN deals d ON d.id = e.deal_id WHERE ";

    private final JdbcClient jdbc;

    EffectQueries(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /**
     * A place in the list of effects, which is in order of time.
     *
     * @param micros when the effect was written, microseconds since 1970
     * @param id its id
     */
    record Place(long micros, UUID id) {}

    /** An effect with its place. */
    record Placed(Place place, EffectView view) {}

    /**
     * Effects in the order in which they were written.
     *
     * @param state only those in this state; null: any
     * @param dealId only those of this deal; null: any
     * @param object only those of deals this object belongs to; null: any
     * @param after the place to continue after
     */
    List<Placed> list(
            @Nullable EffectState state,
            @Nullable UUID dealId,
            @Nullable String object,
            @Nullable Place after,
            int limit) {
        // Each combination of conditions is a statement of its own: PostgreSQL would plan one for all of them to read
        // all effects.
        StringBuilder where = new StringBuilder("true");
        Map<String, Object> wishes = new HashMap<>();
        wishes.put("limit", limit);
        if (state != null) {
            where.append(" AND e.state = :state");
            wishes.put("state", state.text());
        }
        if (dealId != null) {
            where.append(" AND e.deal_id = :deal");
            wishes.put("deal", dealId);
        }
        if (object != null) {
            where.append(" AND e.deal_id = ANY (ARRAY (SELECT deal_id FROM placements WHERE object_key = :object"
                    + " UNION SELECT id FROM deals WHERE root_key = :object))");
            wishes.put("object", object);
        }
        if (after != null) {
            where.append(
                    " AND (e.created_at, e.id)" + " > (timestamptz 'epoch' + :micros * interval '1 microsecond', :id)");
            wishes.put("micros", after.micros());
            wishes.put("id", after.id());
        }
        return jdbc.sql(EFFECTS + where + " ORDER BY e.created_at, e.id LIMIT :limit")
                .params(wishes)
                .query((row, _) -> placed(row))
                .list();
    }

    Optional<EffectView> find(UUID id) {
        return jdbc.sql(EFFECTS + "e.id = ?")
                .param(id)
                .query((row, _) -> placed(row).view())
                .optional();
    }

    private static Placed placed(ResultSet row) throws SQLException {
        OffsetDateTime created = row.getObject("created_at", OffsetDateTime.class);
        String state = row.getString("state");
        EffectView view = new EffectView(
                row.getString("id"),
                row.getString("reaction"),
                row.getString("deal_id"),
                row.getString("root_key"),
                row.getString("event_id"),
                task(row),
                state,
                row.getString("reason"),
                row.getBoolean("released"),
                row.getInt("attempts"),
                state.equals(EffectState.PENDING.text()) ? time(row, "due_at") : null,
                row.getString("last_error"),
                row.getString("request_body"),
                time(row, "created_at"),
                time(row, "updated_at"));
        long micros = created.toEpochSecond() * 1_000_000 + created.getNano() / 1000;
        return new Placed(new Place(micros, UUID.fromString(view.id())), view);
    }

    private static EffectView.@Nullable Task task(ResultSet row) throws SQLException {
        String wanted = row.getString("wanted");
        if (wanted == null) {
            return null;
        }
        JsonNode task = JsonMapper.shared().readTree(row.getString("task"));
        return new EffectView.Task(
                wanted,
                textOrNull(task, TrackerTask.KEY),
                task.path("title").asString(),
                task.path("page").asBoolean(),
                task.path("domain").asString(),
                task.path("kind").asString(),
                task.path("percent").asInt(),
                task.path("policy").asString(),
                textOrNull(task, "object"),
                task.path("started_at").asString(),
                task.path("at").asString(),
                textOrNull(task, "due_at"),
                task.path("revision").asLong());
    }

    private static @Nullable String textOrNull(JsonNode task, String name) {
        return task.has(name) ? task.path(name).asString() : null;
    }

    private static String time(ResultSet row, String column) throws SQLException {
        return Times.text(row.getObject(column, OffsetDateTime.class).toInstant());
    }
}
