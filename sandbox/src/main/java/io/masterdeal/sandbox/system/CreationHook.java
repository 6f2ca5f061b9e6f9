package io.masterdeal.sandbox.system;

import java.util.Optional;

/** What the people of a system do by themselves when something is asked for at its door. */
public interface CreationHook {
    /** One who does nothing by himself. */
    CreationHook NONE = new CreationHook() {};

    /**
     * Looks whether what shall be created is there already. No other is created meanwhile.
     *
     * @param kind such as {@code case}
     * @param change what is wanted
     * @return the object that is given instead of a new one; empty if one is to be created
     */
    default Optional<ObjectView> existing(String kind, Change change) {
        return Optional.empty();
    }

    /**
     * Learns of a new object. Must not wait.
     *
     * @param kind such as {@code case}
     * @param object as it was created
     */
    default void created(String kind, ObjectView object) {}
}
