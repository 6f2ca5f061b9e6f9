package io.masterdeal.router.ledger;

import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Cursors of lists in the order of the ledger's messages, the latest first: the key is the id of a message. */
public final class MessageCursor {

    private MessageCursor() {}

    /**
     * Where a page begins.
     *
     * @param cursor as a page gave it; null or empty for the first page
     * @return the page has only messages with a smaller id; null for the first page
     * @throws Problem if it is not a cursor
     */
    public static @Nullable Long before(@Nullable String cursor) {
        String after = Page.after(cursor);
        if (after == null) {
            return null;
        }
        if (!after.matches("\\d{1,18}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not a cursor", "Give the value of 'next' of a page as it is.");
        }
        return Long.parseLong(after);
    }

    /**
     * A page, with the cursor of the next one.
     *
     * @param found one more than the limit if there are more
     * @param messageId of an item
     */
    public static <T> Page<T> page(List<T> found, int limit, ToLongFunction<T> messageId) {
        return Page.of(found, limit, it -> Long.toString(messageId.applyAsLong(it)));
    }
}
