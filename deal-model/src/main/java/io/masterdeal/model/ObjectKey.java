package io.masterdeal.model;

import org.jspecify.annotations.Nullable;

/**
 * The key of one object of a domain system: {@code docflow:contract:K-9}. The id may contain colons.
 *
 * @param value {@code domain:kind:id}
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    /**
     * @throws IllegalArgumentException if the text is not of the form {@code domain:kind:id}
     */
    public ObjectKey {
        int first = value.indexOf(':');
        int second = first < 0 ? -1 : value.indexOf(':', first + 1);
        if (first < 1 || second <= first + 1 || second == value.length() - 1) {
            throw new IllegalArgumentException("an object key is 'domain:kind:id', not '" + value + "'");
        }
    }

    /** The kind of the object. */
    public ObjectKind kind() {
        return new ObjectKind(value.substring(0, kindLength()));
    }

    /** The domain that owns the object: {@code docflow}. */
    public String domain() {
        return value.substring(0, value.indexOf(':'));
    }

    /** Whether the object is of that kind. */
    public boolean is(ObjectKind kind) {
        return kindLength() == kind.value().length() && value.startsWith(kind.value());
    }

    /** Whether the object is a root, that is, a deal (ruling 1). */
    public boolean isRoot() {
        return is(ObjectKind.DEAL);
    }

    private int kindLength() {
        return value.indexOf(':', value.indexOf(':') + 1);
    }

    /** By UTF-8 bytes (ruling 13). */
    @Override
    public int compareTo(ObjectKey other) {
        return Utf8Order.INSTANCE.compare(value, other.value);
    }

    // Same result as the generated methods, but without their method handles, which are slower in map lookups.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectKey that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
