package io.masterdeal.service.orphans;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.facts.Counts;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.orphans.OrphanFilter.Order;
import io.masterdeal.service.query.BoundedSearch;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.BoundedSearch.Search;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads orphans, each list along one index. */
@Component
class OrphanQueries {

    /** The most orphans of a table. */
    static final int MOST_ROWS = 10_000;

    /** The most searches for a table. */
    static final int MOST_SEARCHES = 15;

    /** PostgreSQL stores fewer instants than there are. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final JdbcClient jdbc;

    private final Clock clock;

    OrphanQueries(Readers readers, Clock clock) {
        this.jdbc = readers.jdbc();
        this.clock = clock;
    }

    /**
     * Finds orphans.
     *
     * @param after where to go on, as {@link Found#next} says; null to begin
     * @param limit at most {@link Page#MOST}
     */
    Found<OrphanView> list(OrphanFilter filter, @Nullable String after, int limit) {
        return filter.order() == Order.AGE ? byAge(filter, after, limit) : byKey(filter, after, limit);
    }

    /**
     * As many orphans as a table has, of a limited number of searches: rare ones would have all orphans looked through.
     *
     * @param after as for {@link #list}
     */
    Found<OrphanView> table(OrphanFilter filter, @Nullable String after) {
        List<OrphanView> rows = new ArrayList<>();
        String next = after;
        int searches = 0;
        do {
            Found<OrphanView> found = list(filter, next, Page.MOST);
            rows.addAll(found.items());
            next = found.next();
            searches++;
        } while (next != null && rows.size() + Page.MOST <= MOST_ROWS && searches < MOST_SEARCHES);
        return new Found<>(rows, next);
    }

    private Found<OrphanView> byAge(OrphanFilter filter, @Nullable String after, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder rows = new StringBuilder("SELECT * FROM orphans WHERE ");
        StringBuilder fits = new StringBuilder("true");
        boolean dismissed = Boolean.TRUE.equals(filter.dismissed());
        rows.append(dismissed ? "dismissed" : "NOT dismissed");
        // The rarer of the two leads in an index; few are dismissed, so these have one index only.
        wish(dismissed ? fits : rows, parameters, " AND reason = :reason", "reason", filter.reason());
        boolean bySystem = !dismissed && filter.reason() == null;
        wish(bySystem ? rows : fits, parameters, " AND system = :system", "system", filter.system());
        wish(fits, parameters, " AND starts_with(key, :kind)", "kind", prefix(filter.kind()));
        wish(rows, parameters, " AND since <= :before", "before", time(filter.since()));
        if (after != null) {
            // One of the other order has no instant in front.
            int space = after.indexOf(' ');
            rows.append(" AND (since, key) > (:since, :key)");
            parameters.put("since", time(instant(after.substring(0, Math.max(0, space)))));
            parameters.put("key", after.substring(space + 1));
        }
        return search(new Search(rows.toString(), "since, key", fits.toString(), "r.*"), parameters, limit, Order.AGE);
    }

    private Found<OrphanView> byKey(OrphanFilter filter, @Nullable String after, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder rows = new StringBuilder("SELECT * FROM orphans WHERE key > :after");
        StringBuilder fits = new StringBuilder("true");
        String prefix = prefix(filter.kind() == null ? filter.system() : filter.kind());
        if (prefix != null) {
            rows.append(" AND key < :end");
            parameters.put("end", prefix.substring(0, prefix.length() - 1) + (char) (':' + 1));
        }
        String first = first(after);
        parameters.put("after", prefix == null || first.compareTo(prefix) > 0 ? first : prefix);
        wish(fits, parameters, " AND reason = :reason", "reason", filter.reason());
        wish(fits, parameters, " AND since <= :before", "before", time(filter.since()));
        wish(fits, parameters, " AND dismissed = :dismissed", "dismissed", filter.dismissed());
        return search(new Search(rows.toString(), "key", fits.toString(), "r.*"), parameters, limit, Order.KEY);
    }

    /** The place to begin at. A cursor of the other order begins with a digit, and keys with a letter. */
    private static String first(@Nullable String after) {
        if (after != null && (after.charAt(0) < 'a' || after.charAt(0) > 'z')) {
            throw notACursor(null);
        }
        return after == null ? "" : after;
    }

    private static @Nullable String prefix(@Nullable String name) {
        return name == null ? null : name + ":";
    }

    private Found<OrphanView> search(Search search, Map<String, Object> parameters, int limit, Order order) {
        Instant now = clock.instant();
        return BoundedSearch.run(
                jdbc, search, parameters, limit, row -> OrphanView.read(row, now), row -> place(row, order));
    }

