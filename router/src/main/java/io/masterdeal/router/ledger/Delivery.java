package io.masterdeal.router.ledger;

/**
 * The delivery of an event to a subscription.
 *
 * @param message the event
 * @param subscription number of the subscription
 * @param orderKey deliveries with the same key are sent in order; empty if the subscription is not ordered
 * @param attempts how many attempts were made that count
 * @param replay how many times it was redriven
 */
public record Delivery(LedgerMessage message, int subscription, String orderKey, int attempts, int replay) {

    /** The id of its message, which is its place in the order. */
    public long id() {
        return message.id();
    }
}
