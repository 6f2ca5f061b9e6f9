package io.masterdeal.sandbox.system;

import java.util.Optional;

/** Reacts to requests to create objects in a system. */
public interface CreationHook {
    /** Does nothing. */
    CreationHook NONE = new CreationHook() {};

    /**
     * Finds an object to return instead of creating a new one. No other object is created during this call.
     *
     * @param kind such as {@code case}
     * @param change the requested object
     * @return the existing object; empty to create a new one
     */
    default Optional<ObjectView> existing(String kind, Change change) {
        return Optional.empty();
    }

    /**
     * Called after an object was created. Must not block.
     *
     * @param kind such as {@code case}
     * @param object as it was created
     */
    default void created(String kind, ObjectView object) {}
}
