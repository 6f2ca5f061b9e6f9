package io.masterdeal.model;

import org.jspecify.annotations.Nullable;

/**
 * A kind of object in its domain: {@code docflow:contract}.
 *
 * @param value {@code domain:kind}
 */
public record ObjectKind(String value) implements Comparable<ObjectKind> {

    /** The kind of the root objects of deals: the CRM deal. */
    public static final ObjectKind DEAL = new ObjectKind("crm:deal");

    /**
     * @throws IllegalArgumentException if the text is not of the form {@code domain:kind}
     */
    public ObjectKind {
        int colon = value.indexOf(':');
        if (colon < 1 || colon == value.length() - 1 || value.indexOf(':', colon + 1) >= 0) {
            throw new IllegalArgumentException("an object kind is 'domain:kind', not '" + value + "'");
        }
    }

    /** The domain that owns objects of this kind: {@code docflow}. */
    public String domain() {
        return value.substring(0, value.indexOf(':'));
    }

    @Override
    public int compareTo(ObjectKind other) {
        return Utf8Order.INSTANCE.compare(value, other.value);
    }

    // Same result as the generated methods, but without their method handles, which are slower in map lookups.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectKind that && value.equals(that.value);
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
