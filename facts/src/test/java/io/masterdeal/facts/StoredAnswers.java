package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Utf8Order;
import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tables say, to be compared with what the model says. */
final class StoredAnswers {

    private final JdbcClient jdbc;

    private final RuleSet rules;

    StoredAnswers(Database database, RuleSet rules) {
        this.jdbc = database.jdbc();
        this.rules = rules;
    }

    /** A deal's answer in a form in which both sides can be compared and read. */
    private record Told(
            String id,
            Answer answer,
            int facts,
            String findings,
            @Nullable Instant stageSince) {}

    /**
     * Compares all that is stored about keys with an ending, with what the model says.
     *
     * @param suffix the ending; every key ends in the empty text
     */
    void areThoseOf(FactSet statements, String suffix, String story) {
        Answers model = statements.answer(rules);
        Map<String, Told> expected = new TreeMap<>();
        Map<ObjectKey, List<Fact>> factsOf = statements.deals();
        model.deals()
                .forEach((root, deal) ->
                        expected.put(root.value(), told(root, deal, factsOf.getOrDefault(root, List.of()))));
        assertThat(deals(suffix)).as("deals of %s", story).isEqualTo(expected);
        haveFieldsOf(statements, suffix, story);
        Map<String, Integer> orphans = new TreeMap<>();
        model.orphans().forEach((key, facts) -> orphans.put(key.value(), facts));
        assertThat(orphans(suffix)).as("orphans of %s", story).isEqualTo(orphans);
        assertThat(keptOrphans(suffix)).as("kept orphans of %s", story).isEqualTo(orphans);
        assertThat(keptReasons(suffix)).as("reasons of orphans of %s", story).isEqualTo(reasons(suffix));
        assertThat(wrongCounts()).as("kept and counted, after %s", story).isEmpty();
        assertThat(jdbc.sql("SELECT count(*) FROM facts WHERE NOT retracted AND subject LIKE ?")
                        .param("%" + suffix)
                        .query(Integer.class)
                        .single())
                .as("facts of %s", story)
                .isEqualTo(model.facts());
    }

    /** Compares the attributes of roots with those of all facts: what answers go on from, and what deals are searched by. */
    void haveFieldsOf(FactSet statements, String suffix, String story) {
        Map<String, Map<String, String>> expected = new TreeMap<>();
        statements.deals().forEach((root, facts) -> expected.put(root.value(), attributes(root, facts)));
        Map<String, Map<String, String>> kept = new TreeMap<>();
        jdbc.sql("SELECT root_key, fields FROM deals WHERE known AND root_key LIKE ?")
                .param("%" + suffix)
                .query((row, _) -> kept.put(row.getString(1), StoredFields.values(row.getBytes(2))))
                .list();
        assertThat(kept).as("attributes of %s", story).isEqualTo(expected);
        Map<String, Map<String, String>> rows = new TreeMap<>();
        jdbc.sql("SELECT * FROM deal_fields WHERE root_key LIKE ?")
                .param("%" + suffix)
                .query((row, _) -> rows.put(row.getString("root_key"), row(row)))
                .list();
        expected.values().forEach(values -> values.replaceAll((_, value) -> StoredFields.cut(value, 200)));
        assertThat(rows).as("searched fields of %s", story).isEqualTo(expected);
    }

