package io.masterdeal.router.subscription;

/**
 * The part of a partition that a version of a subscription counts.
 *
 * @param id number of the subscription in the ledger
 * @param name its name
 * @param said what this version says
 * @param from first offset
 * @param to the offset behind the last one; {@link Long#MAX_VALUE} while it is active
 */
public record ActiveSpan(int id, String name, Subscription said, String topic, int partition, long from, long to) {

    /** Whether an event of a type at an offset has to be a delivery of this subscription. */
    public boolean counts(long offset, String type) {
        return offset >= from && offset < to && said.wants(type);
    }
}
