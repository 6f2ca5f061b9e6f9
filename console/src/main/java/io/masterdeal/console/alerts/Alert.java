package io.masterdeal.console.alerts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert that fired. Immutable.
 *
 * @param id of this time that it fired
 * @param fingerprint the same each time that it fires for the same rule and labels
 * @param source {@code watch} or {@code prometheus}
 * @param rule id of the rule, or the name of Prometheus' alert
 * @param labels further ones
 * @param severity how urgent it is
 * @param state whether it still holds
 * @param value of the last reading; 0 if it is Prometheus'
 * @param detail what else was known at the last reading
 * @param summary what it says if it is Prometheus'; otherwise empty, and the words of the rule count
 * @param runbook where it says what to do: below {@code docs/}, or an address
 * @param since when its condition began to hold, UTC
 * @param firedAt when it fired, UTC
 * @param resolvedAt when it ended, UTC; null while it fires
 * @param endsAt when it ends by itself unless it comes again, UTC; null if it is of the watch
 * @param acknowledgedBy who takes care of it; null if nobody does
 * @param acknowledgedAt since when, UTC
 * @param told what each channel was told last
 */
public record Alert(
        UUID id,
        String fingerprint,
        String source,
        String rule,
        Map<String, String> labels,
        Severity severity,
        AlertState state,
        double value,
        String detail,
        String summary,
        String runbook,
        Instant since,
        Instant firedAt,
        @Nullable Instant resolvedAt,
        @Nullable Instant endsAt,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        Map<String, Told> told) {
    /** The source of our own alerts. */
    public static final String WATCH = "watch";

    /** The source of alerts that Prometheus sends. */
    public static final String PROMETHEUS = "prometheus";

    private static final int FINGERPRINT_BYTES = 8;

    /** A new alert of a rule of the watch. */
    static Alert fired(AlertRule rule, Reading reading, Instant since, Instant now) {
        return new Alert(
                UUID.randomUUID(),
                fingerprint(WATCH, rule.id(), reading.labels()),
                WATCH,
                rule.id(),
                Map.copyOf(reading.labels()),
                rule.severity(),
                AlertState.FIRING,
                reading.value(),
                reading.detail(),
                "",
                rule.runbook(),
                since,
                now,
                null,
                null,
                null,
                null,
                Map.of());
    }

    /** Follows from source, rule and labels. */
    static String fingerprint(String source, String rule, Map<String, String> labels) {
        StringBuilder text = new StringBuilder(source).append('\u0000').append(rule);
        new TreeMap<>(labels)
                .forEach((name, value) ->
                        text.append('\u0000').append(name).append('\u0001').append(value));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it still holds. */
    public boolean isFiring() {
        return state == AlertState.FIRING;
    }

    /** The same with another reading. */
    Alert with(double newValue, String newDetail) {
        return copy(state, newValue, newDetail, resolvedAt, told);
    }

    /** The same, ended. */
    Alert resolved(Instant now) {
        return copy(AlertState.RESOLVED, value, detail, now, told);
    }

    /** The same after a channel was told. */
    public Alert told(String channel, Told what) {
        Map<String, Told> all = new HashMap<>(told);
        all.put(channel, what);
        return copy(state, value, detail, resolvedAt, Map.copyOf(all));
    }

    /** The same with what channels were told and who acknowledged by another copy. */
    Alert keeping(Alert other) {
        return new Alert(
                id,
                fingerprint,
                source,
                rule,
                labels,
                severity,
                state,
                value,
                detail,
                summary,
                runbook,
                since,
                firedAt,
                resolvedAt,
                endsAt,
                other.acknowledgedBy,
                other.acknowledgedAt,
                other.told);
    }

    private Alert copy(
            AlertState newState,
            double newValue,
            String newDetail,
            @Nullable Instant newResolvedAt,
            Map<String, Told> newTold) {
        return new Alert(
                id,
                fingerprint,
                source,
                rule,
                labels,
                severity,
                newState,
                newValue,
                newDetail,
                summary,
                runbook,
                since,
                firedAt,
                newResolvedAt,
                endsAt,
                acknowledgedBy,
                acknowledgedAt,
                newTold);
    }
}
