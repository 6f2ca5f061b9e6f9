package io.masterdeal.facts.sla;

import io.masterdeal.model.NameUuid;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.ClockStatus;
import io.masterdeal.model.sla.SlaEscalation;
import io.masterdeal.model.sla.SlaPolicy;
import io.masterdeal.model.sla.SlaReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the warnings and breaches of a deal that hold with those that stood before, and says what has to be told: what is new, what
 * was told and does not hold, and how the deal ended. For one evaluation of one deal.
 */
public final class StatementComparison {

    private static final UUID TASKS = NameUuid.of(NameUuid.URL_NAMESPACE, "urn:masterdeal:sla-task");

    private static final SlaChanges NOTHING =
            new SlaChanges(null, List.of(), List.of(), List.of(), List.of(), List.of());

    private final SlaTerms terms;

    private final Situation situation;

    private final SortedMap<Mark, Standing> before = new TreeMap<>();

    private final SortedMap<Mark, Standing> standing = new TreeMap<>();

    private final SortedMap<Mark, Holding> holding = new TreeMap<>();

    private final SortedMap<Mark, SlaStatement> statements = new TreeMap<>();

    private final Map<Mark, Long> retractedBy = new HashMap<>();

    /** What was told by another name before: it keeps its task, or has none if it had none. */
    private final Set<Mark> renamed = new HashSet<>();

    private final List<ClockStatus> cycles;

    private final @Nullable ClockStatus lastFromEndToEnd;

    private final List<SlaTasks.Task> open = new ArrayList<>();

    private final List<UUID> close = new ArrayList<>();

    /**
     * What is known of the deal.
     *
     * @param id of the deal
     * @param root its key
     * @param wasClosed whether it was in the final stage before
     * @param isClosed whether it is now
     * @param revision of the answer as it is now
     * @param first whether that is the first one, which is published as such and cannot say how the deal ended
     * @param replayed whether the deal was changed by replayed events alone
     * @param clocks as they were found the last time
     * @param now the instant of the evaluation
     */
    public record Situation(
            UUID id,
            ObjectKey root,
            boolean wasClosed,
            boolean isClosed,
            long revision,
            boolean first,
            boolean replayed,
            List<ClockStatus> clocks,
            Instant now) {}

    private record Holding(Instant at, ClockStatus cycle) {}

    private StatementComparison(SlaTerms terms, Situation situation, List<Standing> before, List<ClockStatus> cycles) {
        this.terms = terms;
        this.situation = situation;
        before.forEach(each -> this.before.put(each.mark(), each));
        standing.putAll(this.before);
        this.cycles = cycles;
        cycles.forEach(this::hold);
        this.lastFromEndToEnd = cycles.stream()
                .filter(ClockStatus::endToEnd)
                .max(Comparator.comparing(ClockStatus::startedAt))
                .orElse(null);
    }

    /**
     * Compares.
     *
     * @param before what stood
     * @param cycles that were evaluated
     * @param untouched whether the cycle of a mark had ended before what was evaluated begins, so that it is not among {@code cycles}
     */
    public static SlaChanges of(
            SlaTerms terms,
            Situation situation,
            List<Standing> before,
            List<ClockStatus> cycles,
            Predicate<Mark> untouched) {
        if (before.isEmpty() && !situation.isClosed() && cycles.stream().allMatch(StatementComparison::hasNoMark)) {
            return NOTHING; // So it is for most events.
        }
        return new StatementComparison(terms, situation, before, cycles).run(untouched);
    }

    private static boolean hasNoMark(ClockStatus cycle) {
        return cycle.warnings().isEmpty() && cycle.breachedAt() == null;
    }

    private void hold(ClockStatus cycle) {
        for (SlaReport.Warning warning : cycle.warnings()) {
            holding.put(mark(cycle, Mark.Kind.WARNED, warning.percent()), new Holding(warning.at(), cycle));
        }
        if (cycle.breachedAt() != null) {
            holding.put(mark(cycle, Mark.Kind.BREACHED, 100), new Holding(cycle.breachedAt(), cycle));
        }
    }

    private static Mark mark(ClockStatus cycle, Mark.Kind kind, int percent) {
        return new Mark(cycle.policy(), name(cycle.object()), cycle.startedAt(), kind, percent);
    }

