package io.masterdeal.sandbox.system;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items the items
 * @param next number behind which the next page begins; null on the last one
 * @param <T> what is listed
 */
public record ResultPage<T>(List<T> items, @Nullable Long next) {
    /** The most items of a page. */
    public static final int MOST = 1000;

    /**
     * Cuts a page from what was found.
     *
     * @param found one item more than the limit if there are more
     * @param limit the most items wanted
     * @param last number of the last item of a full page
     * @param <T> what is listed
     * @return the page
     */
    public static <T> ResultPage<T> of(List<T> found, int limit, java.util.function.ToLongFunction<T> last) {
        if (found.size() <= limit) {
            return new ResultPage<>(List.copyOf(found), null);
        }
        List<T> items = List.copyOf(found.subList(0, limit));
        return new ResultPage<>(items, last.applyAsLong(items.getLast()));
    }
}
