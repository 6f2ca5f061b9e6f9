package io.masterdeal.app.replay.mapping;

import org.jspecify.annotations.Nullable;

/** The attributes of a case or of an event, by name. */
@FunctionalInterface
public interface Attributes {

    /** The value of an attribute; null if there is none. */
    @Nullable
    String get(String name);
}
