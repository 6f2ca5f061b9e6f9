package io.masterdeal.model;

import java.util.UUID;

/**
 * The id of a deal across all systems. It follows from the key of the root object alone (ruling 6), so every replica
 * gives the same deal the same id without asking anybody.
 *
 * @param value a UUID of version 5
 */
public record MasterDealId(UUID value) {

    private static final UUID NAMESPACE = NameUuid.of(NameUuid.URL_NAMESPACE, "urn:masterdeal:deal");

    /**
     * The id of the deal with this root.
     *
     * @param root the key of a CRM deal
     * @throws IllegalArgumentException if the key is not that of a root
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
