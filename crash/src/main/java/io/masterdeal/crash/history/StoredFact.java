package io.masterdeal.crash.history;

import org.jspecify.annotations.Nullable;

/**
 * A row of {@code facts} or {@code retractions}.
 *
 * @param eventId the id of the event that told it
 * @param said type, subject, time and links in one line; null of a retraction, whose row has no such columns
 * @param origin topic, partition and offset it was taken from
 */
public record StoredFact(String eventId, @Nullable String said, String origin) {}
