package io.masterdeal.console.overview;

import io.masterdeal.console.board.DayTrend;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The trend as lines and bars in a box of {@link #WIDTH} by {@link #HEIGHT}.
 *
 * @param days from the first to the last
 * @param top the greatest number of the chart, at least 1
 * @param entered points of the line of deals that entered, for {@code polyline}
 * @param closed points of the line of deals that were closed
 * @param bars of clocks that were breached, only days with some
 */
public record TrendChart(List<DayTrend> days, int top, String entered, String closed, List<Bar> bars) {
    /** Width of the box. */
    public static final int WIDTH = 1000;
    /** Height of the box. */
    public static final int HEIGHT = 200;

    /**
     * A bar.
     *
     * @param x of its left edge
     * @param y of its upper edge
     * @param width of it
     * @param height of it
     */
    public record Bar(int x, int y, int width, int height) {}

    static TrendChart of(List<DayTrend> days) {
        int top = 1;
        for (DayTrend day : days) {
            top = Math.max(top, Math.max(day.entered(), Math.max(day.closed(), day.breached())));
        }
        int step = WIDTH / Math.max(1, days.size());
        int greatest = top;
        List<Bar> bars = IntStream.range(0, days.size())
                .filter(i -> days.get(i).breached() > 0)
                .mapToObj(i -> {
                    int height = Math.max(2, days.get(i).breached() * HEIGHT / greatest);
                    int width = Math.max(2, step / 2);
                    return new Bar(x(i, days.size()) - width / 2, HEIGHT - height, width, height);
                })
                .toList();
        return new TrendChart(days, top, line(days, top, DayTrend::entered), line(days, top, DayTrend::closed), bars);
    }

    /** The middle of a day. */
    private static int x(int day, int days) {
        return (2 * day + 1) * WIDTH / (2 * Math.max(1, days));
    }

    private static String line(List<DayTrend> days, int top, ToIntFunction<DayTrend> number) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < days.size(); i++) {
            int y = HEIGHT - number.applyAsInt(days.get(i)) * HEIGHT / top;
            points.append(i == 0 ? "" : " ")
                    .append(x(i, days.size()))
                    .append(',')
                    .append(y);
        }
        return points.toString();
    }

    private int sum(ToIntFunction<DayTrend> number) {
        return days.stream().mapToInt(number).sum();
    }

    /** Deals that entered, over all days. */
    public int enteredSum() {
        return sum(DayTrend::entered);
    }

    /** Deals that were closed, over all days. */
    public int closedSum() {
        return sum(DayTrend::closed);
    }

    /** Clocks that were breached, over all days. */
    public int breachedSum() {
        return sum(DayTrend::breached);
    }
}
