package io.masterdeal.service.query;

import io.masterdeal.facts.Counts;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Problem;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts deals: by kept totals where these tell it, else row by row of {@code deal_fields}, which are narrow, and where stage or
 * outcome matter of an index of {@code deals}. The time for an answer is limited by {@link Readers}.
 */
@Component
class DealCounts {

    /** The most groups that are told apart. */
    static final int MOST_GROUPS = 1000;

    /** The most sums: groups times currencies. */
    static final int MOST_SUMS = 20_000;

    private final JdbcClient jdbc;

    DealCounts(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /**
     * Which deals are counted; null means any.
     *
     * @param stage of the deal
     * @param outcome of the deal
     * @param fields what its root says
     */
    record Filter(@Nullable String stage, @Nullable String outcome, FieldFilter fields) {

        private boolean isOfDeals() {
            return stage != null || outcome != null;
        }
    }

    /**
     * A sum.
     *
     * @param place of the group, the largest has 1; those beyond the limit share one
     * @param lastPlace the number of groups, if this is of those beyond the limit
     * @param values of the group, in the order asked for
     * @param currency null if the deals do not say it, or amounts were not asked for
     * @param deals how many
     * @param withAmount how many of them have an amount
     * @param amount the sum of these; null if there are none
     */
    record Sum(
            long place,
            long lastPlace,
            List<@Nullable String> values,
            @Nullable String currency,
            long deals,
            long withAmount,
            @Nullable BigDecimal amount) {}

    /**
     * Counts deals.
     *
     * @param by one thing or more
     * @param amounts whether to sum up amounts by currency too
     * @return the sums, the largest group first, those of a group together
     * @throws Problem if there are too many
     */
    List<Sum> count(List<CountDimension> by, Filter filter, boolean amounts) {
        boolean kept = !amounts
                && by.stream().allMatch(CountDimension::isOfDeals)
                && filter.fields().equals(FieldFilter.ANY);
        Map<String, Object> parameters = new HashMap<>();
        String cells = kept ? ofTotals(by, filter, parameters) : ofRows(by, filter, amounts, parameters);
        List<Sum> sums = jdbc.sql(ranked(by, cells))
                .params(parameters)
                .query((row, _) -> sum(row, by.size()))
                .list();
        if (sums.size() > MOST_SUMS) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "too many sums",
                    "The groups have amounts in so many currencies that there are more than " + MOST_SUMS
                            + " sums. Name a 'currency', count by less, or leave out 'amounts'.");
        }
        return sums;
    }

    private static String ofTotals(List<CountDimension> by, Filter filter, Map<String, Object> parameters) {
        parameters.put("what", Counts.DEALS);
        StringBuilder where = new StringBuilder("true");
        wish(where, parameters, "stage", filter.stage(), "t.stage");
        wish(where, parameters, "outcome", filter.outcome(), "t.outcome");
        return """
                SELECT %1$s, NULL::text AS of_currency, sum(t.amount)::bigint AS deals, 0::bigint AS with_amount, NULL::numeric AS amount
                FROM (SELECT split_part(part, ':', 1) AS outcome, substr(part, strpos(part, ':') + 1) AS stage, amount
                    FROM counts WHERE what = :what) AS t
                WHERE %2$s GROUP BY %3$s HAVING sum(t.amount) <> 0
                """.formatted(columns(by, "t", "t"), where, positions(by, 1));
    }

    private static String ofRows(
            List<CountDimension> by, Filter filter, boolean amounts, Map<String, Object> parameters) {
        boolean ofDeals = filter.isOfDeals() || by.stream().anyMatch(CountDimension::isOfDeals);
        StringBuilder where = new StringBuilder("true");
        wish(where, parameters, "stage", filter.stage(), "d.stage");
        wish(where, parameters, "outcome", filter.outcome(), "d.outcome");
        filter.fields().wanted().forEach((column, value) -> wish(where, parameters, column, value, "f." + column));
        return """
                SELECT %1$s, %2$s AS of_currency, count(*) AS deals, %3$s FROM deal_fields f %4$s WHERE %5$s GROUP BY %6$s
                """.formatted(
                        columns(by, "d", "f"),
                        amounts ? "f.currency" : "NULL::text",
                        amounts
                                ? "count(f.amount) AS with_amount, sum(f.amount) AS amount"
                                : "0::bigint AS with_amount, NULL::numeric AS amount",
                        ofDeals ? "JOIN deals d ON d.root_key = f.root_key AND d.known" : "",
                        where,
                        positions(by, amounts ? 2 : 1));
    }

    private static void wish(
            StringBuilder where, Map<String, Object> parameters, String name, @Nullable String value, String column) {
        if (value != null) {
            where.append(" AND ").append(column).append(" = :").append(name);
            parameters.put(name, value);
        }
    }

    private static String columns(List<CountDimension> by, String deals, String fields) {
        List<String> columns = new ArrayList<>();
        for (CountDimension dimension : by) {
            columns.add((dimension.isOfDeals() ? deals : fields) + "." + dimension.text() + " AS v" + columns.size());
        }
        return String.join(", ", columns);
    }

    /** The columns of the groups by their positions: with the one after them, the currency, or without. */
    private static String positions(List<CountDimension> by, int more) {
        StringBuilder positions = new StringBuilder("1");
        for (int i = 2; i < by.size() + more; i++) {
            positions.append(", ").append(i);
        }
        return positions.toString();
    }

    private static String ranked(List<CountDimension> by, String cells) {
        List<String> values = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
            values.add("v" + i);
            told.add("CASE WHEN place <= " + MOST_GROUPS + " THEN v" + i + " END AS v" + i);
        }
        String groups = String.join(", ", values);
        return """
                SELECT least(place, %4$s) AS at, %3$s, of_currency, max(place) AS last_place, sum(deals)::bigint AS deals,
                    sum(with_amount)::bigint AS with_amount, sum(amount) AS amount
                FROM (SELECT c.*, dense_rank() OVER (ORDER BY of_group DESC, %2$s) AS place
                    FROM (SELECT c.*, sum(deals) OVER (PARTITION BY %2$s) AS of_group FROM (%1$s) AS c) AS c) AS c
                GROUP BY %6$s ORDER BY at, of_currency LIMIT %5$s
                """.formatted(cells, groups, String.join(", ", told), MOST_GROUPS + 1, MOST_SUMS + 1, positions(by, 3));
    }

    private static Sum sum(ResultSet row, int values) throws SQLException {
        List<@Nullable String> read = new ArrayList<>();
        for (int i = 0; i < values; i++) {
            read.add(row.getString("v" + i));
        }
        return new Sum(
                row.getLong("at"),
                row.getLong("last_place"),
                read,
                row.getString("of_currency"),
                row.getLong("deals"),
                row.getLong("with_amount"),
                row.getBigDecimal("amount"));
    }

    /** The sums by their groups, the largest group first. */
    static Map<Long, List<Sum>> byGroup(List<Sum> sums) {
        return sums.stream().collect(Collectors.groupingBy(Sum::place, TreeMap::new, Collectors.toList()));
    }
}
