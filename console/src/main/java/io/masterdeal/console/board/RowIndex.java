package io.masterdeal.console.board;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Finds rows by a hash of what is looked for: a table with open addresses. Not thread-safe. */
final class RowIndex {

    private static final int EMPTY = -1;

    private final IntUnaryOperator hashOfRow;
    private int[] table = emptyTable(1024);
    private int size;

    /**
     * @param hashOfRow tells the hash of a row that is in the index
     */
    RowIndex(IntUnaryOperator hashOfRow) {
        this.hashOfRow = hashOfRow;
    }

    private static int[] emptyTable(int length) {
        int[] table = new int[length];
        Arrays.fill(table, EMPTY);
        return table;
    }

    /** Mixes the bits of a hash. */
    static int mixed(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ (mixed >>> 32));
    }

    /**
     * Finds a row.
     *
     * @param isIt whether a row with this hash is what is looked for
     * @return -1 if there is none
     */
    int find(int hash, IntPredicate isIt) {
        int mask = table.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            int row = table[slot];
            if (row == EMPTY) {
                return EMPTY;
            }
            if (hashOfRow.applyAsInt(row) == hash && isIt.test(row)) {
                return row;
            }
        }
    }

    /** Adds a row that is not in it yet. */
    void add(int row) {
        if (++size * 2 > table.length) {
            int[] old = table;
            table = emptyTable(old.length * 2);
            for (int each : old) {
                if (each != EMPTY) {
                    place(each);
                }
            }
        }
        place(row);
    }

    private void place(int row) {
        int mask = table.length - 1;
        int slot = hashOfRow.applyAsInt(row) & mask;
        while (table[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        table[slot] = row;
    }

    private int slot(int row) {
        int mask = table.length - 1;
        int slot = hashOfRow.applyAsInt(row) & mask;
        while (table[slot] != row) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Another row has the place of a row that is in the index; both have the same hash now. */
    void move(int from, int to) {
        table[slot(from)] = to;
    }

    /** Takes a row out, which still has its hash. */
    void remove(int row) {
        int mask = table.length - 1;
        int hole = slot(row);
        size--;
        // Those behind it that would not be found any more move up.
        for (int slot = (hole + 1) & mask; table[slot] != EMPTY; slot = (slot + 1) & mask) {
            int home = hashOfRow.applyAsInt(table[slot]) & mask;
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                table[hole] = table[slot];
                hole = slot;
            }
        }
        table[hole] = EMPTY;
    }
}
