package io.masterdeal.service.query;

import io.masterdeal.role.http.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * In which order deals are listed.
 *
 * @param sort by what
 * @param descending whether the greatest comes first
 */
record DealOrder(DealSort sort, boolean descending) {

    /** By the keys of the roots. */
    static final DealOrder BY_ROOT = new DealOrder(DealSort.ROOT, false);

    /**
     * Reads the parameter {@code sort}.
     *
     * @param unsaid the order if it is left out
     * @throws Problem if there is no such order
     */
    static DealOrder read(@Nullable String text, DealOrder unsaid) {
        if (text == null) {
            return unsaid;
        }
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        return Arrays.stream(DealSort.values())
                .filter(sort -> sort.text().equals(name))
                .findFirst()
                .map(sort -> new DealOrder(sort, descending))
                .orElseThrow(() -> new Problem(
                        HttpStatus.BAD_REQUEST,
                        "no such order",
                        "'sort' is one of " + names() + ", or the same after a '-' for the greatest first; not '" + text
                                + "'."));
    }

    private static String names() {
        return Arrays.stream(DealSort.values()).map(DealSort::text).collect(Collectors.joining(", "));
    }

    /** As callers name it. */
    String text() {
        return (descending ? "-" : "") + sort.text();
    }

    /** As SQL says it. */
    String sql() {
        return sort.columns().stream()
                .map(column -> descending ? column + " DESC" : column)
                .collect(Collectors.joining(", "));
    }

    /**
     * The condition for what follows a place, with the parameters of {@link DealPlace#addTo}.
     *
     * @param columns where the row has what it is sorted by
     */
    String following(List<String> columns) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add(":place" + i);
        }
        return "(" + String.join(", ", columns) + ") " + (descending ? "<" : ">") + " (" + String.join(", ", names)
                + ")";
    }
}
