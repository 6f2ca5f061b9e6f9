package io.masterdeal.app.demo;

import java.util.Collection;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What became of the events that a subscription, or all of them, wanted.
 *
 * @param accepted events that were to be delivered
 * @param pending those that are on their way
 * @param parked those that wait behind another one of their deal
 * @param delivered those that were taken
 * @param filtered those that a condition of the subscription left out
 * @param deadLettered those that were given up
 * @param refused refusals, of which their senders know
 * @param discarded those of which an operator decided that they are not sent
 */
public record DeliveryCounts(
        long accepted,
        long pending,
        long parked,
        long delivered,
        long filtered,
        long deadLettered,
        long refused,
        long discarded) {

    /** Nothing at all. */
    static final DeliveryCounts NONE = new DeliveryCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** Reads one item of the router's {@code GET /ledger}. */
    static DeliveryCounts of(JsonNode item) {
        return new DeliveryCounts(
                item.path("accepted").longValue(),
                item.path("pending").longValue(),
                item.path("parked").longValue(),
                item.path("delivered").longValue(),
                item.path("filtered").longValue(),
                item.path("dead_lettered").longValue(),
                item.path("refused").longValue(),
                item.path("discarded").longValue());
    }

    static DeliveryCounts total(Collection<DeliveryCounts> all) {
        return all.stream().reduce(NONE, DeliveryCounts::plus);
    }

    private DeliveryCounts plus(DeliveryCounts other) {
        return new DeliveryCounts(
                accepted + other.accepted,
                pending + other.pending,
                parked + other.parked,
                delivered + other.delivered,
                filtered + other.filtered,
                deadLettered + other.deadLettered,
                refused + other.refused,
                discarded + other.discarded);
    }

    /** Whether each that was accepted is in one of the states. */
    boolean addUp() {
        return accepted == pending + parked + delivered + filtered + deadLettered + refused + discarded;
    }

    /** How many are not at their end yet. */
    long waiting() {
        return pending + parked;
    }

    /** The sums in words. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "accepted %d = delivered %d + filtered %d + dead-lettered %d + parked %d + discarded %d%s%s",
                accepted,
                delivered,
                filtered,
                deadLettered,
                parked,
                discarded,
                refused == 0 ? "" : " + refused " + refused,
                pending == 0 ? "" : " + pending " + pending);
    }
}
