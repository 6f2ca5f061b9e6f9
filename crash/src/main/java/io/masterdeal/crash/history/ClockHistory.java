package io.masterdeal.crash.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was told about clocks, and what follows from the facts.
 *
 * @param marks rows about warnings and breaches, in the order in which they were written
 * @param holding the warnings and breaches that hold, each with its instant
 * @param clocks how the clocks of each deal stand, by root, in the form of {@link ClockCheck#clock}
 * @param toldSince what passed before this instant need not be told
 */
public record ClockHistory(
        List<StoredMark> marks, Map<ClockMark, Instant> holding, Map<String, Set<String>> clocks, Instant toldSince) {

    /** No clocks. */
    public static final ClockHistory NONE = new ClockHistory(List.of(), Map.of(), Map.of(), Instant.MAX);
}
