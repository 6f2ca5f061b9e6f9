package io.masterdeal.router.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a sink said.
 *
 * @param verdict what follows from it
 * @param status HTTP status, if there was one
 * @param text the beginning of the answer, or what went wrong
 * @param retryAfter how long it asks to be left alone, if it does
 */
record SinkResponse(
        Verdict verdict,
        @Nullable Integer status,
        String text,
        @Nullable Duration retryAfter) {

    /** What follows from an answer. */
    enum Verdict {
        /** It has the event. */
        TAKEN,
        /** It will not take this event, however often it is asked. */
        REFUSED,
        /** It failed with this event and may take it later. */
        FAILED,
        /** It does not answer, or not sensibly: it is no matter of this event. */
        AWAY
    }

    static SinkResponse unavailable(String text) {
        return new SinkResponse(Verdict.AWAY, null, text, null);
    }
}
