package io.masterdeal.benchmarks.control;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table that one statement writes.
 *
 * @param table which
 * @param change what is done with them
 * @param hashes one per row, the same for all versions of a row
 * @param columns the parameters, one array per column
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares groups, and nobody changes one.
record RowGroup(RecordedTable table, Change change, int[] hashes, List<@Nullable Object[]> columns) {

    /** What is done with rows. */
    enum Change {
        /** None of them exists yet. */
        ADD('+'),
        /** Some of them exist and are overwritten. */
        PUT('='),
        /** All of them exist and are deleted; only their keys are given. */
        REMOVE('-');

        private final char code;

        Change(char code) {
            this.code = code;
        }

        /** Its code in the recording. */
        char code() {
            return code;
        }

        static Change of(int code) {
            for (Change change : values()) {
                if (change.code == code) {
                    return change;
                }
            }
            throw new IllegalArgumentException("no change is written as " + code);
        }
    }

    /** The columns that are given for a change. */
    static List<RecordedColumn> given(RecordedTable table, Change change) {
        return change == Change.REMOVE ? table.keys() : table.sent();
    }

    String statement() {
        return switch (change) {
            case ADD -> table.insert(false);
            case PUT -> table.insert(true);
            case REMOVE -> table.delete();
        };
    }

    int size() {
        return hashes.length;
    }

    /** The share of one of several connections. */
    RowGroup share(int number, int of) {
        if (of == 1) {
            return this;
        }
        int[] chosen = IntStream.range(0, hashes.length)
                .filter(row -> Math.floorMod(hashes[row], of) == number)
                .toArray();
        List<RecordedColumn> given = given(table, change);
        List<@Nullable Object[]> shared = new ArrayList<>();
        for (int column = 0; column < given.size(); column++) {
            @Nullable Object[] values = given.get(column).form().array(chosen.length);
            for (int row = 0; row < chosen.length; row++) {
                values[row] = columns.get(column)[chosen[row]];
            }
            shared.add(values);
        }
        return new RowGroup(
                table, change, IntStream.of(chosen).map(row -> hashes[row]).toArray(), shared);
    }
}
