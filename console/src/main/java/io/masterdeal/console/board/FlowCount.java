package io.masterdeal.console.board;

import io.masterdeal.console.board.Card.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts how deals went from stage to stage. Valid until the table changes. */
final class FlowCount {

    private final BoardTable table;
    private final Instant from;
    private final Map<Way, Times> times = new HashMap<>();

    FlowCount(BoardTable table, Instant from) {
        this.table = table;
        this.from = from;
    }

    private record Way(String from, String to, boolean backward) {}

    /** How long each deal took. */
    private static final class Times {
        private long[] millis = new long[16];
        private int size;

        void add(long time) {
            if (size == millis.length) {
                millis = Arrays.copyOf(millis, size * 2);
            }
            millis[size++] = time;
        }
    }

    List<Flow> count(RowFilter filter) {
        long first = Millis.from(from);
        for (int row = 0; row < table.size(); row++) {
            // A deal whose last change was before has none that counts. Most are such, so their timelines are not read.
            long since = table.since(row);
            if (since >= first && since != Millis.NONE && filter.matches(row)) {
                add(table.steps(row));
            }
        }
        List<Flow> flows = new ArrayList<>();
        times.forEach((way, took) -> flows.add(new Flow(
                way.from(),
                way.to(),
                way.backward(),
                took.size,
                Duration.ofMillis(Ranking.at(took.millis, 0, took.size, (took.size - 1) / 2)))));
        flows.sort(Comparator.comparing(Flow::from).thenComparing(Flow::to).thenComparing(Flow::backward));
        return flows;
    }

    private void add(List<Step> steps) {
        for (int i = 1; i < steps.size(); i++) {
            Step before = steps.get(i - 1);
            Step step = steps.get(i);
            if (!step.at().isBefore(from)) {
                times.computeIfAbsent(new Way(before.stage(), step.stage(), step.backward()), _ -> new Times())
                        .add(step.at().toEpochMilli() - before.at().toEpochMilli());
            }
        }
    }
}
