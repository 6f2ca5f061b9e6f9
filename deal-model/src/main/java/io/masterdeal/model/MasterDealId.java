package io.masterdeal.model;

import java.util.UUID;

/**
 * The id of a deal across all systems. It is derived from the key of the root object alone (ruling 6), so every replica
 * computes the same id without coordination.
 *
 * @param value a UUID of version 5
 */
public record MasterDealId(UUID value) {

    private static final UUID NAMESPACE = NameUuid.of(NameUuid.URL_NAMESPACE, "urn:masterdeal:deal");

    /**
     * Computes the id of the deal with this root.
     *
     * @param root the key of a CRM deal
     * @throws IllegalArgumentException if the key is not the key of a root
     */
    public static MasterDealId of(ObjectKey root) {
        if (!root.isRoot()) {
            throw new IllegalArgumentException("only a " + ObjectKind.DEAL + " is the root of a deal, not " + root);
        }
        return new MasterDealId(NameUuid.of(NAMESPACE, root.value()));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
