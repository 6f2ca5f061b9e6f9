package io.masterdeal.router.ledger;

import io.masterdeal.contracts.event.Event;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read from Kafka.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param publishedAt when it was published, in milliseconds since 1970: the timestamp of the record
 * @param event null if the record is not an event
 * @param json the event in structured mode; null if the record is not an event
 * @param causes ids of the events that caused a canonical event; null for other events
 */
public record ReadRecord(
        String topic,
        int partition,
        long offset,
        long publishedAt,
        @Nullable Event event,
        tools.jackson.databind.@Nullable JsonNode json,
        @Nullable List<UUID> causes) {}