    private static String place(ResultSet row, Order order) throws SQLException {
        String key = row.getString("key");
        return order == Order.KEY ? key : OrphanView.since(row) + " " + key;
    }

    /** One orphan. */
    Optional<OrphanView> find(String key) {
        Instant now = clock.instant();
        return jdbc.sql("SELECT * FROM orphans WHERE key = ?")
                .param(key)
                .query((row, _) -> OrphanView.read(row, now))
                .optional();
    }

    /** Whether an object reaches no deal, as this moment has it. */
    boolean isOrphanNow(String key) {
        return exists("SELECT EXISTS (SELECT 1 FROM orphans WHERE key = ?)", key);
    }

    /** Whether a standing fact is about an object, or a deal with this root is known. */
    boolean isKnown(String key) {
        return exists(
                "SELECT EXISTS (SELECT 1 FROM facts WHERE subject = ? AND NOT retracted)"
                        + " OR EXISTS (SELECT 1 FROM deals WHERE root_key = ? AND known)",
                key,
                key);
    }

    /** Whether a standing fact says that an object belongs to another. */
    boolean isLinked(String child, String parent) {
        return exists("SELECT EXISTS (SELECT 1 FROM links WHERE child = ? AND parent = ?)", child, parent);
    }

    private boolean exists(String question, String... parameters) {
        return jdbc.sql(question)
                .params((Object[]) parameters)
                .query(Boolean.class)
                .single();
    }

    /** The standing links of an object that operators stated, at most 100. */
    List<UUID> linksByOperators(String key) {
        return jdbc.sql("SELECT DISTINCT event_id FROM facts WHERE subject = ? AND source = ? AND NOT retracted"
                        + " AND links <> '{}' LIMIT 100")
                .params(key, OrphanActions.SOURCE)
                .query((row, _) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                .list();
    }

    /** A deal that an object belongs to. */
    record DealOf(
            @Schema(description = "Id of the deal") @JsonProperty("master_deal_id")
            String masterDealId,

            @Schema(description = "Key of its root") String root) {}

    /** The first 20 known deals of an object. */
    List<DealOf> dealsOf(String key) {
        return jdbc.sql("SELECT d.id, d.root_key FROM placements p JOIN deals d ON d.id = p.deal_id AND d.known"
                        + " WHERE p.object_key = ? ORDER BY p.deal_id LIMIT 20")
                .param(key)
                .query((row, _) -> new DealOf(row.getString(1), row.getString(2)))
                .list();
    }

    /** Why an orphan is put aside. */
    record DismissalView(
            @Schema(description = "Why") String reason,

            @Schema(description = "Who put it aside") @JsonProperty("acted_by")
            String actedBy,

            @Schema(description = "When, UTC") @JsonProperty("dismissed_at")
            String dismissedAt) {}

    /** Why an orphan is put aside; empty if it is not. */
    Optional<DismissalView> dismissal(String key) {
        return jdbc.sql("SELECT reason, acted_by, dismissed_at FROM orphan_dismissals WHERE key = ?")
                .param(key)
                .query((row, _) -> new DismissalView(
                        row.getString(1),
                        row.getString(2),
                        Times.text(row.getObject(3, OffsetDateTime.class).toInstant())))
                .optional();
    }

    /** How many orphans there are of a system and for a reason. */
    record CountView(
            @Schema(description = "The system that owns them")
            String system,

            @Schema(description = "Why they reach no deal") String reason,

            @Schema(description = "All of them, dismissed or not")
            long orphans,

            @Schema(description = "Those that an operator has put aside")
            long dismissed) {}

    /** The kept numbers: they cost the same whatever there is. */
    List<CountView> counts() {
        return jdbc.sql("""
                        SELECT split_part(part, '|', 1), split_part(part, '|', 2),
                            coalesce(sum(amount) FILTER (WHERE what = :all), 0)::bigint,
                            coalesce(sum(amount) FILTER (WHERE what = :dismissed), 0)::bigint
                        FROM counts WHERE what IN (:all, :dismissed) GROUP BY part
                        HAVING sum(amount) FILTER (WHERE what = :all) <> 0 ORDER BY part COLLATE "C"
                        """)
                .param("all", Counts.ORPHANS_BY)
                .param("dismissed", Counts.ORPHANS_DISMISSED)
                .query((row, _) -> new CountView(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .list();
    }

    private static void wish(
            StringBuilder where,
            Map<String, Object> parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            where.append(condition);
            parameters.put(name, value);
        }
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(String text) {
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw notACursor(e);
        }
        throw notACursor(null);
    }

    private static Problem notACursor(@Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not a cursor",
                "Give the value of 'next' of a page as it is, with the same 'sort'.",
                cause);
    }
}
