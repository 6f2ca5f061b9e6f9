package io.masterdeal.console.board;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a page of the list in one pass: the first deals behind a cursor, in a heap of which the last of them is the top. Valid until the
 * table changes. A cursor is the place of the last deal of a page, its value and its root: so it stays valid when that deal changes or goes.
 */
final class PageSearch {

    private final BoardTable table;
    private final Sort sort;
    private final int limit;
    private final boolean hasCursor;
    private final long afterValue;
    private final byte[] afterRoot;
    private final int[] heap;
    private int size;

    /**
     * @param after the cursor; null for the first page
     * @throws IllegalArgumentException if the cursor is none of this order, or the limit is less than 1
     */
    PageSearch(BoardTable table, Sort sort, @Nullable String after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one deal, not " + limit);
        }
        this.table = table;
        this.sort = sort;
        this.limit = limit;
        this.heap = new int[Math.min(limit, Math.max(1, table.size()))];
        this.hasCursor = after != null;
        if (after == null) {
            this.afterValue = 0;
            this.afterRoot = new byte[0];
            return;
        }
        String[] parts = parts(after);
        try {
            if (parts.length != 3 || !parts[0].equals(sort.tag())) {
                throw new IllegalArgumentException("this cursor is of another list");
            }
            this.afterValue = Long.parseLong(parts[1]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("this is no cursor", e);
        }
        this.afterRoot = parts[2].getBytes(StandardCharsets.UTF_8);
    }

    private static String[] parts(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 3);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this is no cursor", e);
        }
    }

    private String cursor(int row) {
        String text = sort.tag() + " " + value(row) + " " + table.root(row);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Searches. */
    BoardPage find(RowFilter filter) {
        int total = 0;
        int behind = 0;
        for (int row = 0; row < table.size(); row++) {
            if (filter.matches(row)) {
                total++;
                if (!hasCursor || isBehindCursor(row)) {
                    behind++;
                    offer(row);
                }
            }
        }
        List<Integer> rows = new ArrayList<>(size);
        while (size > 0) {
            rows.add(heap[0]);
            heap[0] = heap[--size];
            sink();
        }
        Collections.reverse(rows);
        List<Card> cards = rows.stream().map(table::card).toList();
        return new BoardPage(cards, total, behind > limit ? cursor(rows.getLast()) : null);
    }

    /** By what it is sorted, so that less comes first. */
    private long value(int row) {
        return switch (sort) {
            case CHANGED -> -table.published(row);
            case AGE -> table.since(row);
            case AMOUNT -> table.amount(row) == BoardTable.NO_AMOUNT ? Long.MAX_VALUE : -table.amount(row);
            case DUE -> table.due(row);
            case KEY -> 0;
        };
    }

    private boolean isBehindCursor(int row) {
        long value = value(row);
        return value != afterValue ? value > afterValue : table.compareRoot(row, afterRoot) > 0;
    }

    private boolean isBehind(int row, int other) {
        long value = value(row);
        long otherValue = value(other);
        return value != otherValue ? value > otherValue : table.compareRoots(row, other) > 0;
    }

    private void offer(int row) {
        if (size < heap.length) {
            int at = size++;
            while (at > 0 && isBehind(row, heap[(at - 1) / 2])) {
                heap[at] = heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }
            heap[at] = row;
        } else if (isBehind(heap[0], row)) {
            heap[0] = row;
            sink();
        }
    }

    private void sink() {
        int row = heap[0];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBehind(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBehind(heap[child], row)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = row;
    }
}
