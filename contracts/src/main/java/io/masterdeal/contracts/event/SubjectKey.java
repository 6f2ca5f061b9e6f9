package io.masterdeal.contracts.event;

import io.masterdeal.contracts.text.Utf8;

/**
 * The key of an object of a domain, as events have it in {@code subject} and {@code links}: {@code domain:kind:id}, such as {@code crm:deal:D-1}.
 *
 * <p>Domain and kind are lower-case names ({@code [a-z][a-z0-9-]*}); the id is the domain's own, may have colons and any
 * letters, and is not empty. The whole has at most {@value #MAX_BYTES} bytes of UTF-8 and no control characters. Keys
 * are ordered by their UTF-8 bytes.
 *
 * @param value the whole key
 */
public record SubjectKey(String value) implements Comparable<SubjectKey> {
    /** The greatest length of a key, in bytes of UTF-8. */
    public static final int MAX_BYTES = 512;

    /**
     * Checks the key.
     *
     * @throws IllegalArgumentException if the value is not an object key; the message says why
     */
    public SubjectKey {
        if (!hasShape(value)) {
            throw new IllegalArgumentException("must be an object key \"domain:kind:id\", such as crm:deal:D-1, with"
                    + " domain and kind of a-z, 0-9 and \"-\"");
        }
        if (Utf8.length(value) > MAX_BYTES) {
            throw new IllegalArgumentException("is an object key longer than " + MAX_BYTES + " bytes");
        }
        if (Utf8.hasControl(value) || Utf8.hasForbidden(value)) {
            throw new IllegalArgumentException("is an object key with control characters or half a surrogate pair");
        }
    }

    /**
     * Reads a key.
     *
     * @param text such as {@code crm:deal:D-1}
     * @return the key
     * @throws IllegalArgumentException if the text is not an object key; the message says why
     */
    public static SubjectKey parse(String text) {
        return new SubjectKey(text);
    }

    /**
     * The domain that owns the object.
     *
     * @return such as {@code crm}
     */
    public String domain() {
        return value.substring(0, value.indexOf(':'));
    }

    /**
     * The kind of the object, with its domain.
     *
     * @return such as {@code crm:deal}
     */
    public String kind() {
        return value.substring(0, endOfKind());
    }

    /**
     * The domain's own id of the object.
     *
     * @return such as {@code D-1}
     */
    public String id() {
        return value.substring(endOfKind() + 1);
    }

    @Override
    public int compareTo(SubjectKey other) {
        return Utf8.ORDER.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** Whether it is {@code [a-z][a-z0-9-]*:[a-z][a-z0-9-]*:.+}; called several times per event, so without a regular expression. */
    private static boolean hasShape(String value) {
        int endOfDomain = endOfName(value, 0);
        int endOfKind = endOfDomain < 0 ? -1 : endOfName(value, endOfDomain + 1);
        return endOfKind >= 0 && endOfKind < value.length() - 1;
    }

    /** Index of the colon after the name that starts there; -1 if there is no name. */
    private static int endOfName(String value, int start) {
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ':') {
                return i > start ? i : -1;
            }
            boolean letter = c >= 'a' && c <= 'z';
            boolean inner = c == '-' || (c >= '0' && c <= '9');
            if (!letter && (i == start || !inner)) {
                return -1;
            }
        }
        return -1;
    }

    private int endOfKind() {
        return value.indexOf(':', value.indexOf(':') + 1);
    }
}
