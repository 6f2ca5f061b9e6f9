package io.masterdeal.contracts.text;

import java.util.Comparator;
import java.util.UUID;

/** UUIDs as text (RFC 9562): 36 characters, hexadecimal digits in any case, written in lower case. */
public final class UuidText {
    /** The order of UUIDs by lower-case text. {@link UUID#compareTo} differs, because it compares signed numbers. */
    public static final Comparator<UUID> ORDER = UuidText::compare;

    private static final int LENGTH = 36;

    private UuidText() {}

    /**
     * Reads a UUID. Unlike {@link UUID#fromString} it does not accept shortened groups.
     *
     * @param text 36 characters, in any case
     * @return the UUID
     * @throws IllegalArgumentException if the text is not a UUID
     */
    public static UUID parse(String text) {
        if (!isUuid(text)) {
            throw new IllegalArgumentException(
                    "must be a UUID: 36 characters such as 565d1252-04cc-5722-8ca7-9a5ea9dfb9ab");
        }
        return UUID.fromString(text);
    }

    private static boolean isUuid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (dash ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    private static int compare(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
