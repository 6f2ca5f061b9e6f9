package io.masterdeal.benchmarks.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies in ms, exact to three digits.
 *
 * @param count how many were measured
 * @param p50 half of them took no longer; the others likewise
 * @param max the longest
 */
public record Percentiles(long count, double p50, double p90, double p99, double p999, double max) {

    private static final double PER_MS = 1000;

    /** Without any measurement. */
    public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0);

    /**
     * Reads a histogram.
     *
     * @param micros latencies in microseconds
     */
    public static Percentiles of(Histogram micros) {
        return new Percentiles(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / PER_MS,
                micros.getValueAtPercentile(90) / PER_MS,
                micros.getValueAtPercentile(99) / PER_MS,
                micros.getValueAtPercentile(99.9) / PER_MS,
                micros.getMaxValue() / PER_MS);
    }

    /** The heading for {@link #line}. */
    public static final String HEAD = "%9s %9s %9s %9s %9s %9s".formatted("p50", "p90", "p99", "p99.9", "max", "count");

    /** For people. */
    public String line() {
        return "%9.1f %9.1f %9.1f %9.1f %9.1f %,9d".formatted(p50, p90, p99, p999, max, count);
    }

    /** For programs. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("p50", p50);
        figures.put("p90", p90);
        figures.put("p99", p99);
        figures.put("p99.9", p999);
        figures.put("max", max);
        figures.put("count", count);
        return figures;
    }
}
