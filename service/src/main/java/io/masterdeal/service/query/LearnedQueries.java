package io.masterdeal.service.query;

import io.masterdeal.facts.KnownFacts.Knowledge;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.query.LearnedView.LearnedItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the facts and retractions of a deal in the order in which they were received. */
@Component
class LearnedQueries {

    /** OFFSET 0 has facts and retractions looked up by their indexes, one object after the other. */
    private static final String ITEMS = """
            SELECT *, (extract(epoch FROM received_at) * 1000000)::bigint AS micros FROM (
                SELECT 'fact' AS kind, f.event_id, encode(f.content_hash, 'hex') AS hash, f.type, f.subject, f.status,
                    f.occurred_at, NULL::uuid[] AS retracts, NULL AS domain, f.source, f.origin, f.received_at
                FROM unnest(:keys) AS k (key) CROSS JOIN LATERAL (
                    SELECT * FROM facts WHERE subject = k.key AND received_at >= :from AND received_at < :before OFFSET 0) AS f
                UNION ALL
                SELECT DISTINCT 'retraction', r.event_id, encode(r.content_hash, 'hex'), NULL, NULL, NULL,
                    NULL::timestamptz, r.retracts, r.domain, r.source, r.origin, r.received_at
                FROM unnest(:keys) AS k (key) CROSS JOIN LATERAL (
                    SELECT * FROM facts WHERE subject = k.key AND retracted AND received_at < :before OFFSET 0) AS f
                CROSS JOIN LATERAL (
                    SELECT * FROM retractions WHERE retracts @> ARRAY[f.event_id] AND received_at >= :from
                    AND received_at < :before AND domain IN ('*', split_part(f.subject, ':', 1)) OFFSET 0) AS r) AS s
            WHERE (received_at, event_id, hash)
                > (timestamptz 'epoch' + :micros * interval '1 microsecond', CAST(:event AS uuid), :hash)
            ORDER BY received_at, event_id, hash LIMIT :limit
            """;

    private final JdbcClient jdbc;

    private final AsOfQueries deals;

    private final RestoredReads restored;

    LearnedQueries(Readers readers, AsOfQueries deals, RestoredReads restored) {
        this.jdbc = readers.jdbc();
        this.deals = deals;
        this.restored = restored;
    }

    /**
     * A place in the order of receipt.
     *
     * @param micros since 1970
     */
    record Position(long micros, UUID event, String hash) {

        private static final Pattern FORM = Pattern.compile("(\\d{1,16})\\|([0-9a-f-]{36})\\|([0-9a-f]{1,128})");

        private static final Position FIRST = new Position(0, new UUID(0, 0), "");

        /**
         * Reads a cursor.
         *
         * @return null for the first page
         * @throws Problem if it is none of ours
         */
        static @Nullable Position read(@Nullable String cursor) {
            if (cursor == null) {
                return null;
            }
            Matcher parts = FORM.matcher(cursor);
            try {
                if (parts.matches()) {
                    return new Position(
                            Long.parseLong(parts.group(1)), UUID.fromString(parts.group(2)), parts.group(3));
                }
            } catch (IllegalArgumentException e) {
                throw notACursor(e);
            }
            throw notACursor(null);
        }

        private static Problem notACursor(@Nullable Exception cause) {
            return new Problem(
                    HttpStatus.BAD_REQUEST, "not a cursor", "Give the value of 'next' of a page as it is.", cause);
        }

        String text() {
            return micros + "|" + event + "|" + hash;
        }
    }

    /** An item with its place. */
    record Placed(LearnedItem item, Position position) {}

    /** The items of a page, and one more if more follow. */
    record Found(List<Placed> items) {}

    /**
     * What was received after one instant and not after another.
     *
     * @param after where the page before ended; null for the first page
     * @param limit items of a page
     */
    Found between(ObjectKey root, Instant from, Instant to, @Nullable Position after, int limit) {
        Position start = after == null ? Position.FIRST : after;
        List<RestoredReads.Range> again = restored.latest();
        String[] objects = deals.objects(root, Knowledge.during(from, to)).stream()
                .map(ObjectKey::value)
                .toArray(String[]::new);
        return new Found(jdbc.sql(ITEMS)
                .param("keys", objects)
                .param("from", after(from))
                .param("before", after(to))
                .param("micros", start.micros())
                .param("event", start.event().toString())
                .param("hash", start.hash())
                .param("limit", limit + 1)
                .query((row, _) -> new Placed(
                        item(row, again),
                        new Position(
                                row.getLong("micros"), row.getObject("event_id", UUID.class), row.getString("hash"))))
                .list());
    }

    private static OffsetDateTime after(Instant instant) {
        return OffsetDateTime.ofInstant(instant.plusMillis(1), ZoneOffset.UTC);
    }

    private static LearnedItem item(ResultSet row, List<RestoredReads.Range> again) throws SQLException {
        OffsetDateTime occurred = row.getObject("occurred_at", OffsetDateTime.class);
        java.sql.Array retracts = row.getArray("retracts");
        Instant received = row.getObject("received_at", OffsetDateTime.class).toInstant();
        String origin = row.getString("origin");
        return new LearnedItem(
                Times.text(received),
                row.getString("kind"),
                row.getString("event_id"),
                row.getString("hash"),
                row.getString("type"),
                row.getString("subject"),
                row.getString("status"),
                occurred == null ? null : Times.text(occurred.toInstant()),
                retracts == null
                        ? null
                        : Arrays.stream((UUID[]) retracts.getArray())
                                .map(UUID::toString)
                                .toList(),
                row.getString("domain"),
                row.getString("source"),
                origin,
                again.stream().anyMatch(range -> range.has(origin, received)));
    }
}
