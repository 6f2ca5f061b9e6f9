package io.masterdeal.service.query;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.service.query.ObjectsView.LinkView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks up what the tables say of some objects: of each a limited number of rows. */
final class ObjectDetails {

    /** The attributes of an object that are shown. */
    static final int MOST_ATTRIBUTES = 50;

    /** The characters of a value that are shown. */
    static final int VALUE_LENGTH = 200;

    /** The facts of an object in which attributes are looked for, the newest. */
    private static final int FACTS_WITH_ATTRIBUTES = 100;

    /** The facts of an object in which a link is looked for, the oldest: a link mostly comes with the first. */
    private static final int FACTS_WITH_LINKS = 200;

    private static final int MOST_NAMING = 5;

    private final JdbcClient jdbc;

    ObjectDetails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How much there is of an object.
     *
     * @param deals in which it is placed, at most one more than {@link #MOST}
     * @param facts without the retracted, at most one more than {@link #MOST}
     */
    record Counts(int deals, int facts) {

        static final int MOST = 1000;

        static final Counts NONE = new Counts(0, 0);
    }

    /** Counts for each of these objects. */
    Map<String, Counts> counts(List<String> keys) {
        Map<String, Counts> counts = new HashMap<>();
        jdbc.sql("""
                        SELECT k.key,
                            (SELECT count(*) FROM (SELECT 1 FROM placements WHERE object_key = k.key LIMIT :most) AS p) AS deals,
                            (SELECT count(*) FROM
                                (SELECT 1 FROM facts WHERE subject = k.key AND NOT retracted LIMIT :most) AS f) AS facts
                        FROM unnest(:keys) AS k (key)
                        """)
                .param("keys", keys.toArray(String[]::new))
                .param("most", Counts.MOST + 1)
                .query(row -> {
                    counts.put(row.getString("key"), new Counts(row.getInt("deals"), row.getInt("facts")));
                });
        return counts;
    }

    /**
     * Attributes of an object.
     *
     * @param values the newest value of each, by name
     * @param cut whether there are more attributes, or a value is longer
     */
    record Attributes(Map<String, String> values, boolean cut) {

        static final Attributes NONE = new Attributes(Map.of(), false);
    }

    /** The attributes of each of these objects that has some. Which fact is newer is decided as for statuses. */
    Map<String, Attributes> attributes(List<String> keys) {
        Map<String, Map<String, String>> values = new HashMap<>();
        Map<String, Boolean> cut = new HashMap<>();
        jdbc.sql("""
                        SELECT key, name, left(value, :length) AS value, n, length(value) > :length AS cut FROM (
                            SELECT v.*, row_number() OVER (PARTITION BY key ORDER BY name) AS n FROM (
                                SELECT DISTINCT ON (k.key, a.name) k.key, a.name, a.value
                                FROM unnest(:keys) AS k (key)
                                CROSS JOIN LATERAL (
                                    SELECT sequence, occurred_at, event_id, attributes FROM facts
                                    WHERE subject = k.key AND NOT retracted
                                    ORDER BY occurred_at DESC LIMIT :facts) AS f
                                CROSS JOIN LATERAL jsonb_each_text(f.attributes) AS a (name, value)
                                ORDER BY k.key, a.name, f.sequence DESC NULLS LAST,
                                    CASE WHEN f.sequence IS NULL THEN f.occurred_at END DESC, f.event_id DESC) AS v) AS v
                        WHERE n <= :most + 1 ORDER BY key, n
                        """)
                .param("keys", keys.toArray(String[]::new))
                .param("length", VALUE_LENGTH)
                .param("facts", FACTS_WITH_ATTRIBUTES)
                .param("most", MOST_ATTRIBUTES)
                .query(row -> {
                    String key = row.getString("key");
                    boolean isMore = row.getInt("n") > MOST_ATTRIBUTES;
                    if (!isMore) {
                        values.computeIfAbsent(key, _ -> new LinkedHashMap<>())
                                .put(row.getString("name"), row.getString("value"));
                    }
                    cut.merge(key, isMore || row.getBoolean("cut"), Boolean::logicalOr);
                });
        Map<String, Attributes> attributes = new HashMap<>();
        values.forEach((key, each) -> attributes.put(key, new Attributes(each, cut.getOrDefault(key, false))));
        return attributes;
    }

    /** A link from child to parent. */
    record Link(String child, String parent) {}

    /**
     * Links with the facts that name them.
     *
     * @param children whose facts may name the deal by its id
     * @param links within the deal
     */
    List<LinkView> links(UUID deal, ObjectKey root, List<String> children, List<Link> links) {
        Map<Link, List<String>> named = new LinkedHashMap<>();
        links.forEach(link -> named.put(link, new ArrayList<>()));
        jdbc.sql("""
                        SELECT l.child, l.parent, f.event_id FROM unnest(:children, :parents) AS l (child, parent)
                        CROSS JOIN LATERAL (
                            SELECT event_id, occurred_at FROM (
                                SELECT event_id, occurred_at, links FROM facts WHERE subject = l.child AND NOT retracted
                                ORDER BY occurred_at LIMIT :facts) AS first
                            WHERE l.parent = ANY (links) ORDER BY occurred_at, event_id LIMIT :most) AS f
                        ORDER BY f.occurred_at, f.event_id
                        """)
                .param("children", links.stream().map(Link::child).toArray(String[]::new))
                .param("parents", links.stream().map(Link::parent).toArray(String[]::new))
                .param("facts", FACTS_WITH_LINKS)
                .param("most", MOST_NAMING)
                .query(row -> {
                    Link link = new Link(row.getString("child"), row.getString("parent"));
                    named.computeIfAbsent(link, _ -> new ArrayList<>()).add(row.getString("event_id"));
                });
        List<LinkView> views = new ArrayList<>();
        named.forEach((link, facts) -> views.add(new LinkView(link.child(), link.parent(), "link", facts)));
        byId(deal, children)
                .forEach((child, facts) -> views.add(new LinkView(child, root.value(), "master_deal_id", facts)));
        return views;
    }

    private Map<String, List<String>> byId(UUID deal, List<String> children) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT r.child, f.event_id FROM unnest(:children) AS k (key)
                        JOIN deal_references r ON r.child = k.key AND r.deal_id = :deal
                        LEFT JOIN LATERAL (
                            SELECT event_id, occurred_at FROM (
                                SELECT event_id, occurred_at, master_deal_id FROM facts WHERE subject = r.child AND NOT retracted
                                ORDER BY occurred_at LIMIT :facts) AS first
                            WHERE master_deal_id = :deal ORDER BY occurred_at, event_id LIMIT :most) AS f ON true
                        ORDER BY r.child, f.occurred_at, f.event_id
                        """)
                .param("children", children.toArray(String[]::new))
                .param("deal", deal)
                .param("facts", FACTS_WITH_LINKS)
                .param("most", MOST_NAMING)
                .query(row -> {
                    List<String> facts = named.computeIfAbsent(row.getString("child"), _ -> new ArrayList<>());
                    String fact = row.getString("event_id");
                    if (fact != null) {
                        facts.add(fact);
                    }
                });
        return named;
    }
}
