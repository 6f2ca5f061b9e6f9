package io.masterdeal.router.ledger;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that was read.
 *
 * @param id in the order of acceptance
 * @param acceptedAt when it was read, UTC, with all digits that PostgreSQL keeps
 * @param topic Kafka topic it was read from
 * @param partition its partition
 * @param offset its offset
 * @param eventId id of the event
 * @param type type of the event
 * @param subject key of the object it is about
 * @param masterDealId deal it is about, if it says so
 * @param correlationId common to its chain, if it says so
 * @param body the event in CloudEvents' structured mode, UTF-8; null if no subscription wanted its type
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and a body is not copied on its way.
public record LedgerMessage(
        long id,
        OffsetDateTime acceptedAt,
        String topic,
        int partition,
        long offset,
        UUID eventId,
        String type,
        String subject,
        @Nullable UUID masterDealId,
        @Nullable String correlationId,
        byte @Nullable [] body) {

    /** What keeps its order: the deal if it is known, else the object. */
    public String orderKey() {
        return masterDealId == null ? subject : masterDealId.toString();
    }
}
