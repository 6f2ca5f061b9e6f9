package io.masterdeal.console.deals;

import io.masterdeal.console.board.BoardPage;
import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.Sort;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of the list shows.
 *
 * @param request what was asked for
 * @param page of the deals
 * @param choices fields of the form for attributes and rule sets
 * @param stages that deals may have
 * @param views that the person may open
 * @param viewsProblem why the views are not there; empty if they are
 */
public record DealList(
        DealListRequest request,
        BoardPage page,
        List<Choice> choices,
        List<String> stages,
        List<SavedView> views,
        String viewsProblem) {
    /** The orders that a column's heading offers; null for none. */
    public static @Nullable Sort sortOf(Column column) {
        return switch (column) {
            case SINCE -> Sort.AGE;
            case AMOUNT -> Sort.AMOUNT;
            case SLA -> Sort.DUE;
            case CHANGED -> Sort.CHANGED;
            default -> null;
        };
    }

    /** Columns that are shown, from left to right. */
    public List<Column> columns() {
        return java.util.Arrays.stream(Column.values())
                .filter(request.columns()::contains)
                .toList();
    }

    /** The address of this list, under which a view is saved. */
    public String query() {
        return request.query().text();
    }

    /** The address of the CSV with the same filter. */
    public String csv() {
        return request.filter().query().at("/deals.csv");
    }

    /** The address of the first page. */
    public String first() {
        return request.query().at("/deals");
    }

    /** The name of a deal for people: the last part of its key. */
    public static String number(Card card) {
        return card.root().substring(card.root().lastIndexOf(':') + 1);
    }

    /** The day of an instant, for a field of dates; empty for null. */
    public static String day(@Nullable Instant at, ZoneId zone) {
        return at == null ? "" : LocalDate.ofInstant(at, zone).toString();
    }
}
