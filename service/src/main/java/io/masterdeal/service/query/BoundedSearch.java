package io.masterdeal.service.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Searches rows along one index for those that fit, and looks at few of them at a time: what a page costs does not grow with the
 * table, however rare the rows are. So a page may have fewer rows than are wanted, or none, although more follow.
 */
public final class BoundedSearch {

    /** The most rows looked at for one page. More than a page has. */
    public static final int MOST = 2000;

    private BoundedSearch() {}

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        /** Reads the current row of the set. */
        T read(ResultSet row) throws SQLException;
    }

    /**
     * A row with its place in the list.
     *
     * @param item what it says
     * @param place the cursor after which the list goes on behind it
     */
    public record Placed<T>(T item, String place) {}

    /**
     * What was found.
     *
     * @param items at most as many as were wanted
     * @param next the place after which to go on; null if nothing follows
     */
    public record Found<T>(List<T> items, @Nullable String next) {

        /** The rows of a list of which one more than the limit was read. */
        public static <T> Found<T> of(List<Placed<T>> rows, int limit) {
            return rows.size() <= limit
                    ? new Found<>(rows.stream().map(Placed::item).toList(), null)
                    : cut(rows, limit);
        }

        private static <T> Found<T> cut(List<Placed<T>> rows, int limit) {
            List<Placed<T>> page = rows.subList(0, limit);
            return new Found<>(
                    page.stream().map(Placed::item).toList(), page.getLast().place());
        }
    }

    /**
     * Where is searched, and for what.
     *
     * @param rows the statement for the rows of the index, as {@code SELECT * FROM t WHERE ...}, from a place on, without an order
     * @param order the order of the index
     * @param fits which of them are wanted
     * @param columns what is read of those that are found, which are called {@code r}
     * @param joined a join with rows of other tables for what is found; empty for none
     */
    public record Search(String rows, String order, String fits, String columns, String joined) {

        /** A search in one table. */
        public Search(String rows, String order, String fits, String columns) {
            this(rows, order, fits, columns, "");
        }

        /** As SQL says it: the last row looked at is returned even if it does not fit, since it tells where to go on. */
        private String sql() {
            return """
                    SELECT %4$s, r.fits, r.looked_at FROM (
                        SELECT r.*, (%3$s) AS fits, row_number() OVER (ORDER BY %2$s) AS looked_at
                        FROM (%1$s ORDER BY %2$s LIMIT :looked_at) AS r) AS r %5$s
                    WHERE r.fits OR r.looked_at = :looked_at ORDER BY %2$s LIMIT :limit
                    """.formatted(rows, order, fits, columns, joined);
        }
    }

    /**
     * Searches.
     *
     * @param parameters of the statement
     * @param limit how many rows are wanted, fewer than are looked at
     * @param item reads a row that fits
     * @param place reads the place of any row
     */
    public static <T> Found<T> run(
            JdbcClient jdbc, Search search, Map<String, Object> parameters, int limit, Row<T> item, Row<String> place) {
        List<Placed<T>> fitting = new ArrayList<>();
        List<String> end = new ArrayList<>();
        jdbc.sql(search.sql())
                .params(parameters)
                .param("looked_at", MOST)
                .param("limit", limit + 1)
                .query(found -> {
                    if (found.getBoolean("fits")) {
                        fitting.add(new Placed<>(item.read(found), place.read(found)));
                    }
                    if (found.getLong("looked_at") == MOST) {
                        end.add(place.read(found));
                    }
                });
        Found<T> page = Found.of(fitting, limit);
        return page.next() == null && !end.isEmpty() ? new Found<>(page.items(), end.getFirst()) : page;
    }
}
