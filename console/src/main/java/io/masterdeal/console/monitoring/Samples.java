package io.masterdeal.console.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The samples of the last hour, in memory. Thread-safe. */
public final class Samples {
    /** How long samples are kept. */
    public static final Duration KEPT = Duration.ofHours(1);

    private static final int MOST = 1_000;

    private final Deque<Sample> past = new ArrayDeque<>();

    /** A series of one process. */
    private record Key(ProcessAddress process, Metric metric) {}

    /** Adds the newest. */
    public synchronized void add(Sample sample) {
        Sample before = past.pollLast();
        if (before != null) {
            past.addLast(before.forHistory());
        }
        past.addLast(sample);
        Instant oldest = sample.at().minus(KEPT);
        while (past.size() > MOST || past.getFirst().at().isBefore(oldest)) {
            past.removeFirst();
        }
    }

    /** The newest; null before the first. */
    public synchronized @Nullable Sample latest() {
        return past.peekLast();
    }

    /** All that are kept, from the oldest to the newest. */
    public synchronized List<Sample> all() {
        return List.copyOf(past);
    }

    /** Those of a span of time up to the newest, and the last one before it. */
    private List<Sample> within(Duration span) {
        List<Sample> all = all();
        if (all.isEmpty()) {
            return all;
        }
        Instant from = all.getLast().at().minus(span);
        int first = 0;
        while (first + 1 < all.size() && !all.get(first + 1).at().isAfter(from)) {
            first++;
        }
        return all.subList(first, all.size());
    }

    /**
     * By how much counters grew, over all processes of a role. A process that was started anew counts from 0; what a process had counted
     * when it was first seen does not count.
     *
     * @param by the labels by which to sum up
     * @return by the values of these labels; without those that did not grow
     */
    public Map<Map<String, String>, Double> increase(
            String role, String name, Predicate<Map<String, String>> labels, List<String> by, Duration span) {
        Map<Key, Double> last = new HashMap<>();
        Map<ProcessAddress, Boolean> known = new HashMap<>();
        Map<Map<String, String>, Double> sums = new HashMap<>();
        // All that is kept, because a process may have been away at the beginning of the span.
        List<Sample> all = all();
        List<Sample> spanned = within(span);
        Instant from = spanned.isEmpty() ? Instant.MAX : spanned.getFirst().at();
        for (Sample sample : all) {
            for (ProcessSample process : sample.of(role)) {
                if (process.metrics().isEmpty()) {
                    continue;
                }
                boolean first = known.put(process.process(), true) == null;
                process.metrics().forEach((metric, value) -> {
                    if (metric.name().equals(name) && labels.test(metric.labels())) {
                        Double before = last.put(new Key(process.process(), metric), value);
                        double step = before == null || value < before ? value : value - before;
                        if (!first && step > 0 && sample.at().isAfter(from)) {
                            sums.merge(metric.only(by), step, Double::sum);
                        }
                    }
                });
            }
        }
        return sums;
    }

    /** The newest values of what is the same in all processes of a role: the greatest of them. */
    public Map<Map<String, String>, Double> greatest(
            String role, String name, Predicate<Map<String, String>> labels, List<String> by) {
        Sample newest = latest();
        return newest == null ? Map.of() : greatest(newest, role, name, labels, by);
    }

    private static Map<Map<String, String>, Double> greatest(
            Sample sample, String role, String name, Predicate<Map<String, String>> labels, List<String> by) {
        Map<Map<String, String>, Double> values = new HashMap<>();
        for (ProcessSample process : sample.of(role)) {
            sums(process, name, labels, by).forEach((key, value) -> values.merge(key, value, Math::max));
        }
        return values;
    }

    /**
     * By how much values rose that are the same in all processes of a role, such as numbers of rows: newest less oldest of a span.
     *
     * @return by the values of the labels; without those that did not rise, and empty if the span has one sample only
     */
    public Map<Map<String, String>, Double> rise(
            String role, String name, Predicate<Map<String, String>> labels, List<String> by, Duration span) {
        Map<Map<String, String>, Double> first = new HashMap<>();
        Map<Map<String, String>, Double> rises = new HashMap<>();
        boolean known = false;
        for (Sample sample : within(span)) {
            Map<Map<String, String>, Double> values = greatest(sample, role, name, labels, by);
            if (!sample.isUp(role)) {
                continue;
            }
            if (!known) {
                first.putAll(values);
                known = true;
            }
            rises.clear();
            values.forEach((key, value) -> {
                double risen = value - first.getOrDefault(key, 0.0);
                if (risen > 0) {
                    rises.put(key, risen);
                }
            });
        }
        return rises;
    }

    private static Map<Map<String, String>, Double> sums(
            ProcessSample process, String name, Predicate<Map<String, String>> labels, List<String> by) {
        Map<Map<String, String>, Double> values = new HashMap<>();
        process.metrics().forEach((metric, value) -> {
            if (metric.name().equals(name) && labels.test(metric.labels())) {
                values.merge(metric.only(by), value, Double::sum);
            }
        });
        return values;
    }

    /** A figure without labels in each sample of a span where some process of the role told it, from the oldest to the newest. */
    public Map<Instant, Double> history(String role, String name, Duration span) {
        Map<Instant, Double> values = new TreeMap<>();
        for (Sample sample : within(span)) {
            List<Double> told = new ArrayList<>();
            for (ProcessSample process : sample.of(role)) {
                Double value = process.metrics().get(Metric.of(name));
                if (value != null) {
                    told.add(value);
                }
            }
            told.stream().max(Double::compare).ifPresent(value -> values.put(sample.at(), value));
        }
        return values;
    }

    /**
     * What is waiting and does not become less.
     *
     * @return the newest value; 0 if it became less within the span, or if the samples do not reach back over the whole span
     */
    public double notFalling(String role, String name, Duration span) {
        Map<Instant, Double> values = history(role, name, span);
        Sample newest = latest();
        if (newest == null || values.size() < 2) {
            return 0;
        }
        Instant first = values.keySet().iterator().next();
        double before = 0;
        for (Map.Entry<Instant, Double> each : values.entrySet()) {
            if (each.getValue() == 0 || each.getValue() < before) {
                return 0;
            }
            before = each.getValue();
        }
        return first.isAfter(newest.at().minus(span)) ? 0 : before;
    }
}
