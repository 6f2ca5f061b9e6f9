package io.masterdeal.model.sla;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is given which task when a clock warns or is breached. It has no effect on a report.
 *
 * @param owner the domain that is told; null for the domain of the clock's object, or for {@code masterdeal} if it has none
 * @param atWarnings the step at a warning, by its percent
 * @param atBreach the step at the breach; null if there is none
 */
public record SlaEscalation(
        @Nullable String owner,
        SortedMap<Integer, Step> atWarnings,
        @Nullable Step atBreach) {

    /**
     * What is done.
     *
     * @param task the title of the task
     * @param page whether somebody is called at once
     */
    public record Step(String task, boolean page) {}

    /** Nothing is done. */
    public static final SlaEscalation NONE = new SlaEscalation(null, Collections.emptySortedMap(), null);

    /** Copies the map. */
    public SlaEscalation {
        atWarnings = Collections.unmodifiableSortedMap(new TreeMap<>((Map<Integer, Step>) atWarnings));
    }
}
