package io.masterdeal.sandbox.system;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items the items
 * @param next number after which the next page starts; null on the last page
 * @param <T> the type of the items
 */
public record ResultPage<T>(List<T> items, @Nullable Long next) {
    /** The maximum number of items of a page. */
    public static final int MOST = 1000;

    /**
     * Creates a page.
     *
     * @param found the items; one more than the limit if there are more
     * @param limit maximum number of items
     * @param last gives the number of an item
     * @param <T> the type of the items
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
