package io.masterdeal.service.query;

import io.masterdeal.facts.StoredFields;
import io.masterdeal.facts.StoredState;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.OutcomeFinding;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.query.DealView.FindingView;
import io.masterdeal.service.query.DealView.ObjectView;
import io.masterdeal.service.query.DealView.OutcomeView;
import io.masterdeal.service.query.DealView.StepView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads stored answers. */
@Component
class DealQueries {

    private final JdbcClient jdbc;

    private final RuleSet rules;

    private final String finalStage;

    DealQueries(Readers readers, RuleSet rules) {
        this.jdbc = readers.jdbc();
        this.rules = rules;
        this.finalStage = rules.finalStage().name();
    }

    /** How much of a deal is returned. */
    enum Detail {
        /** Only the answer. */
        BRIEF,
        /** With the timeline, without evidence. */
        TIMELINE,
        /** Everything. */
        FULL
    }

    /** The deals that an id or an object key names: one for an id or a root, any number for another object. */
    List<DealView> find(String idOrKey, int limit) {
        try {
            return jdbc.sql("SELECT * FROM deals WHERE known AND id = ?")
                    .param(UUID.fromString(idOrKey))
                    .query((row, _) -> view(row, Detail.FULL))
                    .list();
        } catch (IllegalArgumentException e) {
            return jdbc.sql("SELECT * FROM deals WHERE known AND id = ANY (" + DealConditions.OF_OBJECT
                            + ") ORDER BY root_key LIMIT :limit")
                    .param("object", idOrKey)
                    .param("limit", limit)
                    .query((row, _) -> view(row, Detail.FULL))
                    .list();
        }
    }

    /** The deal of a row of {@code deals}. */
    DealView view(ResultSet row, Detail detail) throws SQLException {
        String stage = row.getString("stage");
        String outcome = row.getString("outcome");
        boolean full = detail == Detail.FULL;
        DealState state = detail == Detail.BRIEF ? null : state(row);
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
                stageSince(row),
                StoredFields.values(row.getBytes("fields")),
                state == null ? null : steps(state, full),
                state == null || !full ? null : objects(state),
                state == null || !full ? null : findings(row, state),
                state == null || !full ? null : outcome(row, state),
                null);
    }

    private static @Nullable String stageSince(ResultSet row) throws SQLException {
        OffsetDateTime since = row.getObject("stage_since", OffsetDateTime.class);
        return since == null ? null : Times.text(since.toInstant());
    }

    private @Nullable OutcomeView outcome(ResultSet row, DealState state) throws SQLException {
        OutcomeFinding finding = OutcomeFinding.of(new ObjectKey(row.getString("root_key")), rules, state);
        Instant since = finding.since();
        return since == null ? null : new OutcomeView(Times.text(since), texts(finding.evidence()));
    }

    /** The state of a deal; that of a deal without facts if the row has none, as for a deal that was never folded. */
    private static DealState state(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("state");
        return bytes == null
                ? new DealState(0, null, new TreeMap<>(), Map.of(), Map.of(), List.of())
                : StoredState.read(bytes);
    }

    private static List<StepView> steps(DealState state, boolean evidence) {
        return state.timeline().stream()
                .map(step -> new StepView(
                        step.stage(),
                        Times.text(step.effectiveAt().toEpochMilli()),
                        step.direction().name().toLowerCase(Locale.ROOT),
                        evidence ? texts(step.evidence()) : null))
                .toList();
    }

    private static List<ObjectView> objects(DealState state) {
        List<ObjectView> objects = new ArrayList<>();
        StoredState.objects(state).forEach((key, status) -> objects.add(new ObjectView(key.value(), status)));
        return objects;
    }

    /**
     * Why each stage holds or not: evaluated now, since it follows from the state; null until the deal is folded by these rules.
     */
    private @Nullable List<FindingView> findings(ResultSet row, DealState state) throws SQLException {
        if (!rules.meaning().equals(row.getObject("rules", UUID.class))) {
            return null;
        }
        ObjectKey root = new ObjectKey(row.getString("root_key"));
        List<FindingView> findings = new ArrayList<>();
        DealFold.resume(root, rules, state)
                .answer()
                .findings()
                .forEach((stage, finding) -> findings.add(new FindingView(
                        stage,
                        finding.holds(),
                        texts(finding.evidence()),
                        finding.unmet().stream().map(Condition::describe).toList())));
        return findings;
    }

    private static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }
}
