package io.masterdeal.console.alerts;

import io.masterdeal.console.alerts.AlertRule.Measure;
import io.masterdeal.console.monitoring.ProcessSample;
import io.masterdeal.console.monitoring.Sample;
import io.masterdeal.console.monitoring.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Ways to measure. What a role that does not answer would know is not known, and leaves alerts as they are. */
final class Measures {

    private Measures() {}

    /** One reading for each process of a role that answers; null from the function if it tells nothing. */
    static Measure each(String role, Function<ProcessSample, @Nullable Reading> reading) {
        return samples -> {
            Sample newest = samples.latest();
            if (newest == null || !newest.isUp(role)) {
                return null;
            }
            List<Reading> readings = new ArrayList<>();
            for (ProcessSample process : newest.of(role)) {
                Reading read = process.isUp() ? reading.apply(process) : null;
                if (read != null) {
                    readings.add(read);
                }
            }
            return readings;
        };
    }

    /** One reading for each process of any role. */
    static Measure eachProcess(Function<ProcessSample, @Nullable Reading> reading) {
        return samples -> {
            Sample newest = samples.latest();
            if (newest == null) {
                return null;
            }
            List<Reading> readings = new ArrayList<>();
            for (ProcessSample process : newest.processes()) {
                Reading read = reading.apply(process);
                if (read != null) {
                    readings.add(read);
                }
            }
            return readings;
        };
    }

    /** Whether a component of a role's health has a status. */
    static Measure component(String role, String component, String status) {
        return each(
                role,
                process -> Reading.is(
                        status.equals(process.components().get(component)),
                        process(process),
                        component + ": " + status));
    }

    /** What tells a process apart. */
    static Map<String, String> process(ProcessSample process) {
        return Map.of(
                "role", process.process().role(), "process", process.process().host());
    }

    /** By how much a counter grew within a span, by labels. */
    static Measure growth(
            String role, String metric, Predicate<Map<String, String>> labels, List<String> by, Duration span) {
        return samples -> isUp(samples, role) ? readings(samples.increase(role, metric, labels, by, span)) : null;
    }

    /** The newest value of a gauge that is the same in all processes, by labels. */
    static Measure gauge(String role, String metric, Predicate<Map<String, String>> labels, List<String> by) {
        return samples -> isUp(samples, role) ? readings(samples.greatest(role, metric, labels, by)) : null;
    }

    /** By how much a gauge rose within a span, by labels; for numbers that all processes read in the database. */
    static Measure rise(
            String role, String metric, Predicate<Map<String, String>> labels, List<String> by, Duration span) {
        return samples -> isUp(samples, role) ? readings(samples.rise(role, metric, labels, by, span)) : null;
    }

    /** What waits and has not become less within a span. */
    static Measure notFalling(String role, String figure, Duration span) {
        return samples ->
                isUp(samples, role) ? List.of(new Reading(Map.of(), samples.notFalling(role, figure, span), "")) : null;
    }

    static boolean isUp(Samples samples, String role) {
        Sample newest = samples.latest();
        return newest != null && newest.isUp(role);
    }

    private static List<Reading> readings(Map<Map<String, String>, Double> values) {
        return values.entrySet().stream()
                .map(each -> new Reading(each.getKey(), each.getValue(), ""))
                .toList();
    }

    /** A label has this value. */
    static Predicate<Map<String, String>> where(String label, String... values) {
        List<String> wanted = List.of(values);
        return labels -> wanted.contains(labels.getOrDefault(label, ""));
    }

    /** Any labels. */
    static Predicate<Map<String, String>> any() {
        return _ -> true;
    }
}
