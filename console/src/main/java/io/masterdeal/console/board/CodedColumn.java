package io.masterdeal.console.board;

import java.util.Arrays;

/** A column of texts of which many rows have the same. Not thread-safe. */
final class CodedColumn {

    private final Dictionary dictionary = new Dictionary();
    private int[] codes;

    CodedColumn(int capacity) {
        codes = new int[capacity];
    }

    void resize(int capacity) {
        codes = Arrays.copyOf(codes, capacity);
    }

    /** A row that had no text yet gets one. */
    void put(int row, String text) {
        codes[row] = dictionary.add(text);
    }

    /** A row loses its text. */
    void remove(int row) {
        dictionary.remove(codes[row]);
        codes[row] = 0;
    }

    /** A row takes over the text of another, which then has none. */
    void move(int from, int to) {
        codes[to] = codes[from];
        codes[from] = 0;
    }

    int code(int row) {
        return codes[row];
    }

    String text(int row) {
        return dictionary.text(codes[row]);
    }

    Dictionary dictionary() {
        return dictionary;
    }
}
