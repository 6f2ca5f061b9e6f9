package io.masterdeal.service.sla;

import io.masterdeal.role.database.Readers;
import io.masterdeal.service.query.BoundedSearch;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.BoundedSearch.Placed;
import io.masterdeal.service.query.BoundedSearch.Search;
import io.masterdeal.service.query.ShortClockView;
import io.masterdeal.service.sla.KnownPolicies.Combination;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists stored clocks, each list along one index. */
@Component
class ClockQueries {

    /** The smallest character that a text may have: a text with it at its end is the next one after that text. */
    private static final String NEXT = "\u0001";

    private final JdbcClient jdbc;

    private final KnownPolicies known;

    ClockQueries(Readers readers, KnownPolicies known) {
        this.jdbc = readers.jdbc();
        this.known = known;
    }

    /**
     * Clocks in the order of the filter.
     *
     * @param after the place after which to go on; null for the first page
     */
    Found<ShortClockView> list(ClockFilter filter, @Nullable ClockPlace after, int limit) {
        if (filter.policies().isEmpty()) {
            return new Found<>(List.of(), null);
        }
        return filter.isByStateIndex() ? byState(filter, after, limit) : search(filter, after, limit);
    }

    /** The first clocks of each combination of policy, segment and state, merged: every row looked at is one that is wanted. */
    private Found<ShortClockView> byState(ClockFilter filter, @Nullable ClockPlace after, int limit) {
        List<Combination> wanted = known.combinations(filter.policies(), filter.segment(), filter.state());
        List<Placed<ShortClockView>> rows = jdbc.sql("""
                WITH keys AS MATERIALIZED (
                    SELECT c.root_key, w.policy, c.object
                    FROM unnest(:policies, :segments, :states, :roots, :objects)
                        AS w (policy, segment, state, root_key, object)
                    CROSS JOIN LATERAL (
                        SELECT c.root_key, c.object FROM sla_clocks c
                        WHERE c.policy = w.policy AND c.segment = w.segment AND c.state = w.state
                            AND (c.root_key, c.object) >= (w.root_key, w.object)
                        ORDER BY c.root_key, c.object LIMIT :limit) AS c
                    ORDER BY c.root_key, w.policy COLLATE "C", c.object LIMIT :limit)
                SELECT c.* FROM keys k
                JOIN sla_clocks c ON c.root_key = k.root_key AND c.policy = k.policy AND c.object = k.object
                ORDER BY c.root_key, c.policy, c.object
                """)
                .param("policies", texts(wanted, Combination::policy))
                .param("segments", texts(wanted, Combination::segment))
                .param("states", texts(wanted, Combination::state))
                .param("roots", texts(wanted, it -> firstRoot(it, after)))
                .param("objects", texts(wanted, it -> firstObject(it, after)))
                .param("limit", limit + 1)
                .query((row, _) -> placed(row, ClockOrder.KEY))
                .list();
        return Found.of(rows, limit);
    }

    /** From which deal on a policy's clocks follow a place. */
    private static String firstRoot(Combination wanted, @Nullable ClockPlace after) {
        if (after == null) {
            return "";
        }
        return wanted.policy().compareTo(after.policy()) < 0 ? after.root() + NEXT : after.root();
    }

    private static String firstObject(Combination wanted, @Nullable ClockPlace after) {
        return after != null && wanted.policy().equals(after.policy()) ? after.object() + NEXT : "";
    }

    private static String[] texts(List<Combination> combinations, Function<Combination, String> part) {
        return combinations.stream().map(part).toArray(String[]::new);
    }

    private Found<ShortClockView> search(ClockFilter filter, @Nullable ClockPlace after, int limit) {
        ClockOrder order = filter.order();
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder rows = new StringBuilder("SELECT * FROM sla_clocks WHERE ");
        StringBuilder fits = new StringBuilder("true");
        switch (order) {
            case BREACHED -> {
                rows.append("breached_at IS NOT NULL");
                wish(rows, parameters, " AND breached_at >= :from", "from", time(filter.breachedFrom()));
                wish(rows, parameters, " AND breached_at < :to", "to", time(filter.breachedTo()));
                wish(
                        fits,
                        parameters,
                        " AND open AND due_at IS NOT NULL AND due_at < :due",
                        "due",
                        time(filter.dueBefore()));
            }
            case DUE -> {
                rows.append(filter.atRisk() ? "at_risk AND due_at IS NOT NULL" : "open AND due_at IS NOT NULL");
                wish(rows, parameters, " AND due_at < :due", "due", time(filter.dueBefore()));
            }
            case KEY ->
                rows.append(filter.client() != null ? "client = :client" : filter.atRisk() ? "at_risk" : "true");
        }
        if (after != null) {
            rows.append(" AND ").append(order.following());
            after.addTo(parameters);
        }
        wish(fits, parameters, " AND client = :client", "client", filter.client());
        wish(fits, parameters, " AND state = :state", "state", filter.state());
        wish(fits, parameters, " AND segment = :segment", "segment", filter.segment());
        fits.append(filter.atRisk() ? " AND at_risk" : "");
        if (!filter.all()) {
            wish(fits, parameters, " AND policy IN (:policies)", "policies", filter.policies());
        }
        Search search = new Search(rows.toString(), order.sql(), fits.toString(), "r.*");
        return BoundedSearch.run(jdbc, search, parameters, limit, ShortClockView::read, row -> place(row, order));
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

    private static @Nullable Object time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static Placed<ShortClockView> placed(ResultSet row, ClockOrder order) throws SQLException {
        return new Placed<>(ShortClockView.read(row), place(row, order));
    }

    private static String place(ResultSet row, ClockOrder order) throws SQLException {
        return ClockPlace.of(row, order).text(order);
    }
}
