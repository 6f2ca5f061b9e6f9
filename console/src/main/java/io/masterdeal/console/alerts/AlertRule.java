package io.masterdeal.console.alerts;

import io.masterdeal.console.monitoring.Samples;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When to raise an alert.
 *
 * @param id as in settings and words, such as {@code relay-lag}
 * @param severity of its alerts
 * @param above the reading has to be greater
 * @param clear a firing alert ends only when the reading is not greater than this; at most {@code above}
 * @param hold for how long the reading has to be greater before the alert fires
 * @param runbook where it says what to do, below {@code docs/}
 * @param measure makes the readings
 */
public record AlertRule(
        String id, Severity severity, double above, double clear, Duration hold, String runbook, Measure measure) {

    /** Makes the readings of a rule. */
    @FunctionalInterface
    public interface Measure {
        /** What there is now, zero or more readings; null if it is not known, so that alerts stay as they are. */
        @Nullable
        List<Reading> read(Samples samples);
    }
}
