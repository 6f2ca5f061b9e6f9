package io.masterdeal.console.deal;

import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The history of a deal as a picture: a row for each stage with a bar for each stay in it, and below a lane for each domain with its facts
 * as dots. Lengths are in units of the picture. Bounded, however long the history is.
 *
 * @param height of the picture; its width is {@link #WIDTH}
 * @param rows the stages from first to last
 * @param bars the stays
 * @param lanes the domains that have facts
 * @param dots the facts; those that would lie on each other are one dot
 * @param ticks instants on the axis
 * @param markers now, and when the next clock is due
 * @param stretched whether short spans are drawn wider than their share of time
 * @param stepsLeftOut changes of stage that are not drawn
 * @param facts the facts that are drawn, in the order of time
 * @param factsLeftOut facts of the deal that are not drawn
 */
public record Timeline(
        int height,
        List<Row> rows,
        List<Bar> bars,
        List<Lane> lanes,
        List<Dot> dots,
        List<Tick> ticks,
        List<Marker> markers,
        boolean stretched,
        int stepsLeftOut,
        List<DealFact> facts,
        int factsLeftOut) {

    /** The width of the picture. */
    public static final int WIDTH = 1000;

    /** Where time begins; names are to the left. */
    public static final int LEFT = 170;

    /** Where time ends. */
    public static final int RIGHT = 985;

    private static final int TOP = 18;
    private static final int ROW = 24;
    private static final int LANE = 22;
    private static final int BETWEEN = 14;
    private static final int AXIS = 34;
    private static final int MOST_STEPS = 150;
    private static final int MOST_FACTS_AS_MARKS = 120;
    private static final double DOT = 9;
    private static final double TICKS_APART = 115;

    /** The room for what is due in the future: how far away it is would leave too little for what happened. */
    private static final int FUTURE = 140;

    /** The room after the last change of a deal that is over. */
    private static final int AFTER = 40;

    private static final double LEAST = 14;

    /** A stage. */
    public record Row(String stage, int y, boolean gap, boolean reached) {}

    /**
     * A stay in a stage.
     *
     * @param until when it ended; null if it lasts
     * @param backward whether the stage before was a later one
     * @param length how long it was, so far if it lasts; null if it lasts and the deal is over
     */
    public record Bar(
            String stage,
            double x,
            int y,
            double width,
            Instant from,
            @Nullable Instant until,
            boolean backward,
            @Nullable Duration length) {}

    /** A domain. */
    public record Lane(String domain, int y, int facts) {}

    /**
     * One fact or several at nearly one instant.
     *
     * @param first the first of them
     * @param last when the last of them happened
     * @param count how many
     * @param late how many of them are late
     * @param retracted how many of them were taken back
     */
    public record Dot(
            double x, int y, double radius, DealFact first, Instant last, int count, int late, int retracted) {
        /** Whether all of them are late. */
        public boolean isLate() {
            return late == count;
        }

        /** Whether all of them were taken back. */
        public boolean isRetracted() {
            return retracted == count;
        }
    }

    /** An instant on the axis. */
    public record Tick(double x, Instant at, String anchor) {}

    /** An instant of its own: {@code now}, {@code known}, {@code due}, {@code overdue}. */
    public record Marker(String kind, double x, Instant at, String anchor) {}

    /** The line below the lanes. */
    public int axisY() {
        return height - AXIS + 6;
    }

    /** The span of the axis. */
    public Duration span() {
        return ticks.isEmpty()
                ? Duration.ZERO
                : Duration.between(ticks.getFirst().at(), ticks.getLast().at());
    }

    /**
     * Draws a deal.
     *
     * @param head where it stands
     * @param stages of the rule set in order; may be empty if they are not known
     * @param facts in the order of time
     * @param factsTotal how many the deal has, drawn or not
     * @param end the instant up to which is told
     */
    static Timeline of(DealHead head, List<String> stages, List<DealFact> facts, int factsTotal, Instant end) {
        return new Drawing(head, facts, end).draw(stages, factsTotal);
    }

    private static final class Drawing {
        private final DealHead head;
        private final List<Step> steps;
        private final int left;
        private final List<DealFact> facts;
        private final Instant end;
        private final @Nullable CardClock due;
        private final TimelineScale scale;

        Drawing(DealHead head, List<DealFact> facts, Instant end) {
            this.head = head;
            this.facts = facts;
            List<Step> all = head.card().steps();
            this.left = Math.max(0, all.size() - MOST_STEPS);
            this.steps = left == 0 ? all : newest(all);
            this.due = head.nextDue();
            this.end = head.isOpen() ? end : last(steps, facts, end);
            this.scale = scale();
        }

        private static List<Step> newest(List<Step> all) {
            List<Step> kept = new ArrayList<>();
            kept.add(all.getFirst());
            kept.addAll(all.subList(all.size() - MOST_STEPS + 1, all.size()));
            return List.copyOf(kept);
        }

        /** Of a deal that is over, idle time after its last change is of no interest. */
        private static Instant last(List<Step> steps, List<DealFact> facts, Instant end) {
            Instant last = Instant.MIN;
            if (!steps.isEmpty()) {
                last = steps.getLast().at();
            }
            if (!facts.isEmpty() && facts.getLast().occurredAt().isAfter(last)) {
                last = facts.getLast().occurredAt();
            }
            return last.equals(Instant.MIN) || last.isAfter(end) ? end : last;
        }

        private TimelineScale scale() {
            TreeSet<Instant> marks = new TreeSet<>();
            steps.forEach(step -> marks.add(step.at()));
            if (facts.size() <= MOST_FACTS_AS_MARKS) {
                facts.forEach(fact -> marks.add(fact.occurredAt()));
            } else {
                marks.add(facts.getFirst().occurredAt());
                marks.add(facts.getLast().occurredAt());
            }
            marks.add(end);
            int free = !head.isOpen() ? AFTER : isDueLater() ? FUTURE : 0;
            return TimelineScale.of(marks, LEFT, RIGHT - LEFT - free, LEAST);
        }

        private @Nullable Instant dueAt() {
            return due == null || !head.isOpen() ? null : due.dueAt();
        }

        private boolean isDueLater() {
            Instant at = dueAt();
            return at != null && at.isAfter(end);
        }

        Timeline draw(List<String> stages, int factsTotal) {
            List<Row> rows = rows(stages);
            int lanesTop = TOP + rows.size() * ROW + (rows.isEmpty() ? 0 : BETWEEN);
            List<Lane> lanes = lanes(lanesTop);
            int height = lanesTop + lanes.size() * LANE + AXIS;
            return new Timeline(
                    height,
                    rows,
                    bars(rows),
                    lanes,
                    dots(lanes),
                    ticks(),
                    markers(),
                    scale.isStretched(),
                    left,
                    facts,
                    Math.max(0, factsTotal - facts.size()));
        }

        private List<Row> rows(List<String> stages) {
            TreeSet<String> reached = new TreeSet<>();
            steps.forEach(step -> reached.add(step.stage()));
            List<String> names = new ArrayList<>(stages);
            for (Step step : steps) {
                if (!names.contains(step.stage()) && !step.stage().equals("none")) {
                    names.add(step.stage());
                }
            }
            List<Row> rows = new ArrayList<>();
            for (String name : names) {
                boolean gap = head.card().gaps().contains(name);
                rows.add(new Row(name, TOP + rows.size() * ROW, gap, reached.contains(name)));
            }
            return rows;
        }

        private List<Bar> bars(List<Row> rows) {
            Map<String, Integer> heights = new TreeMap<>();
            rows.forEach(row -> heights.put(row.stage(), row.y()));
            List<Bar> bars = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                Integer y = heights.get(step.stage());
                if (y == null) {
                    continue; // Without a stage there is no row.
                }
                boolean lasts = i == steps.size() - 1;
                Instant until = lasts ? null : steps.get(i + 1).at();
                double x = scale.x(step.at());
                double to = until == null ? (head.isOpen() ? scale.x(end) : RIGHT) : scale.x(until);
                bars.add(new Bar(
                        step.stage(),
                        round(x),
                        y,
                        round(Math.max(3, to - x)),
                        step.at(),
                        until,
                        step.backward(),
                        length(step.at(), until)));
            }
            return bars;
        }

        private @Nullable Duration length(Instant from, @Nullable Instant until) {
            if (until == null && !head.isOpen()) {
                return null;
            }
            return Duration.between(from, until == null ? end : until);
        }

        private List<Lane> lanes(int top) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (DealFact fact : facts) {
                counts.merge(fact.domain(), 1, Integer::sum);
            }
            List<Lane> lanes = new ArrayList<>();
            counts.forEach((domain, count) -> lanes.add(new Lane(domain, top + lanes.size() * LANE, count)));
            return lanes;
        }

        private List<Dot> dots(List<Lane> lanes) {
            List<Dot> dots = new ArrayList<>();
            for (Lane lane : lanes) {
                Map<Long, List<DealFact>> places = new TreeMap<>();
                for (DealFact fact : facts) {
                    if (fact.domain().equals(lane.domain())) {
                        long place = Math.round(scale.x(fact.occurredAt()) / DOT);
                        places.computeIfAbsent(place, _ -> new ArrayList<>()).add(fact);
                    }
                }
                places.values().forEach(at -> dots.add(dot(at, lane.y() + LANE / 2)));
            }
            return dots;
        }

        private Dot dot(List<DealFact> at, int y) {
            double x = at.stream()
                    .mapToDouble(fact -> scale.x(fact.occurredAt()))
                    .average()
                    .orElse(LEFT);
            int late = (int) at.stream().filter(DealFact::late).count();
            int retracted = (int) at.stream().filter(DealFact::retracted).count();
            double radius = at.size() == 1 ? 4 : at.size() < 10 ? 5 : 6.5;
            return new Dot(round(x), y, radius, at.getFirst(), at.getLast().occurredAt(), at.size(), late, retracted);
        }

        private List<Tick> ticks() {
            TreeSet<Instant> wanted = new TreeSet<>();
            steps.forEach(step -> wanted.add(step.at()));
            if (!facts.isEmpty()) {
                wanted.add(facts.getFirst().occurredAt());
            }
            if (wanted.isEmpty()) {
                return List.of();
            }
            List<Tick> ticks = new ArrayList<>();
            Instant first = wanted.first();
            ticks.add(new Tick(round(scale.x(first)), first, "start"));
            double lastX = scale.x(end);
            double before = scale.x(first) + 40;
            for (Instant at : wanted) {
                double x = scale.x(at);
                if (x - before >= TICKS_APART && lastX - x >= TICKS_APART + 30) {
                    ticks.add(new Tick(round(x), at, "middle"));
                    before = x;
                }
            }
            if (lastX - before >= TICKS_APART) {
                ticks.add(new Tick(round(lastX), end, "end"));
            }
            return ticks;
        }

        private List<Marker> markers() {
            List<Marker> markers = new ArrayList<>();
            if (head.isOpen()) {
                markers.add(new Marker("now", round(scale.x(end)), end, "end"));
            }
            Instant at = dueAt();
            if (at != null && isDueLater()) {
                markers.add(new Marker("due", RIGHT, at, "end"));
            } else if (at != null) {
                double x = scale.x(at);
                boolean isNearEnd = x > RIGHT - FUTURE;
                markers.add(new Marker("overdue", round(x), at, isNearEnd ? "end" : "start"));
            }
            return markers;
        }

        private static double round(double length) {
            return Math.round(length * 10) / 10.0;
        }
    }
}
