package io.masterdeal.router.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A change of a delivery, or of a blocked order key, that is to be stored. */
public sealed interface DeliveryOutcome {

    /**
     * An attempt, as it is stored.
     *
     * @param at when it began, UTC
     * @param ms how long it took
     * @param status HTTP status; null if there was no response, or the sink is not HTTP
     * @param answer the beginning of the response, or what went wrong
     */
    record Attempt(Instant at, long ms, @Nullable Integer status, String answer) {}

    /** The sink has accepted it. */
    record Delivered(Delivery delivery, Attempt attempt) implements DeliveryOutcome {}

    /**
     * It is tried again later.
     *
     * @param attempts how many attempts count so far
     */
    record Postponed(Delivery delivery, Attempt attempt, int attempts, Instant dueAt) implements DeliveryOutcome {}

    /** It is given up. */
    record DeadLettered(Delivery delivery, Attempt attempt, int attempts, String reason) implements DeliveryOutcome {}

    /** The filter did not let it pass. */
    record Filtered(Delivery delivery, String reason) implements DeliveryOutcome {}

    /** It waits behind another delivery with the same order key. */
    record Parked(Delivery delivery) implements DeliveryOutcome {}

    /** The deliveries of an order key wait behind one. */
    record Blocked(int subscription, String orderKey, long head) implements DeliveryOutcome {}

    /** The deliveries of an order key wait no longer. */
    record Unblocked(int subscription, String orderKey) implements DeliveryOutcome {}
}
