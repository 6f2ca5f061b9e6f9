package io.masterdeal.router.subscription;

/**
 * The range of offsets of a partition in which a version of a subscription is active.
 *
 * @param id number of the subscription in the ledger
 * @param name its name
 * @param said this version
 * @param from first offset
 * @param to the offset after the last one; {@link Long#MAX_VALUE} while it is active
 */
public record ActiveSpan(int id, String name, Subscription said, String topic, int partition, long from, long to) {

    /** Whether an event of this type at this offset must have a delivery for this subscription. */
    public boolean counts(long offset, String type) {
        return offset >= from && offset < to && said.wants(type);
    }
}
