package io.masterdeal.console.deal;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Where instants are on a picture. Time runs evenly between two neighbouring marks. The distance between marks follows the time between
 * them, but is never less than a minimum: so what happens at nearly one instant can be told apart beside idle months.
 */
final class TimelineScale {

    /** The part of the width that minimum distances may take. */
    private static final double MOST_FOR_MINIMA = 0.75;

    private final long[] at;
    private final double[] x;
    private final boolean stretched;

    private TimelineScale(long[] at, double[] x, boolean stretched) {
        this.at = at;
        this.x = x;
        this.stretched = stretched;
    }

    /**
     * A scale.
     *
     * @param marks the instants between which time runs evenly; the first and the last are the ends
     * @param left of the picture
     * @param width of the picture
     * @param least distance between marks that is wanted; less if there are too many
     */
    static TimelineScale of(Collection<Instant> marks, double left, double width, double least) {
        long[] at = new TreeSet<>(marks)
                .stream().mapToLong(Instant::toEpochMilli).distinct().toArray();
        if (at.length == 0) {
            return new TimelineScale(new long[] {0}, new double[] {left}, false);
        }
        int gaps = at.length - 1;
        double minimum = gaps == 0 ? 0 : Math.min(least, width * MOST_FOR_MINIMA / gaps);
        double rest = width - minimum * gaps;
        double whole = at[gaps] - at[0];
        double[] x = new double[at.length];
        x[0] = left;
        boolean stretched = false;
        for (int i = 1; i < at.length; i++) {
            double share = (at[i] - at[i - 1]) / whole;
            double distance = minimum + rest * share;
            stretched |= distance > 3 + 2 * share * width;
            x[i] = x[i - 1] + distance;
        }
        return new TimelineScale(at, x, stretched);
    }

    /** Where an instant is; the nearer end for instants beyond the ends. */
    double x(Instant instant) {
        long millis = instant.toEpochMilli();
        int found = Arrays.binarySearch(at, millis);
        if (found >= 0) {
            return x[found];
        }
        int next = -found - 1;
        if (next == 0 || next == at.length) {
            return next == 0 ? x[0] : x[at.length - 1];
        }
        double share = (millis - at[next - 1]) / (double) (at[next] - at[next - 1]);
        return x[next - 1] + share * (x[next] - x[next - 1]);
    }

    /** Whether some distance is much more than its share of time. */
    boolean isStretched() {
        return stretched;
    }
}
