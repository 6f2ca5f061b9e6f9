package io.masterdeal.effects;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An effect that this process has claimed in order to send it.
 *
 * @param id its id, the idempotency key
 * @param request the request to send, and to which system
 * @param body the body of the request
 * @param traceparent W3C trace context of the fact; may be null
 * @param attempt which attempt this is, from 1
 * @param lease until when no other process claims it; also tells this claim from a later one
 */
record ClaimedEffect(
        UUID id,
        Reaction.Request request,
        String body,
        @Nullable String traceparent,
        int attempt,
        OffsetDateTime lease) {}
