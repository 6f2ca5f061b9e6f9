package io.masterdeal.crash.history;

import io.masterdeal.facts.StoredFields;
import io.masterdeal.facts.StoredState;
import io.masterdeal.model.deal.DealState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the service's tables, in one snapshot of the database. */
public final class DatabaseReader {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Connection connection;

    /**
     * @param connection to the service's schema; its transactions are ended here
     */
    public DatabaseReader(Connection connection) {
        this.connection = connection;
    }

    /** Every deal that has a revision, by root. */
    public SortedMap<String, StoredDeal> deals() throws SQLException {
        SortedMap<String, StoredDeal> deals = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT id, root_key, known, revision, stage, outcome, gaps, state, rule_set, fields
                        FROM deals WHERE revision > 0
                        """)) {
            while (row.next()) {
                String root = row.getString("root_key");
                deals.put(root, new StoredDeal(row.getString("id"), root, row.getBoolean("known"), answer(row)));
            }
        }
        return deals;
    }

    private static ObjectNode answer(ResultSet row) throws SQLException {
        JsonMapper json = JsonMapper.shared();
        ObjectNode answer = json.createObjectNode()
                .put("master_deal_id", row.getString("id"))
                .put("root", row.getString("root_key"))
                .put("revision", row.getLong("revision"))
                .put("stage", row.getString("stage"))
                .put("outcome", row.getString("outcome"))
                .put("rule_set", row.getString("rule_set"));
        var gaps = answer.putArray("gaps");
        texts(row.getArray("gaps")).forEach(gaps::add);
        byte[] bytes = row.getBytes("state");
        ArrayNode timeline = answer.putArray("timeline");
        ArrayNode objects = answer.putArray("objects");
        if (bytes != null) {
            DealState state = StoredState.read(bytes);
            state.timeline().forEach(step -> {
                ObjectNode node = timeline.addObject()
                        .put("stage", step.stage())
                        .put("effective_at", TIME.format(step.effectiveAt()))
                        .put("direction", step.direction().name().toLowerCase(Locale.ROOT));
                ArrayNode evidence = node.putArray("evidence");
                step.evidence().forEach(id -> evidence.add(id.toString()));
            });
            StoredState.objects(state)
                    .forEach((key, status) ->
                            objects.addObject().put("key", key.value()).put("status", status));
        }
        ObjectNode attributes = answer.putObject("attributes");
        StoredFields.values(row.getBytes("fields")).forEach(attributes::put);
        return answer;
    }

    /** Every fact and retraction. */
    public List<StoredFact> facts() throws SQLException {
        List<StoredFact> facts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT event_id, origin, type, subject, occurred_at, links FROM facts
                        UNION ALL
                        SELECT event_id, origin, NULL, NULL, NULL, NULL FROM retractions
                        """)) {
            while (row.next()) {
                String type = row.getString("type");
                String said = type == null
                        ? null
                        : SentEvent.said(
                                type,
                                row.getString("subject"),
                                row.getObject("occurred_at", OffsetDateTime.class)
                                        .toInstant(),
                                texts(row.getArray("links")));
                facts.add(new StoredFact(row.getString("event_id"), said, row.getString("origin")));
            }
        }
        return facts;
    }

    /** What was published, as the database keeps it. */
    public List<StoredRevision> revisions() throws SQLException {
        List<StoredRevision> revisions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT d.root_key, r.revision, r.type, r.stage, r.outcome, r.causes_total
                        FROM deal_revisions r JOIN deals d ON d.id = r.deal_id
                        """)) {
            while (row.next()) {
                revisions.add(new StoredRevision(
                        row.getString("root_key"),
                        row.getLong("revision"),
                        StoredRevision.said(
                                row.getString("type"),
                                row.getString("stage"),
                                row.getString("outcome"),
                                row.getLong("causes_total"))));
            }
        }
        return revisions;
    }

    /** Everything that was noticed about clocks, in the order in which it was. */
    public List<StoredMark> marks() throws SQLException {
        List<StoredMark> marks = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT d.root_key, s.policy, s.object, s.started_at, s.kind, s.percent, s.state, s.revision, s.retracted_by
                        FROM sla_statements s JOIN deals d ON d.id = s.deal_id ORDER BY s.id
                        """)) {
            while (row.next()) {
                ClockMark mark = new ClockMark(
                        row.getString("root_key"),
                        row.getString("policy"),
                        row.getString("object"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getString("kind"),
                        row.getInt("percent"));
                String state = row.getString("state");
                long revision = row.getLong(state.equals("retracted") ? "retracted_by" : "revision");
                marks.add(new StoredMark(mark, state, revision));
            }
        }
        return marks;
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
