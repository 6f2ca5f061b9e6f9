package io.masterdeal.console.deal;

/** The parts of object keys such as {@code docflow:contract:K-9}. */
public final class ObjectNames {

    private ObjectNames() {}

    /** The domain of a key or kind: {@code docflow}. */
    public static String domain(String key) {
        int end = key.indexOf(':');
        return end < 0 ? key : key.substring(0, end);
    }

    /** The kind of a key: {@code docflow:contract}; the key itself if it has none. */
    public static String kind(String key) {
        int first = key.indexOf(':');
        int second = first < 0 ? -1 : key.indexOf(':', first + 1);
        return second < 0 ? key : key.substring(0, second);
    }

    /** What the system itself calls the object: {@code K-9}. */
    public static String local(String key) {
        String kind = kind(key);
        return kind.length() == key.length() ? key : key.substring(kind.length() + 1);
    }
}
