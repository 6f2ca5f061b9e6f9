package io.masterdeal.effects;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of an attempt. */
sealed interface Reply {

    /** The other system took it. */
    record Taken() implements Reply {}

    /**
     * It did not work now, and may later.
     *
     * @param error what went wrong
     * @param after how long the other side asks to wait; null if it does not say
     */
    record Later(String error, @Nullable Duration after) implements Reply {}

    /** The gateway has no route to the other system. */
    record NoRoute(String error) implements Reply {}

    /** It will never be taken as it is. */
    record Refused(String error) implements Reply {}
}
