package io.masterdeal.console.notices;

import io.masterdeal.console.alerts.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is told at once. Immutable; kept as JSON.
 *
 * @param id of the notice, the same at each attempt to send it
 * @param channel name of the channel
 * @param createdAt UTC
 * @param alerts those that fire first; empty of a digest
 * @param breaches of a digest; empty of alerts
 * @param test whether somebody only tries the channel
 */
record Notice(UUID id, String channel, Instant createdAt, List<Item> alerts, List<Breaches> breaches, boolean test) {

    /**
     * An alert as it is when the channel is told.
     *
     * @param endedAt null while it fires
     */
    record Item(
            UUID id,
            String fingerprint,
            String source,
            String rule,
            String severity,
            String state,
            Map<String, String> labels,
            String detail,
            String summary,
            String runbook,
            Instant since,
            @Nullable Instant endedAt) {
        static Item of(Alert alert) {
            return new Item(
                    alert.id(),
                    alert.fingerprint(),
                    alert.source(),
                    alert.rule(),
                    alert.severity().tag(),
                    alert.state().tag(),
                    alert.labels(),
                    alert.detail(),
                    alert.summary(),
                    alert.runbook(),
                    alert.since(),
                    alert.resolvedAt());
        }

        boolean isFiring() {
            return state.equals("firing");
        }
    }

    /**
     * SLA breaches of a policy.
     *
     * @param count how many
     * @param deals the objects of the first ones
     */
    record Breaches(String policy, int count, List<String> deals) {}

    /** A try. */
    static Notice test(String channel, UUID id, Instant now) {
        return new Notice(id, channel, now, List.of(), List.of(), true);
    }

    /** How many of its alerts fire. */
    long firing() {
        return alerts.stream().filter(Item::isFiring).count();
    }
}
