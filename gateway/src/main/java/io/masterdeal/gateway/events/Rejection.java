package io.masterdeal.gateway.events;

import io.masterdeal.gateway.http.GatewayProblem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that was refused.
 *
 * @param caller the sender
 * @param problem why it was refused
 * @param draft the event as far as it could be read; null if not at all
 * @param headers the headers of the request that describe events, without the key
 * @param payload the event as sent, or the part that was read; null if nothing was
 */
record Rejection(
        Caller caller,
        GatewayProblem problem,
        @Nullable Draft draft,
        Map<String, String> headers,
        @Nullable Payload payload) {}
