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
import java.util.stream.Stream;

/** Reports the clocks of deals under one rule set, one set of policies and their calendars. Safe for many threads. */
public final class SlaEvaluator {

    private final RuleSet rules;

    private final SlaPolicySet policies;

    private final WorkingTimes times;

    private final Set<String> attributesRead;

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
    }

    /** What reports are said to be made with: {@code default@1}. */
    public String label() {
        return policies.label();
    }

    /** The names of the policies, in the order of reports. */
    public List<String> policies() {
        return policies.policies().stream().map(SlaPolicy::name).toList();
    }

    /** The names of the root's attributes that a policy reads. */
    public Set<String> attributesRead() {
        return attributesRead;
    }

    /**
     * The clocks of one deal.
     *
     * @param root the key of the deal
     * @param facts those of all its objects, each once, in any order, without the retracted; later ones than {@code now} too
     * @param now up to when facts count; whole milliseconds
     */
    public SlaReport report(ObjectKey root, Collection<Fact> facts, Instant now) {
        SlaFold clocks = new SlaFold(root, policies.policies(), attributesRead);
        Deal deal = DealFold.upTo(root, rules, facts, now, clocks).brief();
        PriorityQueue<Long> ahead = new PriorityQueue<>();
        facts.stream().map(Fact::occurredAt).filter(at -> at.isAfter(now)).forEach(at -> ahead.add(at.toEpochMilli()));
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
        return new SlaReport(
                root,
                deal.stage(),
                deal.outcome(),
                reports,
                ahead.isEmpty() ? null : Instant.ofEpochMilli(ahead.element()));
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
