package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.facts.Counts;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads facts and conflicts. */
@Component
public class FactQueries {

    /** The smallest id; no event has it (RFC 9562 section 5.9). */
    private static final UUID BELOW_ALL = new UUID(0, 0);

    private final JdbcClient jdbc;

    private final RuleSet rules;

    FactQueries(Readers readers, RuleSet rules) {
        this.jdbc = readers.jdbc();
        this.rules = rules;
    }

    /** What is stored under an event id: nothing, one content, or several if they conflict. */
    List<FactView> find(UUID eventId) {
        List<FactView> found = new ArrayList<>(jdbc.sql(
                        "SELECT *, encode(content_hash, 'hex') AS hash FROM facts WHERE event_id = ? ORDER BY content_hash")
                .param(eventId)
                .query((row, _) -> fact(row))
                .list());
        found.addAll(jdbc.sql(
                        "SELECT *, encode(content_hash, 'hex') AS hash FROM retractions WHERE event_id = ? ORDER BY content_hash")
                .param(eventId)
                .query((row, _) -> retraction(row))
                .list());
        return found;
    }

    /** How many facts of an object wait for a deal; 0 if it reaches one, or has none. */
    long waitingFactsOf(String objectKey) {
        return jdbc.sql("SELECT facts FROM orphans WHERE key = ?")
                .param(objectKey)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The facts of an object, retracted ones too, by the time of what they state. */
    public List<FactView> of(String objectKey, int limit) {
        return jdbc.sql("SELECT *, encode(content_hash, 'hex') AS hash FROM facts WHERE subject = ?"
                        + " ORDER BY occurred_at, event_id, content_hash LIMIT ?")
                .params(objectKey, limit)
                .query((row, _) -> fact(row))
                .list();
    }

    /** Event ids that came with more than one content. */
    List<UUID> conflicts(@Nullable UUID after, int limit) {
        return jdbc.sql("SELECT event_id FROM event_ids WHERE conflict AND event_id > ? ORDER BY event_id LIMIT ?")
                .params(after == null ? BELOW_ALL : after, limit)
                .query((row, _) -> row.getObject("event_id", UUID.class))
                .list();
    }

    /** Counts over all that is stored. */
    record SummaryView(
            long deals,

            @Schema(description = "How many deals are at each stage, first to last; none is below the first")
            Map<String, Long> stages,

            @Schema(description = "How many deals have each outcome")
            Map<String, Long> outcomes,

            @Schema(description = "How many effects are in each state: pending, done, suppressed, failed")
            Map<String, Long> effects,

            @Schema(description = "Facts that count: without the retracted")
            long facts,

            @Schema(description = "Facts that were taken back") @JsonProperty("retracted_facts")
            long retractedFacts,

            @Schema(description = "Objects that reach no deal")
            long orphans,

            @JsonProperty("orphan_facts") long orphanFacts,

            @Schema(description = "Event ids that came with more than one content") @JsonProperty("conflicting_ids")
            long conflictingIds,

            @Schema(description = "The rule set answers are made with: name, version and a hash of its meaning")
            @JsonProperty("rule_set")
            String ruleSet) {}

    SummaryView summary() {
        Map<String, Long> stages = new LinkedHashMap<>();
        stages.put(Stage.NONE, 0L);
        rules.stages().forEach(stage -> stages.put(stage.name(), 0L));
        Map<String, Long> outcomes = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome.name().toLowerCase(Locale.ROOT), 0L);
        }
        Map<String, Long> effects = new LinkedHashMap<>();
        List.of("pending", "done", "suppressed", "failed").forEach(state -> effects.put(state, 0L));
        Map<String, Long> totals = new HashMap<>();
        jdbc.sql("SELECT what, part, sum(amount)::bigint AS amount FROM counts GROUP BY what, part"
                        + " HAVING sum(amount) <> 0")
                .query(row -> {
                    String part = row.getString("part");
                    long amount = row.getLong("amount");
                    totals.merge(row.getString("what"), amount, Long::sum);
                    switch (row.getString("what")) {
                        case Counts.DEALS -> {
                            String[] outcomeAndStage = part.split(":", 2);
                            outcomes.merge(outcomeAndStage[0], amount, Long::sum);
                            stages.merge(outcomeAndStage[1], amount, Long::sum);
                        }
                        case Counts.EFFECTS -> effects.put(part, amount);
                        default -> {}
                    }
                });
        String ruleSet = jdbc.sql("SELECT rule_set FROM active_rules")
                .query(String.class)
                .optional()
                .orElse("");
        return new SummaryView(
                totals.getOrDefault(Counts.DEALS, 0L),
                stages,
                outcomes,
                effects,
                totals.getOrDefault(Counts.FACTS, 0L),
                totals.getOrDefault(Counts.RETRACTED, 0L),
                totals.getOrDefault(Counts.ORPHANS, 0L),
                totals.getOrDefault(Counts.ORPHAN_FACTS, 0L),
                totals.getOrDefault(Counts.CONFLICTS, 0L),
                ruleSet);
    }

    /** A row of {@code facts}, with {@code content_hash} as {@code hash}. */
    static FactView fact(ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence");
        boolean unordered = row.wasNull();
        Map<String, String> attributes = new HashMap<>();
        JsonMapper.shared()
                .readTree(row.getString("attributes"))
                .properties()
                .forEach(it -> attributes.put(it.getKey(), it.getValue().stringValue()));
        return new FactView(
                row.getString("event_id"),
                row.getString("hash"),
                row.getString("type"),
                row.getString("subject"),
                row.getString("status"),
                unordered ? null : sequence,
                time(row, "occurred_at"),
                Arrays.asList((String[]) row.getArray("links").getArray()),
                attributes,
                row.getString("master_deal_id"),
                row.getBoolean("retracted"),
                null,
                row.getString("source"),
                row.getString("correlation_id"),
                row.getString("causation_id"),
                row.getString("traceparent"),
                row.getBoolean("replayed"),
                row.getString("origin"),
                time(row, "received_at"));
    }

    private static FactView retraction(ResultSet row) throws SQLException {
        List<String> retracts = Arrays.stream((UUID[]) row.getArray("retracts").getArray())
                .map(UUID::toString)
                .toList();
        return new FactView(
                row.getString("event_id"),
                row.getString("hash"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                retracts,
                row.getString("source"),
                row.getString("correlation_id"),
                null,
                null,
                false,
                row.getString("origin"),
                time(row, "received_at"));
    }

    private static String time(ResultSet row, String column) throws SQLException {
        return Times.text(row.getObject(column, OffsetDateTime.class).toInstant());
    }
}
