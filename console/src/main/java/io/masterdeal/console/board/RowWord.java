package io.masterdeal.console.board;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a word that a row has to have. Dictionaries are looked through once, and of the root keys, which are all different, mostly
 * the first eight bytes decide. Valid until the table changes.
 */
final class RowWord {

    /** Bytes, and bits of a byte. */
    private static final int HEAD = 8;

    private static final Pattern PARTS = Pattern.compile("[:\\s]");

    private final BoardTable table;
    private final String word;
    private final Start whole;
    /** By the kind of the root: it has the word itself. */
    private final boolean[] kinds;
    /** By the kind of the root: the word goes on behind it with this. */
    private final @Nullable Start[] behindKinds;

    private final List<Among> attributes = new ArrayList<>();

    RowWord(BoardTable table, String wanted) {
        this.table = table;
        this.word = wanted.toLowerCase(Locale.ROOT);
        this.whole = Start.of(word);
        Dictionary roots = table.kind().dictionary();
        this.kinds = new boolean[roots.size()];
        this.behindKinds = new Start[roots.size()];
        for (int code = 0; code < roots.size(); code++) {
            String kind = roots.textOrNull(code);
            if (kind != null) {
                String small = kind.toLowerCase(Locale.ROOT);
                kinds[code] = !small.isEmpty() && beginsPart(small, word);
                behindKinds[code] =
                        !small.isEmpty() && word.startsWith(small) ? Start.of(word.substring(small.length())) : null;
            }
        }
        for (CodedColumn column : table.attributes().values()) {
            Among among = among(column);
            if (!among.codes().isEmpty()) {
                attributes.add(among);
            }
        }
    }

    /** The beginning of an id: its first bytes, and whether there are more. */
    private record Start(long head, long mask, boolean isLong) {
        static Start of(String text) {
            int octets = text.getBytes(StandardCharsets.UTF_8).length;
            long mask = octets == 0 ? 0 : octets >= HEAD ? -1L : -1L << ((HEAD - octets) * HEAD);
            return new Start(BoardTable.head(text), mask, octets > HEAD);
        }
    }

    /** The codes of a column whose texts have the word. */
    private record Among(CodedColumn column, BitSet codes) {}

    private Among among(CodedColumn column) {
        Dictionary dictionary = column.dictionary();
        BitSet codes = new BitSet();
        for (int code = 1; code < dictionary.size(); code++) {
            String text = dictionary.textOrNull(code);
            codes.set(code, text != null && beginsWord(text, word));
        }
        return new Among(column, codes);
    }

    /** Whether a word of a text begins so, whatever its case. A word begins behind what is neither a letter nor a digit. */
    static boolean beginsWord(String text, String word) {
        for (int at = 0; at + word.length() <= text.length(); at++) {
            if ((at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && text.regionMatches(true, at, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a root key in small letters, or a part of it between colons, begins so. */
    static boolean beginsPart(String root, String word) {
        if (root.startsWith(word)) {
            return true;
        }
        for (String part : PARTS.split(root, -1)) {
            if (part.startsWith(word)) {
                return true;
            }
        }
        return false;
    }

    boolean matches(int row) {
        for (int i = 0; i < attributes.size(); i++) {
            Among each = attributes.get(i);
            if (each.codes().get(each.column().code(row))) {
                return true;
            }
        }
        int kind = table.kind().code(row);
        Start behind = behindKinds[kind];
        return kinds[kind]
                || begins(row, whole)
                || (behind != null && begins(row, behind))
                || (table.is(row, BoardTable.WORDY_ROOT)
                        && beginsPart(table.root(row).toLowerCase(Locale.ROOT), word));
    }

    private boolean begins(int row, Start start) {
        return (table.rootHead(row) & start.mask()) == start.head()
                && (!start.isLong() || beginsPart(table.root(row).toLowerCase(Locale.ROOT), word));
    }
}
