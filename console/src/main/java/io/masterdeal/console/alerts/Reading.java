package io.masterdeal.console.alerts;

import java.util.Map;

/**
 * What a rule measured.
 *
 * @param labels tell it apart from other readings of the rule
 * @param value compared with the threshold
 * @param detail what else is known, in English as the role says it; may be empty
 */
public record Reading(Map<String, String> labels, double value, String detail) {
    /** Whether something is so. */
    public static Reading is(boolean so, Map<String, String> labels, String detail) {
        return new Reading(labels, so ? 1 : 0, detail);
    }
}
