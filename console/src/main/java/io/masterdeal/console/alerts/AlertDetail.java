package io.masterdeal.console.alerts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert with all that belongs to it.
 *
 * @param alert the alert
 * @param silence by which nobody is told of it now; null if there is none
 * @param seenBy who has opened it
 * @param others the other times that it fired, the newest first
 * @param runbook link to what to do; empty if only {@code alert.runbook} is known
 */
public record AlertDetail(
        Alert alert, @Nullable Silence silence, List<SeenBy> seenBy, List<Alert> others, String runbook) {
    /** Who has opened it, and when for the first time. */
    public record SeenBy(String person, Instant at) {}
}
