package io.masterdeal.console.errors;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An {@code error.event}.
 *
 * @param id of the error event itself
 * @param at when it was made, UTC
 * @param stage which part of the platform gave up
 * @param reason a code such as {@code unknown-schema}
 * @param domain of the event that failed, or {@code unknown}
 * @param detail what is wrong in words; empty if it says nothing
 * @param topic of the record that failed; null if it was none
 * @param partition of that record
 * @param offset of that record
 * @param eventId of the event that failed, if it could be read
 * @param eventType of the event that failed, if it could be read
 * @param key of the record, if it was text
 * @param headers of the record that were text
 * @param payload value of the record in base64, up to 64 KiB before that; null if it had none
 * @param payloadTruncated whether the payload was cut
 * @param subscription to which an event could not be delivered, if that is what failed
 */
public record ErrorRow(
        UUID id,
        Instant at,
        String stage,
        String reason,
        String domain,
        String detail,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable String eventId,
        @Nullable String eventType,
        @Nullable String key,
        Map<String, String> headers,
        @Nullable String payload,
        boolean payloadTruncated,
        @Nullable String subscription) {}
