package io.masterdeal.crash.history;

import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param contradiction the first contradiction; null if there is none
 * @param deals deals on the topic
 * @param events records on the topic
 * @param repeats records that are exact copies of earlier ones
 * @param snapshots first occurrences of revisions that were told as snapshots
 * @param facts rows of facts and retractions
 */
public record Verdict(
        @Nullable Contradiction contradiction, long deals, long events, long repeats, long snapshots, long facts) {}
