package io.masterdeal.effects;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of an attempt. */
sealed interface Reply {

    /**
     * The other system accepted it.
     *
     * @param task the key of the task that was made; null if none was to be made, or its key was not told
     */
    record Taken(@Nullable String task) implements Reply {}

    /**
     * It failed now, and may succeed later.
     *
     * @param error what went wrong
     * @param after how long the other side asks to wait; null if it does not say
     */
    record Later(String error, @Nullable Duration after) implements Reply {}

    /** The gateway has no route to the other system. */
    record NoRoute(String error) implements Reply {}

    /**
     * It will never be accepted as it is.
     *
     * @param status of the answer
     * @param error what is wrong
     */
    record Refused(int status, String error) implements Reply {}
}