    private static Map<String, String> row(ResultSet row) throws SQLException {
        Map<String, String> values = new TreeMap<>();
        for (String name : FieldNames.DEFAULT.names()) {
            String value = row.getString(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    private static SortedMap<String, String> attributes(ObjectKey root, List<Fact> facts) {
        SortedMap<String, String> attributes = new TreeMap<>();
        facts.stream()
                .filter(fact -> fact.subject().equals(root))
                .sorted(Fact.BY_VERSION)
                .forEach(fact -> attributes.putAll(fact.attributes()));
        attributes.keySet().retainAll(FieldNames.DEFAULT.names());
        attributes.replaceAll((_, value) -> StoredFields.cut(value, StoredFields.LONGEST_VALUE));
        return attributes;
    }

    /** Compares the conflicts of all that is stored, with those of several models together. */
    void haveConflicts(Map<UUID, Integer> expected) {
        Map<UUID, Integer> stored = new TreeMap<>();
        jdbc.sql("""
            SELECT event_id, (SELECT count(*) FROM facts f WHERE f.event_id = e.event_id)
                + (SELECT count(*) FROM retractions r WHERE r.event_id = e.event_id)
            FROM event_ids e WHERE conflict
            """)
                .query((row, _) -> stored.put(row.getObject(1, UUID.class), row.getInt(2)))
                .list();
        assertThat(stored).isEqualTo(new TreeMap<>(expected));
    }

    private Map<String, Told> deals(String suffix) {
        Map<String, Told> deals = new TreeMap<>();
        jdbc.sql("SELECT * FROM deals WHERE known AND root_key LIKE ?")
                .param("%" + suffix)
                .query((row, _) -> deals.put(
                        row.getString("root_key"),
                        new Told(
                                row.getString("id"),
                                new Answer(
                                        true,
                                        row.getString("stage"),
                                        row.getString("outcome"),
                                        Arrays.asList(
                                                (String[]) row.getArray("gaps").getArray()),
                                        state(row).timeline(),
                                        StoredState.objects(state(row)),
                                        List.of(),
                                        StoredFields.values(row.getBytes("fields"))),
                                row.getInt("facts"),
                                findings(row),
                                stageSince(row))))
                .list();
        return deals;
    }

    private Map<String, Integer> orphans(String suffix) {
        Map<String, Integer> orphans = new TreeMap<>();
        jdbc.sql("""
            SELECT subject, count(*) FROM facts f
            WHERE NOT retracted AND subject LIKE ? AND subject NOT LIKE 'crm:deal:%' AND NOT EXISTS (
                SELECT 1 FROM placements p JOIN deals d ON d.id = p.deal_id
                WHERE p.object_key = f.subject AND d.known)
            GROUP BY subject
            """)
                .param("%" + suffix)
                .query((row, _) -> orphans.put(row.getString(1), row.getInt(2)))
                .list();
        return orphans;
    }

    private Map<String, Integer> keptOrphans(String suffix) {
        Map<String, Integer> orphans = new TreeMap<>();
        jdbc.sql("SELECT key, facts FROM orphans WHERE key LIKE ?")
                .param("%" + suffix)
                .query((row, _) -> orphans.put(row.getString(1), row.getInt(2)))
                .list();
        return orphans;
    }

    private Map<String, String> keptReasons(String suffix) {
        Map<String, String> reasons = new TreeMap<>();
        jdbc.sql("SELECT key, system || ' ' || reason || ' ' || coalesce(parent, '') FROM orphans WHERE key LIKE ?")
                .param("%" + suffix)
                .query((row, _) -> reasons.put(row.getString(1), row.getString(2)))
                .list();
        return reasons;
    }

    /** Why each orphan is one, from the facts alone. */
    private Map<String, String> reasons(String suffix) {
        Map<String, Named> named = new TreeMap<>();
        Set<String> told = new TreeSet<>(jdbc.sql("SELECT DISTINCT subject FROM facts WHERE NOT retracted")
                .query(String.class)
                .list());
        jdbc.sql("SELECT subject, retracted, links, master_deal_id::text FROM facts WHERE subject LIKE ?")
                .param("%" + suffix)
                .query(row -> {
                    Named names = named.computeIfAbsent(row.getString(1), _ -> new Named());
                    List<String> links = List.of((String[]) row.getArray(3).getArray());
                    String deal = row.getString(4);
                    if (row.getBoolean(2)) {
                        names.retracted |= !links.isEmpty() || deal != null;
                    } else {
                        links.forEach(link -> (told.contains(link) ? names.known : names.unknown).add(link));
                        if (deal != null) {
                            names.deals.add(deal);
                        }
                    }
                });
        Map<String, String> reasons = new TreeMap<>();
        orphans(suffix).keySet().forEach(key -> {
            Named names = named.getOrDefault(key, new Named());
            reasons.put(key, new ObjectKey(key).domain() + " " + names.reason());
        });
        return reasons;
    }

    /** What the facts of an object name. */
    private static final class Named {
        private final TreeSet<String> unknown = new TreeSet<>(Utf8Order.INSTANCE);

        private final TreeSet<String> known = new TreeSet<>(Utf8Order.INSTANCE);

        private final TreeSet<String> deals = new TreeSet<>();

        private boolean retracted;

        String reason() {
            if (!unknown.isEmpty()) {
                return "unknown_parent " + unknown.getFirst();
            }
            if (!deals.isEmpty()) {
                return "unknown_deal " + deals.getFirst();
            }
            return known.isEmpty() ? (retracted ? "link_retracted " : "no_parent ") : "no_root " + known.getFirst();
        }
    }

    /** Where the kept numbers differ from what is counted at the same moment. */
    List<String> wrongCounts() {
        return jdbc.sql("""
            WITH counted AS (
                SELECT 'deals' AS what, outcome || ':' || stage AS part, count(*) AS n FROM deals WHERE known
                    GROUP BY outcome, stage
                UNION ALL SELECT CASE WHEN retracted THEN 'retracted' ELSE 'facts' END, '', count(*)
                    FROM facts GROUP BY retracted
                UNION ALL SELECT 'conflicts', '', count(*) FROM event_ids WHERE conflict HAVING count(*) > 0
                UNION ALL SELECT 'orphans', '', count(*) FROM orphans HAVING count(*) > 0
                UNION ALL SELECT 'orphans_by', system || '|' || reason, count(*) FROM orphans GROUP BY system, reason
                UNION ALL SELECT 'orphans_dismissed', system || '|' || reason, count(*) FROM orphans
                    WHERE dismissed GROUP BY system, reason
                UNION ALL SELECT 'orphan_facts', '', sum(facts)::bigint FROM orphans HAVING count(*) > 0
                UNION ALL SELECT 'effects', state, count(*) FROM effects GROUP BY state
                UNION ALL SELECT 'sla', policy || '|' || segment || '|' || state || CASE WHEN at_risk THEN '|risk' ELSE '|-' END,
                    count(*) FROM sla_clocks GROUP BY policy, segment, state, at_risk
                UNION ALL SELECT 'sla_statements', kind || '|' || state, count(*) FROM sla_statements GROUP BY kind, state),
            kept AS (
                SELECT what, part, sum(amount)::bigint AS n FROM counts GROUP BY what, part HAVING sum(amount) <> 0)
            SELECT coalesce(k.what, c.what) || ' ' || coalesce(k.part, c.part) || ' kept ' || coalesce(k.n, 0)
                || ' counted ' || coalesce(c.n, 0)
            FROM kept k FULL JOIN counted c ON c.what = k.what AND c.part = k.part
            WHERE k.n IS DISTINCT FROM c.n
            """).query((row, _) -> row.getString(1)).list();
    }

    private static @Nullable Instant stageSince(ResultSet row) throws SQLException {
        OffsetDateTime since = row.getObject("stage_since", OffsetDateTime.class);
        return since == null ? null : since.toInstant();
    }

    private static DealState state(ResultSet row) throws SQLException {
        return StoredState.read(row.getBytes("state"));
    }

    /** What an answer made from the stored state says of every stage. */
    private String findings(ResultSet row) throws SQLException {
        return DealFold.resume(new ObjectKey(row.getString("root_key")), rules, state(row))
                .answer()
                .findings()
                .toString();
    }

    private static Told told(ObjectKey root, Deal deal, List<Fact> facts) {
        return new Told(
                MasterDealId.of(root).toString(),
                Answer.of(deal, List.of(), attributes(root, facts)),
                deal.facts(),
                deal.findings().toString(),
                deal.timeline().isEmpty() ? null : deal.timeline().getLast().effectiveAt());
    }
}
