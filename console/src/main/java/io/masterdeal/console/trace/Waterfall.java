package io.masterdeal.console.trace;

import io.masterdeal.console.messages.AttemptRow;
import io.masterdeal.console.messages.DeliveryRow;
import io.masterdeal.console.trace.TimeScale.Busy;
import io.masterdeal.console.trace.TimeScale.Fold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A trace as a picture: one row an event, and one below it for each of its deliveries.
 *
 * @param rows from top to bottom
 * @param folds idle times that are drawn short
 * @param height of the picture
 */
public record Waterfall(List<Row> rows, List<Fold> folds, int height) {

    /** The width of the picture, in its own units. */
    public static final int WIDTH = 1100;

    private static final double LEFT = 320;
    private static final double RIGHT = WIDTH - 20;
    private static final int ROW = 24;
    private static final int TOP = 44;
    private static final int MOST_LABEL = 42;

    /**
     * A row.
     *
     * @param y its middle
     * @param event whose row it is
     * @param label what is written in front
     * @param delivery whether it is about a delivery, not the event itself
     * @param from where its line begins
     * @param to where its line ends
     * @param marks instants without length
     * @param bars attempts
     */
    public record Row(
            int y,
            TraceEvent event,
            String label,
            boolean delivery,
            String from,
            String to,
            List<Mark> marks,
            List<Bar> bars) {}

    /**
     * An instant.
     *
     * @param kind occurred, taken_in, committed, published or read
     */
    public record Mark(String x, String kind, Instant at) {}

    /** An attempt. */
    public record Bar(String x, String width, AttemptRow attempt) {}

    static Waterfall of(List<TraceEvent> events) {
        List<Instant> instants = new ArrayList<>();
        List<Busy> busy = new ArrayList<>();
        for (TraceStep step : TraceStep.of(events)) {
            instants.add(step.at());
            AttemptRow attempt = step.attempt();
            if (attempt != null) {
                Instant end = step.at().plus(attempt.length());
                instants.add(end);
                busy.add(new Busy(step.at(), end));
            }
        }
        if (instants.isEmpty()) {
            return new Waterfall(List.of(), List.of(), TOP);
        }
        TimeScale scale = new TimeScale(instants, busy, LEFT, RIGHT - LEFT);
        List<Row> rows = new ArrayList<>();
        int y = TOP + ROW / 2;
        for (TraceEvent event : events) {
            rows.add(row(event, scale, y));
            y += ROW;
            for (DeliveryRow delivery : event.deliveries()) {
                if (delivery.state().equals("filtered")) {
                    continue; // Nothing was to be sent.
                }
                rows.add(row(event, delivery, scale, y));
                y += ROW;
            }
        }
        return new Waterfall(rows, scale.folds(), y);
    }

    private static Row row(TraceEvent event, TimeScale scale, int y) {
        List<Mark> marks = new ArrayList<>();
        for (TraceStep step : TraceStep.of(List.of(event))) {
            if (step.attempt() == null) {
                marks.add(new Mark(number(scale.x(step.at())), step.kind(), step.at()));
            }
        }
        String from = marks.isEmpty() ? number(LEFT) : marks.getFirst().x();
        String to = marks.isEmpty() ? number(LEFT) : marks.getLast().x();
        return new Row(y, event, cut(event.type()), false, from, to, marks, List.of());
    }

    private static Row row(TraceEvent event, DeliveryRow delivery, TimeScale scale, int y) {
        List<Bar> bars = new ArrayList<>();
        double from = event.readAt() == null ? LEFT : scale.x(event.readAt());
        double to = from;
        for (AttemptRow attempt : delivery.tries()) {
            double begin = scale.x(attempt.at());
            double end = scale.x(attempt.at().plus(attempt.length()));
            bars.add(new Bar(number(begin), number(Math.max(4, end - begin)), attempt));
            to = Math.max(to, end);
        }
        return new Row(
                y, event, cut("\u2192 " + delivery.subscription()), true, number(from), number(to), List.of(), bars);
    }

    private static String cut(String text) {
        return text.length() <= MOST_LABEL ? text : text.substring(0, MOST_LABEL - 1) + "\u2026";
    }

    /** A number of a picture, with one digit after the point. */
    public static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
