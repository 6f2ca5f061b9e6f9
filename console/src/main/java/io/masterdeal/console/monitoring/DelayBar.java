package io.masterdeal.console.monitoring;

import io.masterdeal.console.monitoring.MonitoringFigures.DelayFigures;
import java.time.Duration;

/** The bar of a delay. Its scale is logarithmic, from 1 ms to 100 s, so that the platform's promise stands at four fifths. */
public final class DelayBar {
    /** Where the promised time is, of 160. */
    public static final long PROMISE_AT = 128;

    private static final double WIDTH = 160;
    private static final double DECADES = 5;

    private DelayBar() {}

    /** Length of the bar, 2 to 160. */
    public static long width(Duration delay) {
        double decades = Math.log10((double) Math.max(1, delay.toMillis()));
        return Math.round(Math.clamp(WIDTH * decades / DECADES, 2, WIDTH));
    }

    /** Whether a step of the platform takes longer than it promises. */
    public static boolean isLate(DelayFigures step) {
        return step.own() && step.hour() != null && step.hour().p95().compareTo(MonitoringFigures.PROMISED) > 0;
    }
}
