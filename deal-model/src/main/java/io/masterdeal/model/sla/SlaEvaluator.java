package io.masterdeal.model.sla;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.rules.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reports the clocks of deals under one rule set, one set of policies and their calendars. Safe for many threads. */
public final class SlaEvaluator {

    private final RuleSet rules;

    private final SlaPolicySet policies;

    private final WorkingTimes times;

    private final Set<String> attributesRead;

    private final Set<String> attributesKept;

    private final UUID meaning;

    /**
     * Checks the policies against the rule set and the calendars.
     *
     * @param rules gives stages and outcomes
     * @param policies the clocks
     * @param calendars by the name under which policies know them
     * @throws SlaPolicyException if a policy names what there is not
     */
    public SlaEvaluator(RuleSet rules, SlaPolicySet policies, Map<String, SlaCalendar> calendars) {
        new SlaPolicyCheck(rules, calendars.keySet()).run(policies);
        this.rules = rules;
        this.policies = policies;
        this.times = new WorkingTimes(calendars);
        this.attributesRead = attributesRead(policies);
        Set<String> kept = new HashSet<>(attributesRead);
        kept.add(SlaFold.CLIENT);
        this.attributesKept = Set.copyOf(kept);
        this.meaning = SlaMeaning.of(policies, calendars);
    }

    /** What reports are said to be made with: {@code default@1}. */
    public String label() {
        return policies.label();
    }

    /** The names of the policies, in the order of reports. */
    public List<String> policies() {
        return policies.policies().stream().map(SlaPolicy::name).toList();
    }

    /**
     * One of the policies.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public SlaPolicy policy(String name) {
        for (SlaPolicy policy : policies.policies()) {
            if (policy.name().equals(name)) {
                return policy;
            }
        }
        throw new IllegalArgumentException(label() + " has no policy '" + name + "'");
    }

    /**
     * Equal for two evaluators whose policies, in their order, and the calendars that these use mean the same. Titles, calendars that
     * no policy uses, and how the files are written do not matter, and neither does the rule set.
     */
    public UUID meaning() {
        return meaning;
    }

    /** The names of the root's attributes that a policy reads. */
    public Set<String> attributesRead() {
        return attributesRead;
    }

    /** The names of the root's attributes that a {@link SlaFold} has to be given: those that a policy reads, and {@code client}. */
    public Set<String> attributesKept() {
        return attributesKept;
    }

    /**
     * Clocks of a deal of which no fact is folded yet.
     *
     * @param root the key of the deal
     * @return the listener for a fold of all facts of the deal
     */
    public SlaFold begin(ObjectKey root) {
        return new SlaFold(root, this, policies.policies());
    }

    /**
     * Clocks of a deal that go on from what was kept of them.
     *
     * @param root the key of the deal
     * @param kept what an evaluator of the same {@link #meaning} kept
     * @param keptAt the instant up to which all facts were folded into it
     * @return the listener for a fold of the facts after that instant; null if what was kept does not fit the policies
     */
    public @Nullable SlaFold resume(ObjectKey root, KeptClocks kept, Instant keptAt) {
        SlaFold fold = begin(root);
        return fold.restore(kept, keptAt) ? fold : null;
    }

    /**
     * How the clocks of one deal stand.
     *
     * @param fold all whose facts occurred up to {@code now}
     * @param now whole milliseconds
     */
    public SlaStatus status(SlaFold fold, Instant now) {
        return status(fold, now, new PriorityQueue<>());
    }

    /**
     * The same from all facts of a deal, of which some may lie after {@code now}.
     *
     * @param root the key of the deal
     * @param facts those of all its objects, each once, in any order, without the retracted
     * @param now up to when facts count; whole milliseconds
     */
    public SlaStatus status(ObjectKey root, Collection<Fact> facts, Instant now) {
        SlaFold fold = begin(root);
        DealFold.upTo(root, rules, facts, now, fold);
        return status(fold, now, after(now, facts));
    }

    private SlaStatus status(SlaFold fold, Instant now, PriorityQueue<Long> ahead) {
        List<ClockStatus> cycles = new ArrayList<>();
        for (Clock clock : fold.clocks()) {
            for (int i = 0; i < clock.cycles().size(); i++) {
                CycleRun cycle = clock.cycles().get(i);
                cycles.add(new CycleArithmetic(clock.policy, cycle, now.toEpochMilli(), times)
                        .status(clock.object, clock.number(i), ahead));
            }
        }
        return new SlaStatus(cycles, first(ahead), fold.client());
    }

    /** The instants of the facts after now. */
    private static PriorityQueue<Long> after(Instant now, Collection<Fact> facts) {
        PriorityQueue<Long> ahead = new PriorityQueue<>();
        facts.stream().map(Fact::occurredAt).filter(at -> at.isAfter(now)).forEach(at -> ahead.add(at.toEpochMilli()));
        return ahead;
    }

    private static @Nullable Instant first(PriorityQueue<Long> ahead) {
        return ahead.isEmpty() ? null : Instant.ofEpochMilli(ahead.element());
    }

    /**
     * The clocks of one deal.
     *
     * @param root the key of the deal
     * @param facts those of all its objects, each once, in any order, without the retracted; later ones than {@code now} too
     * @param now up to when facts count; whole milliseconds
     */
    public SlaReport report(ObjectKey root, Collection<Fact> facts, Instant now) {
        SlaFold clocks = begin(root);
        Deal deal = DealFold.upTo(root, rules, facts, now, clocks).brief();
        PriorityQueue<Long> ahead = after(now, facts);
        List<SlaReport.Clock> reports = new ArrayList<>();
        for (Clock clock : clocks.clocks()) {
            List<SlaReport.Cycle> cycles = clock.cycles().stream()
                    .map(cycle -> new CycleArithmetic(clock.policy, cycle, now.toEpochMilli(), times)
                            .report(deal.timeline(), ahead))
                    .toList();
            reports.add(new SlaReport.Clock(
                    clock.policy.name(),
                    clock.object,
                    clock.policy.endToEnd(),
                    cycles.isEmpty() ? SlaState.NOT_STARTED : cycles.getLast().state(),
                    cycles));
        }
        return new SlaReport(root, deal.stage(), deal.outcome(), reports, first(ahead));
    }

    private static Set<String> attributesRead(SlaPolicySet policies) {
        Set<String> names = new HashSet<>();
        for (SlaPolicy policy : policies.policies()) {
            SlaPolicy.Cycle when = policy.when();
            Stream.concat(
                            Stream.of(when.start(), when.pause(), when.stop(), when.cancel()),
                            policy.segments().stream().map(SlaPolicy.Segment::when))
                    .filter(Objects::nonNull)
                    .forEach(condition -> addNames(condition, names));
        }
        return Set.copyOf(names);
    }

    private static void addNames(SlaCondition condition, Set<String> names) {
        switch (condition) {
            case SlaCondition.All all -> all.of().forEach(part -> addNames(part, names));
            case SlaCondition.Any any -> any.of().forEach(part -> addNames(part, names));
            case SlaCondition.Not not -> addNames(not.condition(), names);
            case SlaCondition.AttributeIs is -> names.add(is.name());
            case SlaCondition.AttributeAtLeast least -> names.add(least.name());
            default -> {}
        }
    }
}
