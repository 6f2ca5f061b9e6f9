package io.masterdeal.sandbox.system;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of an object.
 *
 * @param eventId id of the event
 * @param type its type
 * @param status the canonical status of the event; null if none
 * @param localStatus the system's own name of the new status; null if the status did not change
 * @param at when it happened
 * @param sequence version of the object; null if the kind has no versions
 * @param links links of the event
 * @param attributes attributes and business fields of the event, as text
 * @param retracts ids of the events that it retracts; empty unless it is a retraction
 * @param retracted whether it has been retracted
 */
public record HistoryItem(
        UUID eventId,
        String type,
        @Nullable String status,
        @Nullable String localStatus,
        Instant at,
        @Nullable Long sequence,
        List<String> links,
        Map<String, String> attributes,
        List<String> retracts,
        boolean retracted) {}
