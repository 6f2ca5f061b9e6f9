package io.masterdeal.console.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where instants are on a picture. Idle time that would leave no room for the rest is folded: drawn with a fixed width, however long it is.
 * All else is drawn in proportion.
 */
public final class TimeScale {

    /** Shorter gaps are never folded. */
    private static final Duration SHORTEST_FOLD = Duration.ofSeconds(1);

    private static final double FOLD_WIDTH = 64;

    private final NavigableMap<Instant, Double> places = new TreeMap<>();
    private final List<Fold> folds = new ArrayList<>();

    /**
     * A gap that is drawn short.
     *
     * @param x where it begins
     * @param width of the drawing
     * @param length of the time
     */
    public record Fold(double x, double width, Duration length) {}

    /**
     * A time in which something was going on, so that it is not folded.
     *
     * @param from UTC
     * @param to UTC
     */
    record Busy(Instant from, Instant to) {}

    /**
     * @param instants all that are to be placed
     * @param busy times that are not folded; their ends have to be among the instants
     * @param left where the first instant is
     * @param width from the first instant to the last
     */
    TimeScale(Collection<Instant> instants, List<Busy> busy, double left, double width) {
        List<Instant> sorted = List.copyOf(new TreeSet<>(instants));
        List<Gap> gaps = new ArrayList<>();
        for (int i = 1; i < sorted.size(); i++) {
            Instant from = sorted.get(i - 1);
            Instant to = sorted.get(i);
            boolean idle = busy.stream()
                    .noneMatch(it -> it.from().isBefore(to) && it.to().isAfter(from));
            gaps.add(new Gap(Duration.between(from, to), idle));
        }
        fold(gaps);
        place(sorted, gaps, left, width);
    }

    private static final class Gap {
        private final Duration length;
        private final boolean idle;
        private boolean folded;

        Gap(Duration length, boolean idle) {
            this.length = length;
            this.idle = idle;
        }

        private double seconds() {
            return length.toNanos() / 1e9;
        }
    }

    /** Folds the longest idle gap as long as it takes more than half of what is not folded. */
    private static void fold(List<Gap> gaps) {
        List<Gap> idle = gaps.stream()
                .filter(gap -> gap.idle && gap.length.compareTo(SHORTEST_FOLD) >= 0)
                .sorted((one, other) -> other.length.compareTo(one.length))
                .toList();
        double open = gaps.stream().mapToDouble(Gap::seconds).sum();
        for (Gap gap : idle) {
            if (gap.seconds() <= open / 2) {
                return;
            }
            gap.folded = true;
            open -= gap.seconds();
        }
    }

    private void place(List<Instant> sorted, List<Gap> gaps, double left, double width) {
        long folded = gaps.stream().filter(gap -> gap.folded).count();
        boolean open = gaps.stream().anyMatch(gap -> !gap.folded);
        double foldWidth = folded == 0 ? 0 : Math.min(FOLD_WIDTH, (open ? width * 0.6 : width) / folded);
        double seconds = gaps.stream()
                .filter(gap -> !gap.folded)
                .mapToDouble(Gap::seconds)
                .sum();
        double scale = seconds == 0 ? 0 : (width - foldWidth * folded) / seconds;
        double x = left;
        for (int i = 0; i < sorted.size(); i++) {
            if (i > 0) {
                Gap gap = gaps.get(i - 1);
                double drawn = gap.folded ? foldWidth : gap.seconds() * scale;
                if (gap.folded) {
                    folds.add(new Fold(x, drawn, gap.length));
                }
                x += drawn;
            }
            places.put(sorted.get(i), x);
        }
    }

    /** Where an instant is: that of the last one at or before it. */
    double x(Instant instant) {
        var place = places.floorEntry(instant);
        return place == null ? places.firstEntry().getValue() : place.getValue();
    }

    /** The gaps that are drawn short, from left to right. */
    List<Fold> folds() {
        return List.copyOf(folds);
    }
}