    private static String name(@Nullable ObjectKey object) {
        return object == null ? "" : object.value();
    }

    private SlaChanges run(Predicate<Mark> untouched) {
        Mark toldEnd = endAsTold();
        Map<Mark, Standing> moved = takeBack(untouched);
        holding.forEach((mark, held) -> {
            if (!before.containsKey(mark)) {
                begin(mark, held, moved.get(mark));
            }
        });
        Mark end = end();
        standing.replaceAll((mark, each) -> each.isFinal() && !mark.equals(end) ? each.notTheEnd() : each);
        boolean closes = situation.isClosed() && !situation.wasClosed();
        boolean tellEnd = situation.isClosed() && (closes || !Objects.equals(end, toldEnd));
        SlaStatement ending = null;
        if (tellEnd && end != null) {
            SlaStatement statement = tell(end, true);
            if (closes && !situation.first()) {
                ending = statement;
                statements.remove(end);
            } else {
                statements.put(end, statement);
            }
        }
        boolean alsoClosed = tellEnd && end == null && (!closes || situation.first());
        return number(ending, end, alsoClosed);
    }

    /** The breach with which the end of the deal was told; null if it was told as closed, or not at all. */
    private @Nullable Mark endAsTold() {
        return before.values().stream()
                .filter(Standing::isFinal)
                .map(Standing::mark)
                .findFirst()
                .orElse(null);
    }

    /** The breach of the last cycle from end to end; null if the deal is not closed, or was in time. */
    private @Nullable Mark end() {
        if (!situation.isClosed() || lastFromEndToEnd == null || lastFromEndToEnd.breachedAt() == null) {
            return null;
        }
        return mark(lastFromEndToEnd, Mark.Kind.BREACHED, 100);
    }

    /**
     * Takes back what does not hold any more.
     *
     * @return where only the start of a cycle is another one, what was told of it by its new name: it is the same work, and keeps its
     *     task
     */
    private Map<Mark, Standing> takeBack(Predicate<Mark> untouched) {
        Map<Mark, Standing> moved = new HashMap<>();
        before.forEach((mark, each) -> {
            if (holding.containsKey(mark) || untouched.test(mark)) {
                return;
            }
            standing.remove(mark);
            if (!each.isTold()) {
                return;
            }
            statements.put(mark, new SlaStatement(SlaStatement.Type.RETRACTED, about(mark, each.at()), each.isFinal()));
            Mark other = holding.keySet().stream()
                    .filter(it -> !before.containsKey(it) && !moved.containsKey(it) && it.isOfSameClock(mark))
                    .findFirst()
                    .orElse(null);
            if (other != null) {
                moved.put(other, each);
            } else if (each.task() != null) {
                close.add(each.task());
            }
        });
        return moved;
    }

    private void begin(Mark mark, Holding held, @Nullable Standing moved) {
        String reason = moved == null ? reasonNotToTell(held) : null;
        UUID task = moved == null ? null : moved.task();
        if (moved != null) {
            renamed.add(mark);
        }
        standing.put(mark, new Standing(mark, held.at(), reason, false, 0, task));
        if (reason == null) {
            statements.put(mark, tell(mark, false));
        }
    }

    private @Nullable String reasonNotToTell(Holding held) {
        if (situation.replayed() && !wasComing(held.cycle())) {
            return Standing.REPLAYED;
        }
        return held.at().isBefore(situation.now().minus(terms.maxAge())) ? Standing.TOO_OLD : null;
    }

    /** Whether a cycle was open and had the same due instant before: then time alone has brought what is found, and no event. */
    private boolean wasComing(ClockStatus cycle) {
        Instant due = cycle.dueAt();
        return due != null
                && situation.clocks().stream()
                        .anyMatch(then -> then.isOpen()
                                && then.policy().equals(cycle.policy())
                                && Objects.equals(then.object(), cycle.object())
                                && then.startedAt().equals(cycle.startedAt())
                                && then.target() == cycle.target()
                                && Objects.equals(then.dueAt(), due));
    }

    private SlaStatement tell(Mark mark, boolean asEnd) {
        SlaStatement.Type type =
                mark.kind() == Mark.Kind.WARNED ? SlaStatement.Type.WARNED : SlaStatement.Type.BREACHED;
        Holding held = Objects.requireNonNull(holding.get(mark));
        return new SlaStatement(type, about(mark, held.at()), asEnd);
    }

