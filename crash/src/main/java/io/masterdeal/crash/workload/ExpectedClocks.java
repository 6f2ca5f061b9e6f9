package io.masterdeal.crash.workload;

import io.masterdeal.crash.history.ClockCheck;
import io.masterdeal.crash.history.ClockHistory;
import io.masterdeal.crash.history.ClockMark;
import io.masterdeal.crash.history.StoredMark;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.sla.ClockStatus;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the clocks of all deals must stand: computed here from the events alone, by the model's own definition. */
public final class ExpectedClocks {

    private static final Duration MAX_AGE = Duration.ofHours(24);

    private final Map<ClockMark, Instant> holding = new LinkedHashMap<>();

    private final Map<String, Set<String>> clocks = new HashMap<>();

    private ExpectedClocks() {}

    /**
     * What has to be so at an instant, beside what was stored.
     *
     * @param statements what was sent
     * @param evaluator has the policies of the platform
     * @param now no clock changes by itself soon after it
     * @param marks what was stored
     */
    public static ClockHistory of(
            Collection<Statement> statements, SlaEvaluator evaluator, Instant now, List<StoredMark> marks) {
        ExpectedClocks expected = new ExpectedClocks();
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        new FactSet()
                .addAll(statements)
                .deals()
                .forEach((root, facts) -> expected.add(root, evaluator.status(root, facts, at)));
        return new ClockHistory(marks, expected.holding, expected.clocks, at.minus(MAX_AGE));
    }

    private void add(ObjectKey root, SlaStatus status) {
        for (ClockStatus cycle : status.cycles()) {
            cycle.warnings()
                    .forEach(warning -> holding.put(mark(root, cycle, "warned", warning.percent()), warning.at()));
            if (cycle.breachedAt() != null) {
                holding.put(mark(root, cycle, "breached", 100), cycle.breachedAt());
            }
        }
        Set<String> lines = new HashSet<>();
        status.clocks()
                .forEach(clock -> lines.add(ClockCheck.clock(
                        clock.policy(),
                        text(clock.object()),
                        clock.cycle(),
                        clock.state().name().toLowerCase(Locale.ROOT),
                        clock.startedAt(),
                        clock.breachedAt())));
        clocks.put(root.value(), lines);
    }

    private static ClockMark mark(ObjectKey root, ClockStatus cycle, String kind, int percent) {
        return new ClockMark(root.value(), cycle.policy(), text(cycle.object()), cycle.startedAt(), kind, percent);
    }

    private static String text(@Nullable ObjectKey object) {
        return object == null ? "" : object.value();
    }
}
