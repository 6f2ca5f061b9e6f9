package io.masterdeal.effects;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.effects.EffectsConfiguration.InUse;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads which systems were asked for something because of a deal. */
@Component
public class AskedOfSystems {

    private final JdbcClient jdbc;

    private final Map<String, Reaction> reactions;

    AskedOfSystems(Readers readers, InUse inUse) {
        this.jdbc = readers.jdbc();
        this.reactions = inUse.reactions().stream().collect(Collectors.toMap(Reaction::name, Function.identity()));
    }

    /** An effect of a deal, in short. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Asked")
    public record Asked(
            @Schema(description = "Id of the effect") String id,

            @Schema(description = "The reaction, or sla-task for a task that a clock asked for")
            String reaction,

            @Schema(description = "The system that is asked; absent if there is no such reaction any more") @Nullable
            String system,

            @Schema(description = "The kind of object that is asked for, as far as the reaction says") @Nullable
            String kind,

            @Schema(description = "Of a task: the domain whose task it is") @Nullable
            String domain,

            @Schema(description = "pending, done, suppressed or failed")
            String state,

            @Schema(description = "Why it is suppressed or failed") @Nullable
            String reason,

            @Schema(description = "Since when it is asked, UTC")
            String since,

            @Schema(description = "The event it follows from; absent for a task") @JsonProperty("event_id") @Nullable
            String eventId) {

        /**
         * Whether it asks for a fact about an object.
         *
         * @param missingKind the kind of the object, {@code media:mediaplan}
         * @param owner the domain of that kind
         */
        public boolean asksFor(String missingKind, String owner) {
            return owner.equals(domain) || (owner.equals(system) && (kind == null || kind.equals(missingKind)));
        }
    }

    /**
     * The effects of a deal, the newest first.
     *
     * @param limit how many at most
     */
    public List<Asked> of(UUID deal, int limit) {
        return jdbc.sql("SELECT id, reaction, event_id, state, reason, task, created_at FROM effects WHERE deal_id = ?"
                        + " ORDER BY created_at DESC, id DESC LIMIT ?")
                .params(deal, limit)
                .query((row, _) -> asked(row))
                .list();
    }

    private Asked asked(ResultSet row) throws SQLException {
        String name = row.getString("reaction");
        String task = row.getString("task");
        Reaction reaction = reactions.get(name);
        JsonNode json = task == null ? null : JsonMapper.shared().readTree(task);
        return new Asked(
                row.getString("id"),
                name,
                json != null
                        ? TrackerTask.MAKE.system()
                        : reaction == null ? null : reaction.request().system(),
                reaction == null || reaction.unlessLive() == null
                        ? null
                        : reaction.unlessLive().value(),
                json == null ? null : json.path("domain").stringValue(null),
                row.getString("state"),
                row.getString("reason"),
                Times.text(row.getObject("created_at", OffsetDateTime.class).toInstant()),
                row.getString("event_id"));
    }
}
