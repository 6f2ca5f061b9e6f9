package io.masterdeal.effects;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of an attempt. */
sealed interface Reply {

    /** The other system accepted it. */
    record Taken() implements Reply {}

    /**
     * It failed now, and may succeed later.
     *
     * @param error what went wrong
     * @param after how long the other side asks to wait; null if it does not say
     */
    record Later(String error, @Nullable Duration after) implements Reply {}

    /** The gateway has no route to the other system. */
    record NoRoute(String error) implements Reply {}

    /** It will never be accepted as it is. */
    record Refused(String error) implements Reply {}
}
