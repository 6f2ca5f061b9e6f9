package io.masterdeal.console.errors;

import java.time.Instant;

/**
 * Error events that have reason, stage and domain in common.
 *
 * @param day how many of the last 24 hours
 * @param kept how many of those that are kept
 * @param first when the first of those kept was made, UTC
 * @param last when the last was made, UTC
 */
public record ErrorGroup(
        String reason, String stage, String domain, long day, long kept, Instant first, Instant last) {}
