package io.masterdeal.console.board;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a column as small whole numbers, from 0 without gaps but for those that are free. Code 0 is the empty text. A text that no
 * row has any more is forgotten, and its code given to another one.
 */
final class Dictionary implements Texts {
    /** The code of a text that is not in the dictionary. */
    static final int UNKNOWN = -1;

    private final Map<String, Integer> codes = new HashMap<>();
    private @Nullable String[] texts = new String[16];
    private int[] rows = new int[16];
    private int[] free = new int[16];
    private int frees;
    private int size;

    Dictionary() {
        add("");
    }

    /** The code of a text, which now has one more row. */
    int add(String text) {
        Integer known = codes.get(text);
        int code = known == null ? make(text) : known;
        rows[code]++;
        return code;
    }

    private int make(String text) {
        int code = frees > 0 ? free[--frees] : size++;
        if (code == texts.length) {
            texts = Arrays.copyOf(texts, code * 2);
            rows = Arrays.copyOf(rows, code * 2);
        }
        texts[code] = text;
        codes.put(text, code);
        return code;
    }

    /** A row less has the text of a code. */
    void remove(int code) {
        if (--rows[code] == 0 && code != 0) {
            codes.remove(text(code));
            texts[code] = null;
            if (frees == free.length) {
                free = Arrays.copyOf(free, frees * 2);
            }
            free[frees++] = code;
        }
    }

    int code(String text) {
        Integer code = codes.get(text);
        return code == null ? UNKNOWN : code;
    }

    /** The text of a code that a row has. */
    String text(int code) {
        String text = texts[code];
        if (text == null) {
            throw new IllegalArgumentException("no row has the code " + code);
        }
        return text;
    }

    /** The text of a code; null if it is free. */
    @Nullable
    String textOrNull(int code) {
        return texts[code];
    }

    /** How many rows have the text of a code. */
    int rows(int code) {
        // The empty text is counted once for itself.
        return code == 0 ? rows[0] - 1 : rows[code];
    }

    /** All codes are less than this. */
    int size() {
        return size;
    }

    @Override
    public void write(ByteWriter to, String text) {
        Integer known = codes.get(text);
        to.number(known == null ? add(text) : known);
    }

    @Override
    public String read(ByteReader from) {
        return text(from.size());
    }
}
