package io.masterdeal.model;

import java.util.Comparator;
import java.util.UUID;

/**
 * Orders event ids by their lower-case text (ruling 3), which is the unsigned order of their 128 bits and the order
 * of PostgreSQL's {@code uuid}. {@link UUID#compareTo} compares signed numbers and differs.
 */
public enum EventIdOrder implements Comparator<UUID> {
    /** The only instance. */
    INSTANCE;

    @Override
    public int compare(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }
}
