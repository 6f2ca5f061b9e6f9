package io.masterdeal.router.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The response of a sink to a delivery.
 *
 * @param verdict what it means for the delivery
 * @param status HTTP status, if there was one
 * @param text the beginning of the response, or what went wrong
 * @param retryAfter how long the sink asks to wait; null if it does not ask
 */
record SinkResponse(
        Verdict verdict,
        @Nullable Integer status,
        String text,
        @Nullable Duration retryAfter) {

    /** What a response means for the delivery. */
    enum Verdict {
        /** The sink has the event. */
        TAKEN,
        /** The sink will never accept this event. */
        REFUSED,
        /** The sink failed to process this event, and may accept it later. */
        FAILED,
        /** The sink is unavailable: it does not answer, or its answer makes no sense. This has nothing to do with the event. */
        AWAY
    }

    static SinkResponse unavailable(String text) {
        return new SinkResponse(Verdict.AWAY, null, text, null);
    }
}
