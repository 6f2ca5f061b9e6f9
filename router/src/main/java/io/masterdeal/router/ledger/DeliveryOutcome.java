package io.masterdeal.router.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be noted of a delivery, or of a deal whose deliveries wait. */
public sealed interface DeliveryOutcome {

    /**
     * An attempt, as it is kept.
     *
     * @param at when it began, UTC
     * @param ms how long it took
     * @param status HTTP status; null if there was no answer, or the sink is none of HTTP
     * @param answer the beginning of what was answered, or what went wrong
     */
    record Attempt(Instant at, long ms, @Nullable Integer status, String answer) {}

    /** The sink has it. */
    record Delivered(Delivery delivery, Attempt attempt) implements DeliveryOutcome {}

    /**
     * It is tried again later.
     *
     * @param attempts how many count by now
     */
    record Postponed(Delivery delivery, Attempt attempt, int attempts, Instant dueAt) implements DeliveryOutcome {}

    /** It is given up. */
    record DeadLettered(Delivery delivery, Attempt attempt, int attempts, String reason) implements DeliveryOutcome {}

    /** The filter did not let it pass. */
    record Filtered(Delivery delivery, String reason) implements DeliveryOutcome {}

    /** It waits behind another one of its deal. */
    record Parked(Delivery delivery) implements DeliveryOutcome {}

    /** The deliveries of a deal wait behind one. */
    record Blocked(int subscription, String orderKey, long head) implements DeliveryOutcome {}

    /** The deliveries of a deal wait no more. */
    record Unblocked(int subscription, String orderKey) implements DeliveryOutcome {}
}
