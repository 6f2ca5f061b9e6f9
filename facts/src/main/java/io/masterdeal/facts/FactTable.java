package io.masterdeal.facts;

import io.masterdeal.facts.ReceivedStatement.Identity;
import io.masterdeal.facts.placement.PlacementTable;
import io.masterdeal.model.EventIdOrder;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables {@code facts}, {@code retractions} and {@code event_ids}: the truth. */
final class FactTable {

    /** The columns {@link #read} needs. */
    static final String COLUMNS =
            "f.event_id, f.type, f.subject, f.status, f.sequence, f.occurred_at, f.links, f.attributes, f.master_deal_id";

    /** Stands for the domain of a retraction that reaches any fact. */
    static final String ANY_DOMAIN = "*";

    private final Sql sql;

    FactTable(Connection connection) {
        this.sql = new Sql(connection);
    }

    /** Which of these are stored already. */
    Set<Identity> stored(Collection<UUID> eventIds) throws SQLException {
        if (eventIds.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(sql.query(
                """
                SELECT event_id, encode(content_hash, 'hex') FROM facts WHERE event_id = ANY (?)
                UNION ALL
                SELECT event_id, encode(content_hash, 'hex') FROM retractions WHERE event_id = ANY (?)
                """,
                row -> new Identity(uuid(row, 1), row.getString(2)),
                new Sql.Uuids(eventIds),
                new Sql.Uuids(eventIds)));
    }

    /**
     * Inserts the rows of event ids that were never mentioned before, and so locks those until the end of the transaction.
     *
     * @return the other ids, which existed and may be locked by other transactions
     */
    Set<UUID> mention(Collection<UUID> eventIds) throws SQLException {
        TreeSet<UUID> sorted = new TreeSet<>(EventIdOrder.INSTANCE);
        sorted.addAll(eventIds);
        Set<UUID> there = new HashSet<>(sorted);
        sql.forEach("""
                INSERT INTO event_ids (event_id) SELECT id FROM unnest(?) WITH ORDINALITY AS t (id, n) ORDER BY n
                ON CONFLICT (event_id) DO NOTHING RETURNING event_id
                """, row -> there.remove(uuid(row, 1)), new Sql.Uuids(sorted));
        return there;
    }

    /**
     * Locks existing event ids until the end of the transaction.
     *
     * @return by which domains each was taken back, of those that were
     */
    Map<UUID, Set<String>> lock(Collection<UUID> eventIds) throws SQLException {
        Map<UUID, Set<String>> retractedBy = new HashMap<>();
        if (eventIds.isEmpty()) {
            return retractedBy;
        }
        sql.forEach(
                """
                SELECT event_id, retracted_by FROM event_ids WHERE event_id = ANY (?) ORDER BY event_id
                FOR NO KEY UPDATE
                """,
                row -> {
                    Set<String> domains = Set.of((String[]) row.getArray(2).getArray());
                    if (!domains.isEmpty()) {
                        retractedBy.put(uuid(row, 1), domains);
                    }
                },
                new Sql.Uuids(eventIds));
        return retractedBy;
    }

    /** Marks ids that have more than one content; returns how many were not marked before. */
    int markConflicts(Collection<UUID> eventIds) throws SQLException {
        return eventIds.isEmpty()
                ? 0
                : sql.update(
                        "UPDATE event_ids SET conflict = true WHERE event_id = ANY (?) AND NOT conflict",
                        new Sql.Uuids(eventIds));
    }

    /** Facts under these ids that count so far. */
    List<Fact> standing(Collection<UUID> eventIds) throws SQLException {
        return sql.query(
                "SELECT " + COLUMNS + " FROM facts f WHERE NOT f.retracted AND f.event_id = ANY (?)",
                FactTable::read,
                new Sql.Uuids(eventIds));
    }

    /**
     * Takes back what these ids name, and all that will ever come under them.
     *
     * @param ids event ids, an entry for each domain that takes it back
     * @param domains the domain of each entry, {@link #ANY_DOMAIN} for one that may speak for all
     * @return how many facts counted until now
     */
    int retract(List<UUID> ids, List<String> domains) throws SQLException {
        sql.update("""
                UPDATE event_ids e SET retracted_by = ARRAY (
                    SELECT DISTINCT domain FROM unnest(e.retracted_by || t.domains) AS domain ORDER BY domain)
                FROM (SELECT event_id, array_agg(domain) AS domains FROM unnest(?, ?) AS t (event_id, domain)
                    GROUP BY event_id) AS t
                WHERE e.event_id = t.event_id
                """, new Sql.Uuids(ids), new Sql.Texts(domains));
        return sql.update("""
                UPDATE facts f SET retracted = true FROM unnest(?, ?) AS t (event_id, domain)
                WHERE f.event_id = t.event_id AND NOT f.retracted
                AND t.domain IN ('*', split_part(f.subject, ':', 1))
                """, new Sql.Uuids(ids), new Sql.Texts(domains));
    }

    void insertRetractions(Collection<ReceivedStatement> received) throws SQLException {
        for (ReceivedStatement each : received) {
            Retraction retraction = each.retraction();
            sql.update(
                    """
                    INSERT INTO retractions (event_id, content_hash, content, retracts, domain, source, correlation_id,
                        origin)
                    VALUES (?, decode(?, 'hex'), ?, ?, ?, ?, ?, ?)
                    """,
                    retraction.eventId(),
                    each.contentHash(),
                    retraction.content(),
                    new Sql.Uuids(retraction.retracts()),
                    retraction.domain() == null ? ANY_DOMAIN : retraction.domain(),
                    each.provenance().source(),
                    each.provenance().correlationId(),
                    each.provenance().origin());
        }
    }

    /**
     * Adds facts.
     *
     * @param retracted those of them that are taken back already
     */
    void insertFacts(Collection<ReceivedStatement> received, Set<ReceivedStatement> retracted) throws SQLException {
        if (received.isEmpty()) {
            return;
        }
        FactColumns columns = new FactColumns();
        received.forEach(each -> columns.add(each, retracted.contains(each)));
        sql.update("""
                INSERT INTO facts (event_id, content_hash, type, subject, status, sequence, occurred_at, links,
                    attributes, master_deal_id, retracted, source, correlation_id, causation_id, traceparent,
                    replayed, origin)
                SELECT event_id, decode(content_hash, 'hex'), type, subject, status, sequence, occurred_at::timestamptz,
                    links::text[], attributes::jsonb, master_deal_id, retracted, source, correlation_id, causation_id, traceparent,
                    replayed, origin
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    AS t (event_id, content_hash, type, subject, status, sequence, occurred_at, links, attributes,
                        master_deal_id, retracted, source, correlation_id, causation_id, traceparent, replayed, origin)
                """, columns.parameters());
    }

    /** The facts that count, of some types, of objects in the deals they are placed in. */
    List<Reactions.DealFact> of(List<PlacementTable.Placement> placed, Set<String> types) throws SQLException {
        return sql.query(
                """
                SELECT t.deal_id, f.event_id, encode(f.content_hash, 'hex') AS hash, f.type, f.occurred_at, f.replayed
                FROM unnest(?, ?) AS t (object_key, deal_id) JOIN facts f ON f.subject = t.object_key
                WHERE NOT f.retracted AND f.type = ANY (?)
                """,
                row -> new Reactions.DealFact(
                        uuid(row, "deal_id"),
                        uuid(row, "event_id"),
                        row.getString("hash"),
                        row.getString("type"),
                        instant(row, "occurred_at").toEpochMilli(),
                        row.getBoolean("replayed")),
                new Sql.Texts(placed.stream().map(it -> it.object().value()).toList()),
                new Sql.Uuids(
                        placed.stream().map(PlacementTable.Placement::deal).toList()),
                new Sql.Texts(types));
    }

    static Fact read(ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence");
        @Nullable Long version = row.wasNull() ? null : sequence;
        List<ObjectKey> links = new ArrayList<>();
        for (String link : (String[]) row.getArray("links").getArray()) {
            links.add(new ObjectKey(link));
        }
        return Fact.of(
                uuid(row, "event_id"),
                row.getString("type"),
                new ObjectKey(row.getString("subject")),
                row.getString("status"),
                version,
                instant(row, "occurred_at"),
                links,
                StoredJson.attributes(row.getString("attributes")),
                row.getObject("master_deal_id", UUID.class));
    }

    static UUID uuid(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
