package io.masterdeal.contracts.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text percent-encoded as UTF-8 (RFC 3986, section 2.1). A {@code %} that is not followed by two hexadecimal digits is literal.
 */
public final class PercentCoding {
    private PercentCoding() {}

    /**
     * Searches for bytes that are not UTF-8 when the text is decoded.
     *
     * @param encoded such as {@code K-9%D0%9A}
     * @return index of the character where the first invalid sequence starts; -1 if there is none
     */
    public static int invalidAt(String encoded) {
        if (plain(encoded)) {
            return -1;
        }
        int[] from = new int[3 * encoded.length()];
        return at(Utf8.invalidAt(bytes(encoded, from)), from);
    }

    /**
     * Decodes a text.
     *
     * @param encoded such as {@code K-9%D0%9A}
     * @return the text, such as {@code K-9К}
     * @throws IllegalArgumentException if the bytes are not UTF-8; the message says where
     */
    public static String decode(String encoded) {
        if (plain(encoded)) {
            return encoded;
        }
        int[] from = new int[3 * encoded.length()];
        byte[] bytes = bytes(encoded, from);
        int invalid = at(Utf8.invalidAt(bytes), from);
        if (invalid >= 0) {
            throw new IllegalArgumentException("must be percent-encoded UTF-8: what begins at byte " + invalid
                    + " (the first is 0) belongs to no character");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean plain(String encoded) {
        return encoded.indexOf('%') < 0;
    }

    /** The value of an ASCII hexadecimal digit; negative for any other character. */
    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static int at(int index, int[] from) {
        return index < 0 ? -1 : from[index];
    }

    /** The bytes, and for each the index of the character it comes from. */
    private static byte[] bytes(String encoded, int[] from) {
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            int high = i + 2 < encoded.length() ? digit(encoded.charAt(i + 1)) : -1;
            int low = high < 0 ? -1 : digit(encoded.charAt(i + 2));
            if (c == '%' && low >= 0) {
                from[bytes.size()] = i;
                bytes.write(high * 16 + low);
                i += 2;
            } else if (c < 0x80) {
                from[bytes.size()] = i;
                bytes.write(c);
            } else {
                int end = encoded.offsetByCodePoints(i, 1);
                for (byte b : encoded.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
                    from[bytes.size()] = i;
                    bytes.write(b);
                }
                i = end - 1;
            }
        }
        return bytes.toByteArray();
    }
}
