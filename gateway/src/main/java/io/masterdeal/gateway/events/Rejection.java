package io.masterdeal.gateway.events;

import io.masterdeal.gateway.http.GatewayProblem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that was refused.
 *
 * @param caller who sent it
 * @param problem why it was refused
 * @param draft what it says of itself; null if it could not be read that far
 * @param headers those of the request that say something about events; no key among them
 * @param payload the event as it was sent, or as much of it as was read; null if nothing was
 */
record Rejection(
        Caller caller,
        GatewayProblem problem,
        @Nullable Draft draft,
        Map<String, String> headers,
        @Nullable Payload payload) {}
