package io.masterdeal.router.ledger;

/**
 * An event on its way to a subscriber.
 *
 * @param message the event
 * @param subscription number of the subscription
 * @param orderKey within which order is kept; empty if the subscription has none
 * @param attempts how many of those that count were made
 * @param replay how often it was redriven
 */
public record Delivery(LedgerMessage message, int subscription, String orderKey, int attempts, int replay) {

    /** Its place in the order. */
    public long id() {
        return message.id();
    }
}
