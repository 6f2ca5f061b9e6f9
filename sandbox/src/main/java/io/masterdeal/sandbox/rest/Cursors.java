package io.masterdeal.sandbox.rest;

import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.sandbox.system.ResultPage;
import org.jspecify.annotations.Nullable;

/** Reads the paging parameters of requests. */
public final class Cursors {
    private Cursors() {}

    /**
     * Reads a cursor.
     *
     * @param cursor {@code next} of a page; null for the first page
     * @return the number after which the page starts
     * @throws Refusal if it is not a cursor
     */
    public static long after(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return 0;
        }
        if (!cursor.matches("\\d{1,18}")) {
            throw Refusal.unreadable("A cursor is the value of \"next\" of a page, as it is.");
        }
        return Long.parseLong(cursor);
    }

    /**
     * Checks a limit.
     *
     * @param limit maximum number of items
     * @return the limit
     * @throws Refusal if it is out of range
     */
    public static int limit(int limit) {
        if (limit < 1 || limit > ResultPage.MOST) {
            throw Refusal.unreadable("A limit is 1 to " + ResultPage.MOST + ", not " + limit + ".");
        }
        return limit;
    }
}
