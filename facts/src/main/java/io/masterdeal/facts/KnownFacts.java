package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what was known of a deal at an earlier instant: which facts had been received and not taken back by then, and which objects
 * belonged to the deal by these facts. Links and references of the present are only used to find candidates, each of which is checked; placements
 * and answers are not read at all.
 */
public final class KnownFacts {

    /**
     * Whether a fact {@code f} was known. Only of a fact that is taken back today a retraction has to be looked for, since none is ever
     * undone. They are counted: for the first one alone a planner that expects many would read the whole table.
     */
    private static final String KNOWN = """
            f.received_at < :received_before AND (NOT f.retracted OR 0 = (
                SELECT count(*) FROM retractions r WHERE r.retracts @> ARRAY[f.event_id]
                AND r.received_at < :retracted_before AND r.domain IN ('*', split_part(f.subject, ':', 1))))""";

    /**
     * Facts that link to {@code PARENT}, by those that stand today and those that were taken back. The collation is that of the index on the
     * links.
     */
    private static final String CHILDREN = """
            SELECT l.child AS key FROM links l WHERE l.parent = PARENT
            UNION
            SELECT f.subject FROM facts f WHERE f.retracted AND f.links @> ARRAY[PARENT COLLATE "default"]""";

    /** LIMIT has each candidate checked by the index: a planner that expects many would read the whole table. */
    private static final String LINKING = " CROSS JOIN LATERAL (SELECT FROM facts f WHERE f.subject = c.key"
            + " AND PARENT = ANY (f.links) AND " + KNOWN + " LIMIT 1) AS known";

    private static final String NOT_A_ROOT = " NOT LIKE 'crm:deal:%'";

    private static final String IS_NAMED =
            "SELECT EXISTS (SELECT FROM facts f WHERE f.subject = :root AND " + KNOWN + ") OR EXISTS (SELECT FROM ("
                    + of("CAST(:root AS text)", CHILDREN) + ") AS c" + of("CAST(:root AS text)", LINKING) + ")";

    private static final String OBJECTS = "WITH RECURSIVE member (key) AS ("
            + "(SELECT CAST(:root AS text) COLLATE \"C\" UNION SELECT c.key FROM ("
            + "SELECT child AS key FROM deal_references WHERE deal_id = :deal"
            + " UNION SELECT subject FROM facts WHERE retracted AND master_deal_id = :deal) AS c"
            + " CROSS JOIN LATERAL (SELECT FROM facts f WHERE f.subject = c.key AND f.master_deal_id = :deal AND "
            + KNOWN + " LIMIT 1) AS known WHERE c.key" + NOT_A_ROOT + ")"
            + " UNION SELECT c.key FROM member m CROSS JOIN LATERAL (" + of("m.key", CHILDREN) + ") AS c"
            + of("m.key", LINKING) + " WHERE c.key" + NOT_A_ROOT
            + ") SELECT key FROM member LIMIT :limit";

    private static final String ROOTS = "WITH RECURSIVE above (key) AS ("
            + "SELECT CAST(:object AS text) COLLATE \"C\""
            + " UNION SELECT p.key FROM above a CROSS JOIN LATERAL ("
            + "SELECT DISTINCT unnest(f.links) COLLATE \"C\" AS key FROM facts f WHERE f.subject = a.key AND " + KNOWN
            + " OFFSET 0) AS p WHERE a.key" + NOT_A_ROOT
            + "), bounded AS MATERIALIZED (SELECT key FROM above LIMIT :most)"
            + " SELECT key FROM bounded WHERE key LIKE 'crm:deal:%'"
            + " UNION SELECT d.root_key FROM bounded b CROSS JOIN LATERAL ("
            + "SELECT DISTINCT f.master_deal_id AS id FROM facts f WHERE f.subject = b.key"
            + " AND f.master_deal_id IS NOT NULL AND " + KNOWN
            + " OFFSET 0) AS n JOIN deals d ON d.id = n.id WHERE d.root_key IS NOT NULL AND b.key" + NOT_A_ROOT
            + " ORDER BY key LIMIT :limit";

    private static final String FACTS = "SELECT f.event_id, f.type, f.subject, f.status, f.sequence, f.occurred_at,"
            + " f.links, '{}' AS attributes, f.master_deal_id FROM unnest(:keys) AS k (key) CROSS JOIN LATERAL ("
            + "SELECT * FROM facts f WHERE f.subject = k.key AND " + KNOWN + " OFFSET 0) AS f LIMIT :limit";

