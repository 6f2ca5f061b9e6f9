package io.masterdeal.console.deals;

import io.masterdeal.console.board.Sort;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the address of the list asks for.
 *
 * @param filter which deals
 * @param sort in which order
 * @param columns shown besides the deal
 * @param after cursor of the page before; null for the first page
 * @param limit the most deals of a page
 */
public record DealListRequest(
        DealListFilter filter,
        Sort sort,
        Set<Column> columns,
        @Nullable String after,
        int limit) {
    private static final int USUAL_LIMIT = 50;
    private static final int GREATEST_LIMIT = 500;
    private static final int LONGEST_CURSOR = 2000;
    private static final List<String> PARAMETERS = List.of("sort", "column", "cursor", "limit");

    /**
     * Reads an address.
     *
     * @param query of the address
     * @param stages that deals may have
     * @param zone in which days begin
     * @throws BadFilterException if there is no such parameter, or it cannot have its value. Names that begin with {@code _} are for
     *     scripts and are left out
     */
    static DealListRequest read(Query query, Collection<String> stages, ZoneId zone) {
        List<String> known = new ArrayList<>(DealListFilter.PARAMETERS);
        known.addAll(PARAMETERS);
        for (Query.Parameter each : query.parameters()) {
            if (!known.contains(each.name()) && !each.name().startsWith("_")) {
                throw new BadFilterException(
                        each.name(), each.value(), "no such parameter, but " + String.join(", ", known));
            }
        }
        String cursor = query.last("cursor");
        if (cursor.length() > LONGEST_CURSOR) {
            throw new BadFilterException("cursor", cursor, "the cursor of the page before");
        }
        return new DealListRequest(
                DealListFilter.read(query, stages, zone),
                sort(query.last("sort")),
                Column.read(query.all("column")),
                cursor.isEmpty() ? null : cursor,
                limit(query.last("limit")));
    }

    private static Sort sort(String text) {
        if (text.isEmpty()) {
            return Sort.CHANGED;
        }
        return Arrays.stream(Sort.values())
                .filter(each -> each.tag().equals(text))
                .findAny()
                .orElseThrow(() -> new BadFilterException(
                        "sort",
                        text,
                        String.join(
                                ", ",
                                Arrays.stream(Sort.values()).map(Sort::tag).toList())));
    }

    private static int limit(String text) {
        if (text.isEmpty()) {
            return USUAL_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= GREATEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Said below, as for a number that is out of range.
        }
        throw new BadFilterException("limit", text, "a number from 1 to " + GREATEST_LIMIT);
    }

    /** As in an address, without the cursor. */
    public Query query() {
        Query query = filter.query();
        if (sort != Sort.CHANGED) {
            query = query.and("sort", sort.tag());
        }
        if (!columns.equals(Column.USUAL)) {
            for (Column column : Column.values()) {
                query = columns.contains(column) ? query.and("column", column.tag()) : query;
            }
        }
        return limit == USUAL_LIMIT ? query : query.and("limit", String.valueOf(limit));
    }

    /** The address of this list in another order, from its first page. */
    public String sortedBy(Sort other) {
        Query query = query().without("sort");
        return (other == Sort.CHANGED ? query : query.and("sort", other.tag())).at("/deals");
    }

    /** The address of the page after a cursor. */
    public String after(String cursor) {
        return query().and("cursor", cursor).at("/deals");
    }
}
