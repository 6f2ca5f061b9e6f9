package io.masterdeal.router.ledger;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that was read and stored.
 *
 * @param id in the order of acceptance
 * @param acceptedAt when it was read, UTC, in microseconds as PostgreSQL stores it
 * @param topic Kafka topic it was read from
 * @param partition its partition
 * @param offset its offset
 * @param eventId id of the event
 * @param type type of the event
 * @param subject key of the object it is about
 * @param masterDealId deal that it belongs to; null if the event does not say
 * @param correlationId common to all steps of a business process; null if the event does not say
 * @param body the event in CloudEvents' structured mode, UTF-8; null if no subscription wanted its type
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and bodies are not copied.
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

    /** Messages with the same key are delivered in order: the deal if it is known, otherwise the object. */
    public String orderKey() {
        return masterDealId == null ? subject : masterDealId.toString();
    }
}
