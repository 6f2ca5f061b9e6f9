package io.masterdeal.service.query;

import io.masterdeal.service.http.Times;
import io.masterdeal.service.query.DealView.FindingView;
import io.masterdeal.service.query.DealView.ObjectView;
import io.masterdeal.service.query.DealView.StepView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads stored answers. */
@Component
class DealQueries {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    private final String finalStage;

    DealQueries(JdbcClient jdbc, io.masterdeal.model.rules.RuleSet rules) {
        this.jdbc = jdbc;
        this.finalStage = rules.finalStage().name();
    }

    /** How much of a deal is told. */
    enum Detail {
        /** The answer alone. */
        BRIEF,
        /** With the timeline, without evidence. */
        TIMELINE,
        /** All there is. */
        FULL
    }

    /**
     * Which deals are wanted; null means any.
     *
     * @param after the root key behind which to go on
     */
    record Filter(
            @Nullable String stage,
            @Nullable String outcome,
            @Nullable String object,
            @Nullable String after) {}

    List<DealView> list(Filter filter, int limit, Detail detail) {
        return jdbc.sql("""
                        SELECT * FROM deals WHERE known
                        AND (:stage::text IS NULL OR stage = :stage) AND (:outcome::text IS NULL OR outcome = :outcome)
                        AND (:object::text IS NULL OR id IN (SELECT deal_id FROM placements WHERE object_key = :object)
                            OR root_key = :object)
                        AND (:after::text IS NULL OR root_key > :after)
                        ORDER BY root_key LIMIT :limit
                        """)
                .param("stage", filter.stage())
                .param("outcome", filter.outcome())
                .param("object", filter.object())
                .param("after", filter.after())
                .param("limit", limit)
                .query((row, _) -> read(row, detail))
                .list();
    }

    /** The deals that an id or an object key names: one for an id or a root, any number for another object. */
    List<DealView> find(String idOrKey, int limit) {
        try {
            return jdbc.sql("SELECT * FROM deals WHERE known AND id = ?")
                    .param(UUID.fromString(idOrKey))
                    .query((row, _) -> read(row, Detail.FULL))
                    .list();
        } catch (IllegalArgumentException e) {
            return list(new Filter(null, null, idOrKey, null), limit, Detail.FULL);
        }
    }

    private DealView read(ResultSet row, Detail detail) throws SQLException {
        String stage = row.getString("stage");
        String outcome = row.getString("outcome");
        boolean full = detail == Detail.FULL;
        return new DealView(
                row.getString("id"),
                row.getString("root_key"),
                stage,
                outcome,
                stage.equals(finalStage) && (outcome.equals("lost") || outcome.equals("cancelled")),
                Arrays.asList((String[]) row.getArray("gaps").getArray()),
                row.getInt("facts"),
                row.getLong("revision"),
                row.getString("rule_set"),
                Times.text(row.getObject("updated_at", OffsetDateTime.class).toInstant()),
                detail == Detail.BRIEF ? null : steps(row.getString("timeline"), full),
                full ? objects(row.getString("objects")) : null,
                full ? findings(row.getString("findings")) : null);
    }

    private static List<StepView> steps(String json, boolean evidence) {
        List<StepView> steps = new ArrayList<>();
        for (JsonNode step : JSON.readTree(json)) {
            steps.add(new StepView(
                    step.path("stage").stringValue(),
                    Times.text(step.path("effective_at").longValue()),
                    step.path("direction").stringValue(),
                    evidence ? texts(step.path("evidence")) : null));
        }
        return steps;
    }

    private static List<ObjectView> objects(String json) {
        List<ObjectView> objects = new ArrayList<>();
        for (JsonNode object : JSON.readTree(json)) {
            objects.add(new ObjectView(
                    object.path("key").stringValue(), object.path("status").stringValue(null)));
        }
        return objects;
    }

    private static List<FindingView> findings(String json) {
        List<FindingView> findings = new ArrayList<>();
        for (JsonNode finding : JSON.readTree(json)) {
            findings.add(new FindingView(
                    finding.path("stage").stringValue(),
                    finding.path("holds").booleanValue(),
                    texts(finding.path("evidence")),
                    texts(finding.path("unmet"))));
        }
        return findings;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.stringValue()));
        return texts;
    }
}
