package io.masterdeal.service.query;

import io.masterdeal.service.query.BoundedSearch.Search;
import io.masterdeal.service.query.DealConditions.Subject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one index that are searched.
 *
 * @param table in which they are
 * @param ranges the conditions for the ranges of the index; what is in them is merged
 * @param met what rows in these ranges meet
 */
record DealWalk(Table table, List<String> ranges, Set<Subject> met) {

    /** Where deals are found. */
    enum Table {
        /** Deals. */
        DEALS("deals d", "d.id"),
        /** The fields of known deals. */
        FIELDS("deal_fields f", "f.deal_id"),
        /** The revisions of deals. */
        REVISIONS("deal_revisions v", "v.deal_id");

        private final String from;

        private final String id;

        Table(String from, String id) {
            this.from = from;
            this.id = id;
        }

        /** The expressions for the columns of an order. */
        private List<String> place(DealSort sort) {
            return switch (this) {
                case DEALS -> placeOfDeal(sort);
                case FIELDS -> placeOfFields(sort);
                case REVISIONS -> List.of("v.at", id, "v.revision");
            };
        }

        private List<String> placeOfDeal(DealSort sort) {
            return switch (sort) {
                case ROOT -> List.of("d.root_key");
                case STAGE_SINCE -> List.of("d.stage_since", "d.root_key");
                case AMOUNT -> List.of("(SELECT f.amount FROM deal_fields f WHERE f.deal_id = d.id)", "d.root_key");
                case UPDATED ->
                    List.of(
                            "(SELECT v.at FROM deal_revisions v WHERE v.deal_id = d.id AND v.revision = d.revision)",
                            id,
                            "d.revision");
            };
        }

        private List<String> placeOfFields(DealSort sort) {
            return switch (sort) {
                case ROOT -> List.of("f.root_key");
                case STAGE_SINCE -> List.of("(SELECT d.stage_since FROM deals d WHERE d.id = f.deal_id)", "f.root_key");
                case AMOUNT -> List.of("f.amount", "f.root_key");
                case UPDATED ->
                    List.of(
                            "(SELECT v.at FROM deals d JOIN deal_revisions v ON v.deal_id = d.id AND v.revision = d.revision"
                                    + " WHERE d.id = f.deal_id)",
                            id,
                            "(SELECT d.revision FROM deals d WHERE d.id = f.deal_id)");
            };
        }
    }

    /** How many rows there are, but not more than one more than are looked at for a page. */
    String count() {
        StringBuilder rows = new StringBuilder();
        for (String range : ranges) {
            rows.append(rows.isEmpty() ? "" : " UNION ALL ")
                    .append("(SELECT 1 FROM ")
                    .append(table.from)
                    .append(" WHERE ")
                    .append(range)
                    .append(" ORDER BY root_key LIMIT :most)");
        }
        return "SELECT count(*) FROM (" + rows + ") AS r";
    }

    /** The rows in the order of the index, from a place on. */
    String rows(DealConditions conditions, DealOrder order, @Nullable DealPlace after) {
        List<String> place = table.place(order.sort());
        String following = after == null ? "" : " AND " + order.following(place);
        return union(conditions, order.sort(), following, order.sql(), isExact(conditions) ? ":limit" : ":looked_at");
    }

    /** All rows, which are few, for another order than that of the index, from a place on. */
    String sorted(DealConditions conditions, DealOrder order, @Nullable DealPlace after) {
        String all = union(conditions, order.sort(), "", "deal_id", ":looked_at");
        return "SELECT * FROM (" + all + " OFFSET 0) AS w WHERE w.place_value IS NOT NULL"
                + (after == null ? "" : " AND " + order.following(order.sort().columns()));
    }

    private String union(DealConditions conditions, DealSort sort, String following, String order, String most) {
        StringBuilder rows = new StringBuilder();
        for (String range : ranges) {
            // PostgreSQL merges sorted parts without reading more of them than it needs.
            rows.append(rows.isEmpty() ? "" : " UNION ALL ")
                    .append("(SELECT ")
                    .append(columns(conditions, sort))
                    .append(" FROM ")
                    .append(table.from)
                    .append(" WHERE ")
                    .append(range)
                    .append(following)
                    .append(" ORDER BY ")
                    .append(order)
                    .append(" LIMIT ")
                    .append(most)
                    .append(")");
        }
        return "SELECT * FROM (" + rows + ") AS u";
    }

    /** Whether every row is wanted, so that no more are looked at than a page has. The rows of fields are those of known deals. */
    private boolean isExact(DealConditions conditions) {
        return table != Table.REVISIONS && conditions.areAmong(met);
    }

    private String columns(DealConditions conditions, DealSort sort) {
        List<String> place = table.place(sort);
        StringBuilder columns = new StringBuilder(table == Table.DEALS ? "d.*, " : "")
                .append(table.id)
                .append(" AS deal_id");
        for (int i = 0; i < place.size(); i++) {
            String name = sort.columns().get(i);
            if (!name.equals("deal_id")) {
                columns.append(", ").append(place.get(i)).append(" AS ").append(name);
            }
        }
        String own = table == Table.REVISIONS ? "" : conditions.of(table == Table.FIELDS, met);
        columns.append(", ").append(own.isEmpty() ? "true" : own).append(" AS row_fits");
        return columns.toString();
    }

    /** The search for rows. */
    Search search(String rows, DealConditions conditions, DealOrder order) {
        return table == Table.DEALS
                ? new Search(rows, order.sql(), fits(conditions), "r.*")
                : new Search(
                        rows,
                        order.sql(),
                        fits(conditions),
                        "r." + String.join(", r.", order.sort().columns()) + ", d.*",
                        "LEFT JOIN LATERAL (SELECT * FROM deals d WHERE d.id = r.deal_id OFFSET 0) AS d ON true");
    }

    /** Whether a row {@code r} is wanted: what its own table does not tell is looked up. */
    private String fits(DealConditions conditions) {
        StringBuilder fits = new StringBuilder("coalesce(r.row_fits");
        String ofFields = conditions.of(true, met);
        if (table != Table.FIELDS && !ofFields.isEmpty()) {
            fits.append(" AND (SELECT ").append(ofFields).append(" FROM deal_fields f WHERE f.deal_id = r.deal_id)");
        }
        if (table != Table.DEALS && !isExact(conditions)) {
            String ofDeals = conditions.of(false, met);
            fits.append(" AND (SELECT d.known")
                    .append(table == Table.REVISIONS ? " AND d.revision = r.place_revision" : "")
                    .append(ofDeals.isEmpty() ? "" : " AND " + ofDeals)
                    .append(" FROM deals d WHERE d.id = r.deal_id)");
        }
        return fits.append(", false)").toString();
    }
}
