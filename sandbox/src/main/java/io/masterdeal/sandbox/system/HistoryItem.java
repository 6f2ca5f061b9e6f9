package io.masterdeal.sandbox.system;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of an object, as it was told or should have been.
 *
 * @param eventId id of the event
 * @param type its type
 * @param status the canonical status it gives; null if none
 * @param localStatus the system's own word for the status it led to; null if it changed none
 * @param at when it happened
 * @param sequence version it gives; null if the kind counts none
 * @param links links it carries
 * @param attributes attributes and business fields it carries, as text
 * @param retracts ids of events it takes back; empty for all but a retraction
 * @param retracted whether it was taken back since
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
