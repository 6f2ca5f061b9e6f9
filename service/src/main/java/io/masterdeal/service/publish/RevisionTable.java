package io.masterdeal.service.publish;

import io.masterdeal.facts.DealChange;
import io.masterdeal.facts.sla.Mark;
import io.masterdeal.facts.sla.SlaStatement;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.http.Times;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code deal_revisions}: what was published of each deal. */
final class RevisionTable {

    /** Ids of events that brought a revision, of which the canonical event tells more. */
    static final int MOST_CAUSES = 20;

    private final Sql sql;

    RevisionTable(Connection connection) {
        this.sql = new Sql(connection);
    }

    /**
     * A published revision.
     *
     * @param type of the canonical event
     * @param changed the parts in which it differs from the revision before
     * @param causes the first events that brought it, at most {@value #MOST_CAUSES}
     * @param causesTotal how many there are
     * @param about the warning or breach it is about, as JSON; null if it is about none
     */
    record Row(
            UUID deal,
            long revision,
            long epoch,
            String type,
            String stage,
            String outcome,
            List<String> changed,
            List<UUID> causes,
            int causesTotal,
            @Nullable String about) {

        /**
         * The row of a change.
         *
         * @param type of its canonical event
         * @param changed as the event has it
         * @param causes all events that brought it, each once
         */
        static Row of(DealChange change, String type, List<String> changed, List<UUID> causes) {
            return new Row(
                    change.dealId(),
                    change.revision(),
                    change.epoch(),
                    type,
                    change.now().stage(),
                    change.now().outcome(),
                    changed,
                    List.copyOf(causes.subList(0, Math.min(MOST_CAUSES, causes.size()))),
                    causes.size(),
                    about(change.sla()));
        }

        private static @Nullable String about(@Nullable SlaStatement sla) {
            if (sla == null || sla.about() == null) {
                return null;
            }
            Mark mark = sla.about().mark();
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("policy", mark.policy());
            if (!mark.object().isEmpty()) {
                about.put("object", mark.object());
            }
            about.put("kind", mark.kind().text());
            about.put("percent", mark.percent());
            about.put("at", Times.text(sla.about().at()));
            return JsonMapper.shared().writeValueAsString(about);
        }
    }

    /**
     * Adds rows, in the transaction that publishes them. Where the table of deals was restored alone, its revisions are used a second
     * time: the newer row stays then, since a row of history must not stop the intake.
     */
    void insert(List<Row> rows) throws SQLException {
        sql.update(
                """
                INSERT INTO deal_revisions (deal_id, revision, epoch, type, stage, outcome, changed, causes, causes_total, about)
                SELECT deal_id, revision, epoch, type, stage, outcome, changed::text[], causes::uuid[], causes_total, about::jsonb
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    AS t (deal_id, revision, epoch, type, stage, outcome, changed, causes, causes_total, about)
                ON CONFLICT (deal_id, revision) DO UPDATE SET epoch = excluded.epoch, at = excluded.at,
                    type = excluded.type, stage = excluded.stage, outcome = excluded.outcome, changed = excluded.changed,
                    causes = excluded.causes, causes_total = excluded.causes_total, about = excluded.about
                """,
                new Sql.Uuids(column(rows, Row::deal)),
                new Sql.Longs(column(rows, Row::revision)),
                new Sql.Longs(column(rows, Row::epoch)),
                new Sql.Texts(column(rows, Row::type)),
                new Sql.Texts(column(rows, Row::stage)),
                new Sql.Texts(column(rows, Row::outcome)),
                new Sql.Texts(column(rows, row -> Sql.literal(row.changed(), Function.identity()))),
                new Sql.Texts(column(rows, row -> Sql.literal(row.causes(), UUID::toString))),
                new Sql.Longs(column(rows, row -> (long) row.causesTotal())),
                new Sql.Texts(RevisionTable.<@Nullable String>column(rows, Row::about)));
    }

    private static <T extends @Nullable Object> List<T> column(List<Row> rows, Function<Row, T> value) {
        List<T> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }
}
