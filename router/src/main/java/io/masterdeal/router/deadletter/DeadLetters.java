package io.masterdeal.router.deadletter;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds dead letters, and counts them. */
final class DeadLetters {

    /** The most dead letters looked at to count them. */
    static final int MOST_COUNTED = 10_000;

    private final Transactions transactions;

    /**
     * @param transactions in the router's schema
     */
    DeadLetters(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The number of dead letters of a subscription with this reason. */
    record Count(String subscription, @Nullable String reason, long count) {}

    /** Dead letters that are alike. */
    record Group(
            String subscription,

            @Schema(description = "Of the events") String type,

            @Schema(description = "As a short code, such as gave-up; absent if none is known") @Nullable
            String reason,

            @Schema(description = "The HTTP status of the last answer; absent if there was no answer, or no HTTP")
            @Nullable
            Integer lastStatus,

            long count,

            @Schema(description = "When the first of them became one, UTC")
            String since,

            @Schema(description = "When the last of them became one, UTC")
            String until,

            @Schema(description = "One of them: the last accepted")
            long messageId) {}

    /** The groups of dead letters, as far as they were looked at. */
    record Groups(
            @Schema(description = "The largest first") List<Group> items,

            @Schema(description = "How many dead letters were looked at, from the latest accepted on, at most 10,000")
            long lookedAt,

            @Schema(
                    description =
                            "Whether these are all. If not, there are more dead letters than are looked at; ask again with"
                                    + " before_message_id, and add up")
            boolean whole,

            @Schema(description = "Give it as before_message_id to go on; absent if these are all") @Nullable
            Long next) {}

    List<DeadLetterView> list(Selection selection, @Nullable Long before, int limit) throws SQLException {
        Where where = Where.of(selection);
        if (before != null) {
            where.add("d.message_id < ?", before);
        }
        return transactions.runByKeys(connection -> new Sql(connection)
                .query(
                        "SELECT " + DeadLetterView.COLUMNS + Where.FROM + where.text()
                                + " ORDER BY d.message_id DESC LIMIT ?",
                        DeadLetterView::read,
                        where.with(limit)));
    }

    /**
     * Selected dead letters by subscription, type, reason and last status. Looks at the latest dead letters, at most {@value
     * #MOST_COUNTED}, whether they are selected or not.
     *
     * @param before looks only at those of messages with a smaller id; null for the latest
     */
    Groups groups(Selection selection, @Nullable Long before) throws SQLException {
        long from = before == null ? Long.MAX_VALUE : before;
        Where where = Where.of(selection);
        String lookedAt = "(SELECT * FROM deliveries WHERE state = 'dead_lettered' AND message_id < ?"
                + " ORDER BY message_id DESC, subscription DESC LIMIT " + MOST_COUNTED + ")";
        return transactions.runByKeys(connection -> {
            Sql sql = new Sql(connection);
            Extent extent = sql.query(
                            "SELECT count(*), min(message_id) FROM " + lookedAt + " d",
                            row -> new Extent(row.getLong(1), row.getLong(2)),
                            from)
                    .getFirst();
            // A message is counted with all its dead letters, or on the next page.
            boolean whole = extent.rows() < MOST_COUNTED;
            where.add("d.message_id < ?", from);
            where.add("d.message_id > ?", whole ? -1L : extent.first());
            List<Group> groups = sql.query(
                    "SELECT s.name, m.type, d.reason, (d.tries -> -1 ->> 'status')::integer, count(*), min(d.changed_at),"
                            + " max(d.changed_at), max(d.message_id)" + Where.FROM + where.text()
                            + " GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2, 3, 4",
                    row -> new Group(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getObject(4, Integer.class),
                            row.getLong(5),
                            Times.text(row.getObject(6, OffsetDateTime.class).toInstant()),
                            Times.text(row.getObject(7, OffsetDateTime.class).toInstant()),
                            row.getLong(8)),
                    where.with());
            return new Groups(groups, extent.rows(), whole, whole ? null : extent.first() + 1);
        });
    }

    private record Extent(long rows, long first) {}

    /** The numbers of groups by subscription and reason, the largest first. */
    static List<Count> reasons(Groups groups) {
        Map<String, Count> counts = new TreeMap<>();
        for (Group each : groups.items()) {
            counts.merge(
                    each.subscription() + "\n" + each.reason(),
                    new Count(each.subscription(), each.reason(), each.count()),
                    (one, other) -> new Count(one.subscription(), one.reason(), one.count() + other.count()));
        }
        return counts.values().stream()
                .sorted((one, other) -> Long.compare(other.count(), one.count()))
                .toList();
    }
}
