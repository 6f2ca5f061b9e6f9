package io.masterdeal.effects;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An effect that this process has claimed in order to send it.
 *
 * @param id its id
 * @param request the request to send, and to which system
 * @param body the body of the request
 * @param traceparent W3C trace context of the fact; may be null
 * @param attempt which attempt this is, from 1
 * @param lease until when no other process claims it; also tells this claim from a later one
 * @param task what is done about a task; null if it is not the effect of one
 */
record ClaimedEffect(
        UUID id,
        Reaction.Request request,
        String body,
        @Nullable String traceparent,
        int attempt,
        OffsetDateTime lease,
        @Nullable TaskAttempt task) {

    /**
     * An attempt to make or to close a task.
     *
     * @param wanted what is wanted of the task, as the table has it
     * @param closes whether the request closes it; otherwise it makes it, which is also the first step to close one that may have
     *     been made
     */
    record TaskAttempt(String wanted, boolean closes) {}

    /** The idempotency key. */
    UUID key() {
        return task != null && task.closes() ? TrackerTask.closeKey(id) : id;
    }

    /** Whether the request makes a task. */
    boolean isMaking() {
        return task != null && !task.closes();
    }

    /** Whether the request closes a task. */
    boolean isClosing() {
        return task != null && task.closes();
    }

    /** What was wanted of the task when it was claimed; null if it is not the effect of one. */
    @Nullable
    String wanted() {
        return task == null ? null : task.wanted();
    }
}