    private SlaStatement.About about(Mark mark, Instant at) {
        SlaPolicy policy = terms.evaluator().policies().contains(mark.policy())
                ? terms.evaluator().policy(mark.policy())
                : null;
        ClockStatus cycle = cycle(mark);
        long target = policy == null ? 0 : policy.target().amount().toMillis();
        return new SlaStatement.About(
                mark,
                at,
                cycle == null ? null : cycle.dueAt(),
                cycle == null ? target : cycle.target(),
                policy == null ? formerDomain(mark.policy()) : policy.domain(),
                policy == null ? null : policy.title());
    }

    /** The cycle of a mark, which need not hold any more: as it is now, else as it was; null if it was over long ago. */
    private @Nullable ClockStatus cycle(Mark mark) {
        return Stream.concat(cycles.stream(), situation.clocks().stream())
                .filter(it -> it.policy().equals(mark.policy())
                        && mark.object().equals(name(it.object()))
                        && it.startedAt().equals(mark.startedAt()))
                .findFirst()
                .orElse(null);
    }

    /** Whose clocks those of a policy were that is not there any more. */
    private String formerDomain(String policy) {
        return situation.clocks().stream()
                .filter(then -> then.policy().equals(policy))
                .map(ClockStatus::domain)
                .findFirst()
                .orElse(SlaPolicy.OWN_DOMAIN);
    }

    /** Gives each statement its revision. */
    private SlaChanges number(@Nullable SlaStatement ending, @Nullable Mark end, boolean alsoClosed) {
        long revision = situation.revision();
        if (ending != null && end != null) {
            told(end, revision, true);
        }
        List<SlaStatement> inOrder = new ArrayList<>();
        for (Map.Entry<Mark, SlaStatement> each : statements.entrySet()) {
            revision++;
            SlaStatement statement = each.getValue();
            inOrder.add(statement);
            if (statement.type() == SlaStatement.Type.RETRACTED) {
                retractedBy.put(each.getKey(), revision);
            } else {
                told(each.getKey(), revision, statement.isFinal());
            }
        }
        if (alsoClosed) {
            inOrder.add(new SlaStatement(SlaStatement.Type.CLOSED, null, true));
        }
        return new SlaChanges(ending, inOrder, List.copyOf(standing.values()), rows(), open, close);
    }

    /**
     * A task is made when a mark is told first, unless it would not have been told but for the end of the deal, or was told by another
     * name before.
     */
    private void told(Mark mark, long revision, boolean asEnd) {
        Standing now = Objects.requireNonNull(standing.get(mark));
        UUID task = now.task();
        boolean isNew = !before.containsKey(mark) && !renamed.contains(mark) && now.isTold();
        SlaEscalation.Step step = isNew ? step(mark) : null;
        if (step != null) {
            Holding held = Objects.requireNonNull(holding.get(mark));
            task = NameUuid.of(TASKS, situation.id() + "/" + mark + "/" + revision);
            open.add(new SlaTasks.Task(
                    task,
                    situation.id(),
                    situation.root(),
                    mark.kind().text(),
                    mark.percent(),
                    mark.policy(),
                    held.cycle().object(),
                    held.cycle().domain(),
                    step.task(),
                    step.page(),
                    mark.startedAt(),
                    held.at(),
                    held.cycle().dueAt(),
                    revision));
        }
        standing.put(mark, new Standing(mark, now.at(), null, asEnd, revision, task));
    }

    private SlaEscalation.@Nullable Step step(Mark mark) {
        SlaEscalation escalation = terms.evaluator().policy(mark.policy()).escalation();
        return mark.kind() == Mark.Kind.BREACHED
                ? escalation.atBreach()
                : escalation.atWarnings().get(mark.percent());
    }

    private List<SlaChanges.Row> rows() {
        List<SlaChanges.Row> rows = new ArrayList<>();
        before.forEach((mark, each) -> {
            Standing now = standing.get(mark);
            if (!each.equals(now)) {
                rows.add(new SlaChanges.Row(mark, each, now, retractedBy.getOrDefault(mark, 0L)));
            }
        });
        standing.forEach((mark, each) -> {
            if (!before.containsKey(mark)) {
                rows.add(new SlaChanges.Row(mark, null, each, 0));
            }
        });
        return rows;
    }
}
