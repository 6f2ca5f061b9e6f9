package io.masterdeal.routes.csv;

import java.io.BufferedReader;
import java.io.IOException;

/** Finds the field separator of a table. */
final class Separator {

    private static final String CANDIDATES = ",;\t";

    private static final String NAMED = "sep=";

    private static final int ROWS = 2;

    private Separator() {}

    /**
     * What was found.
     *
     * @param passed how many lines were skipped
     */
    record Found(char separator, int passed) {}

    /**
     * Finds the separator: the one in a first line {@code sep=;}, which is skipped; otherwise the candidate that occurs equally often in the
     * first and the second row; otherwise the most frequent one in the first row. Characters within quotation marks do not count.
     *
     * @param reader at the beginning of the first row; it is there again afterwards
     * @param longest most characters to look at
     */
    static Found of(BufferedReader reader, int longest) throws IOException {
        reader.mark(longest);
        char[] begin = new char[NAMED.length() + 1];
        int count = reader.read(begin);
        if (count == begin.length && new String(begin).startsWith(NAMED)) {
            char named = begin[NAMED.length()];
            int end = reader.read();
            if (end == '\n' || end == '\r') {
                passLineFeed(reader, end);
                return new Found(named, 1);
            }
        }
        reader.reset();
        reader.mark(longest);
        int[][] counts = count(reader, longest - 1);
        reader.reset();
        return new Found(best(counts), 0);
    }

    private static void passLineFeed(BufferedReader reader, int end) throws IOException {
        if (end == '\r') {
            reader.mark(1);
            if (reader.read() != '\n') {
                reader.reset();
            }
        }
    }

    private static int[][] count(BufferedReader reader, int longest) throws IOException {
        int[][] counts = new int[ROWS][CANDIDATES.length()];
        boolean quoted = false;
        boolean empty = true;
        int row = 0;
        for (int i = 0; i < longest && row < ROWS; i++) {
            int c = reader.read();
            if (c < 0) {
                break;
            }
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                row += empty ? 0 : 1;
                empty = true;
                continue;
            } else if (!quoted && CANDIDATES.indexOf(c) >= 0) {
                counts[row][CANDIDATES.indexOf(c)]++;
            }
            empty = false;
        }
        return counts;
    }

    private static char best(int[][] counts) {
        int best = 0;
        for (int i = 1; i < CANDIDATES.length(); i++) {
            if (score(counts, i) > score(counts, best)) {
                best = i;
            }
        }
        return CANDIDATES.charAt(best);
    }

    private static long score(int[][] counts, int candidate) {
        int first = counts[0][candidate];
        return first == 0 ? 0 : first == counts[1][candidate] ? (1L << 32) + first : first;
    }
}
