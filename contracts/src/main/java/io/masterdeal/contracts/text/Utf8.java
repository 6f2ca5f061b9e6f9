package io.masterdeal.contracts.text;

import java.util.Comparator;

/**
 * Text seen as UTF-8: its order, its length, and the characters that cannot be kept.
 *
 * <p>{@link String#compareTo} compares UTF-16 units and so puts U+1F600 before U+FF5E; every other language and every
 * database we meet compares code points or, which is the same, UTF-8 bytes. Sorting for people and machines outside
 * Java uses {@link #ORDER}.
 */
public final class Utf8 {
    /** The order of text by Unicode code point, which is that of its UTF-8 bytes. */
    public static final Comparator<String> ORDER = Utf8::compare;

    private Utf8() {}

    /**
     * The length of a text in UTF-8.
     *
     * @param text any text; a lone surrogate counts as three bytes
     * @return its number of bytes
     */
    public static int length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    /**
     * Whether a text has U+0000, which PostgreSQL cannot keep, or half of a surrogate pair, which UTF-8 cannot.
     *
     * @param text any text
     * @return true if the text cannot be kept
     */
    public static boolean hasForbidden(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /**
     * A text that can be kept: U+FFFD stands for each character that cannot.
     *
     * @param text any text
     * @return the text, the same if there is nothing to replace
     */
    public static String clean(String text) {
        if (!hasForbidden(text)) {
            return text;
        }
        var out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xfffd : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /**
     * Whether a text has control characters (Unicode category Cc).
     *
     * @param text any text
     * @return true if it has at least one
     */
    public static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // A surrogate stands for a code point above the whole basic plane; elsewhere units and points agree.
                boolean xs = Character.isSurrogate(x);
                boolean ys = Character.isSurrogate(y);
                return xs == ys ? Character.compare(x, y) : Boolean.compare(xs, ys);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