    private static final String CONFLICTS = """
            SELECT e.event_id FROM event_ids e WHERE e.event_id = ANY (CAST(:ids AS uuid[])) AND e.conflict AND
                (SELECT count(*) FROM facts f WHERE f.event_id = e.event_id AND f.received_at < :received_before)
                + (SELECT count(*) FROM retractions r
                    WHERE r.event_id = e.event_id AND r.received_at < :received_before) > 1
            ORDER BY e.event_id LIMIT :limit
            """;

    private final JdbcClient jdbc;

    private final int most;

    /**
     * @param jdbc runs the queries
     * @param most how many objects, and how many facts, one deal may have
     */
    public KnownFacts(JdbcClient jdbc, int most) {
        this.jdbc = jdbc;
        this.most = most;
    }

    /**
     * Which facts are meant: those that were received until one instant, without those that a retraction received until another one takes
     * back. Instants have whole milliseconds, and what was received within that millisecond counts.
     *
     * @param received UTC
     * @param retracted UTC, not after the other one
     */
    public record Knowledge(Instant received, Instant retracted) {

        /** What was known at an instant. */
        public static Knowledge at(Instant instant) {
            return new Knowledge(instant, instant);
        }

        /** What was known at any instant of a period, its first and its last included. */
        public static Knowledge during(Instant from, Instant to) {
            return new Knowledge(to, from);
        }

        private Map<String, Object> parameters() {
            return Map.of("received_before", before(received), "retracted_before", before(retracted));
        }

        private static OffsetDateTime before(Instant last) {
            return OffsetDateTime.ofInstant(last.plusMillis(1), ZoneOffset.UTC);
        }
    }

    /** The root of a deal, which follows from no id; empty if no fact was ever received that names it. */
    public Optional<ObjectKey> root(UUID deal) {
        return jdbc.sql("SELECT root_key FROM deals WHERE id = :id AND root_key IS NOT NULL")
                .param("id", deal)
                .query((row, _) -> new ObjectKey(row.getString(1)))
                .optional();
    }

    /** Whether a fact names the root: as its subject or in a link. Without one there is no such deal. */
    public boolean isNamed(ObjectKey root, Knowledge knowledge) {
        return jdbc.sql(IS_NAMED)
                .params(knowledge.parameters())
                .param("root", root.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * The deals an object belongs to.
     *
     * @param limit the most
     * @return their roots in the order of their keys, each named by a fact
     */
    public List<ObjectKey> rootsOf(ObjectKey object, Knowledge knowledge, int limit) {
        return jdbc
                .sql(ROOTS)
                .params(knowledge.parameters())
                .param("object", object.value())
                .param("most", most)
                .param("limit", limit)
                .query((row, _) -> new ObjectKey(row.getString(1)))
                .list()
                .stream()
                .filter(root -> isNamed(root, knowledge))
                .toList();
    }

    /**
     * The objects of a deal, its root among them, whether they have facts or not.
     *
     * @throws TooManyFactsException if there are more than the most
     */
    public List<ObjectKey> objects(ObjectKey root, Knowledge knowledge) {
        List<ObjectKey> objects = jdbc.sql(OBJECTS)
                .params(knowledge.parameters())
                .param("root", root.value())
                .param("deal", MasterDealId.of(root).value())
                .param("limit", most + 1)
                .query((row, _) -> new ObjectKey(row.getString(1)))
                .list();
        if (objects.size() > most) {
            throw new TooManyFactsException("objects", most);
        }
        return objects;
    }

    /**
     * The facts about objects, without their attributes.
     *
     * @return in no order
     * @throws TooManyFactsException if there are more than the most
     */
    public List<Fact> facts(Collection<ObjectKey> objects, Knowledge knowledge) {
        List<Fact> facts = jdbc.sql(FACTS)
                .params(knowledge.parameters())
                .param("keys", objects.stream().map(ObjectKey::value).toArray(String[]::new))
                .param("limit", most + 1)
                .query((row, _) -> FactTable.read(row))
                .list();
        if (facts.size() > most) {
            throw new TooManyFactsException("facts", most);
        }
        return facts;
    }

    /**
     * Which event ids of these facts had come with more than one content, whether these were taken back or not.
     *
     * @param limit the most
     * @return in the order of the ids
     */
    public List<UUID> conflicts(Collection<Fact> facts, Knowledge knowledge, int limit) {
        return jdbc.sql(CONFLICTS)
                .param("received_before", Knowledge.before(knowledge.received()))
                .param(
                        "ids",
                        facts.stream().map(fact -> fact.eventId().toString()).toArray(String[]::new))
                .param("limit", limit)
                .query((row, _) -> FactTable.uuid(row, 1))
                .list();
    }

    private static String of(String parent, String statement) {
        return statement.replace("PARENT", parent);
    }
}
