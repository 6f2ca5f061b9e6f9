package io.masterdeal.contracts.text;

import java.util.Comparator;

/**
 * UTF-8 properties of text: its order, its length, and characters that cannot be stored.
 *
 * <p>{@link String#compareTo} compares UTF-16 units and so puts U+1F600 before U+FF5E; most other languages and databases
 * compare code points or, equivalently, UTF-8 bytes. Use {@link #ORDER} for everything that leaves Java.
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
     * Searches for bytes that are not UTF-8 (RFC 3629): broken or overlong sequences, lone surrogates, and code points beyond
     * U+10FFFF.
     *
     * @param bytes any
     * @return index of the first invalid sequence; -1 if there is none
     */
    public static int invalidAt(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int length = sequence(bytes, i);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /** The length of the sequence of two to four bytes that starts at an index; 0 if it is invalid. */
    private static int sequence(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = length > 2 ? bytes[at + 1] & 0xff : 0;
        return switch (first) {
            case 0xe0 -> second < 0xa0 ? 0 : length;
            case 0xed -> second > 0x9f ? 0 : length;
            case 0xf0 -> second < 0x90 ? 0 : length;
            case 0xf4 -> second > 0x8f ? 0 : length;
            default -> length;
        };
    }

    /**
     * Whether a text contains U+0000, which PostgreSQL cannot store, or a lone surrogate, which UTF-8 cannot encode.
     *
     * @param text any text
     * @return true if the text cannot be stored
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
     * Replaces each character that cannot be stored by U+FFFD.
     *
     * @param text any text
     * @return the text; the same instance if nothing was replaced
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
                // A surrogate belongs to a code point above the Basic Multilingual Plane; all other units equal their
                // code points.
                boolean xs = Character.isSurrogate(x);
                boolean ys = Character.isSurrogate(y);
                return xs == ys ? Character.compare(x, y) : Boolean.compare(xs, ys);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
