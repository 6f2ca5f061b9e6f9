package io.masterdeal.console.board;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which deals are meant. Each part that is empty or null lets all deals pass.
 *
 * @param stages any of these
 * @param outcomes any of these
 * @param attributes exact values by name, such as {@code manager}
 * @param ruleSets any of these
 * @param sla any of these
 * @param gaps true: only deals with gaps, false: only those without
 * @param sinceFrom in the present stage since this instant or later
 * @param sinceBefore in the present stage since before this instant
 * @param words each has to begin a word of the root key or of an attribute, whatever its case; empty for no search
 */
public record DealSelection(
        Set<String> stages,
        Set<String> outcomes,
        Map<String, String> attributes,
        Set<String> ruleSets,
        Set<DealSla> sla,
        @Nullable Boolean gaps,
        @Nullable Instant sinceFrom,
        @Nullable Instant sinceBefore,
        String words) {
    /** All deals. */
    public static final DealSelection ALL =
            new DealSelection(Set.of(), Set.of(), Map.of(), Set.of(), Set.of(), null, null, null, "");
}
