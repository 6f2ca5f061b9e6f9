package io.masterdeal.service.query;

import io.masterdeal.role.database.Readers;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the facts of one deal in the order of time.
 *
 * <p>They lie object by object in the index, so a page merges the objects: it looks up each of them twice, first only for the times of as many
 * facts as a page has, which tell where the page ends, then for the facts themselves. So a page costs some index pages for each object of
 * the deal, whatever the objects have of other deals, and reads few more facts than it shows.
 */
@Component
class DealFactQueries {

    private static final String SQL = """
            WITH keys AS MATERIALIZED (
                SELECT object_key FROM placements WHERE deal_id = :deal
                UNION SELECT root_key FROM deals WHERE id = :deal AND root_key IS NOT NULL
            ), page_end AS MATERIALIZED (
                SELECT %1$s(t.occurred_at) AS at FROM (
                    SELECT f.occurred_at FROM keys CROSS JOIN LATERAL (
                        SELECT occurred_at FROM facts WHERE subject = keys.object_key %2$s
                        ORDER BY occurred_at %3$s LIMIT :limit) AS f
                    ORDER BY f.occurred_at %3$s LIMIT :limit) AS t
            )
            SELECT f.*, encode(f.content_hash, 'hex') AS hash FROM keys CROSS JOIN LATERAL (
                SELECT * FROM facts WHERE subject = keys.object_key
                AND occurred_at %4$s= COALESCE((SELECT at FROM page_end), '%5$s'::timestamptz) %6$s
                ORDER BY occurred_at %3$s, event_id %3$s, content_hash %3$s LIMIT :limit) AS f
            ORDER BY f.occurred_at %3$s, f.event_id %3$s, f.content_hash %3$s LIMIT :limit
            """;

    private final JdbcClient jdbc;

    DealFactQueries(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /** An order in time. */
    enum Order {
        /** The newest first. */
        NEWEST("min", "DESC", "<", ">", "-infinity"),
        /** The oldest first. */
        OLDEST("max", "ASC", ">", "<", "infinity");

        private final String first;

        private final String following;

        Order(String last, String direction, String behind, String notBehind, String end) {
            this.first = SQL.formatted(last, "", direction, notBehind, end, "");
            this.following = SQL.formatted(
                    last,
                    "AND occurred_at " + behind + " :occurred_at",
                    direction,
                    notBehind,
                    end,
                    "AND occurred_at " + behind + "= :occurred_at AND (occurred_at, event_id, content_hash) " + behind
                            + " (:occurred_at, :event_id, :hash)");
        }
    }

    /**
     * A page.
     *
     * @param last the place of the last fact; null if nothing follows
     */
    record Found(List<FactView> facts, @Nullable FactPlace last) {}

    /**
     * The facts of all objects that are placed in a deal now, the retracted ones as well.
     *
     * @param after where the page before ends; null for the first page
     * @param limit the most facts of the page
     */
    Found of(UUID deal, Order order, @Nullable FactPlace after, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("deal", deal);
        parameters.put("limit", limit + 1);
        if (after != null) {
            parameters.put("occurred_at", after.occurredAt().atOffset(ZoneOffset.UTC));
            parameters.put("event_id", after.eventId());
            parameters.put("hash", HexFormat.of().parseHex(after.hash()));
        }
        List<FactView> facts = new ArrayList<>();
        List<FactPlace> places = new ArrayList<>();
        jdbc.sql(after == null ? order.first : order.following)
                .params(parameters)
                .query(row -> {
                    facts.add(FactQueries.fact(row));
                    places.add(FactPlace.of(row));
                });
        return facts.size() <= limit
                ? new Found(facts, null)
                : new Found(List.copyOf(facts.subList(0, limit)), places.get(limit - 1));
    }
}
