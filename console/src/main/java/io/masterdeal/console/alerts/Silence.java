package io.masterdeal.console.alerts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that nobody is told of for some time.
 *
 * @param id of the silence
 * @param rule all alerts of this rule; empty for one alert only
 * @param fingerprint of that alert; empty for a rule
 * @param reason why, 1 to 500 characters
 * @param createdBy who made it
 * @param createdAt when, UTC
 * @param until when it ends, UTC
 * @param endedBy who ended it before its time; null if nobody did
 */
public record Silence(
        UUID id,
        String rule,
        String fingerprint,
        String reason,
        String createdBy,
        Instant createdAt,
        Instant until,
        @Nullable String endedBy) {
    /** Whether it silences an alert at an instant. */
    public boolean covers(Alert alert, Instant now) {
        return endedBy == null
                && until.isAfter(now)
                && (rule.isEmpty() || rule.equals(alert.rule()))
                && (fingerprint.isEmpty() || fingerprint.equals(alert.fingerprint()));
    }
}
