package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random policies, with every kind of condition, over three calendars. */
final class RandomPolicies {

    private static final WorkingDay DAY =
            new WorkingDay(List.of(new WorkingDay.Hours(540, 780), new WorkingDay.Hours(840, 1080)));

    private static final Map<String, SlaCalendar> CALENDARS = Map.of(
            "moscow",
            hours("Europe/Moscow", Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)),
            "apia",
            hours("Pacific/Apia", Set.of(DayOfWeek.WEDNESDAY)),
            "always",
            new SlaCalendar.AroundTheClock());

    private static final List<ObjectKind> KINDS =
            List.of(ObjectKind.DEAL, RuleSets.PLAN, RuleSets.CONTRACT, RuleSets.CASE, RuleSets.DCM_INVOICE);

    private final Random random;

    private final RuleSet rules;

    private RandomPolicies(Random random, RuleSet rules) {
        this.random = random;
        this.rules = rules;
    }

    /** An evaluator of six random policies. */
    static SlaEvaluator evaluator(Random random, RuleSet rules) {
        RandomPolicies draw = new RandomPolicies(random, rules);
        List<SlaPolicy> policies = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            policies.add(draw.policy("p" + i));
        }
        return new SlaEvaluator(rules, new SlaPolicySet("random", 1, policies), CALENDARS);
    }

    private static SlaCalendar hours(String zone, Set<DayOfWeek> free) {
        Map<DayOfWeek, WorkingDay> week = new TreeMap<>();
        Stream.of(DayOfWeek.values()).filter(day -> !free.contains(day)).forEach(day -> week.put(day, DAY));
        return new SlaCalendar.WorkingHours(
                ZoneId.of(zone),
                new WorkingWeek(week),
                Collections.emptyNavigableMap(),
                Set.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private SlaPolicy policy(String name) {
        ObjectKind per = chance(50) ? null : one(List.of(RuleSets.CASE, RuleSets.CONTRACT));
        List<SlaPolicy.Segment> segments = new ArrayList<>();
        if (chance(50)) {
            segments.add(new SlaPolicy.Segment("gold", new SlaCondition.AttributeIs("tier", Set.of("gold")), target()));
        }
        if (chance(40)) {
            segments.add(new SlaPolicy.Segment("large", new SlaCondition.AttributeAtLeast("amount", 1), target()));
        }
        if (chance(20)) {
            Instant third = Instant.parse("2026-01-03T00:00:00Z");
            segments.add(new SlaPolicy.Segment("old", new SlaCondition.StartedBefore(third), target()));
        }
        return new SlaPolicy(
                name,
                null,
                per,
                new SlaPolicy.Cycle(
                        condition(per, 0),
                        chance(60) ? condition(per, 0) : null,
                        condition(per, 0),
                        chance(30) ? condition(per, 0) : null,
                        one(List.of(SlaPolicy.OnOutcome.values())),
                        one(List.of(
                                SlaPolicy.Reopen.NEW,
                                SlaPolicy.Reopen.NEW,
                                SlaPolicy.Reopen.CONTINUE,
                                SlaPolicy.Reopen.NEVER))),
                target(),
                Stream.of(1, 50, 80, 100, 150).filter(_ -> chance(40)).toList(),
                one(List.of(SlaPolicy.SegmentAt.values())),
                segments,
                false,
                SlaEscalation.NONE);
    }

    private SlaPolicy.Target target() {
        Duration amount = Duration.ofMinutes(one(List.of(0, 60, 450, 1_200, 5_400)));
        return new SlaPolicy.Target(amount, chance(25) ? null : one(List.of("moscow", "apia", "always")));
    }

    private SlaCondition condition(@Nullable ObjectKind per, int depth) {
        if (depth < 2 && chance(35)) {
            return switch (random.nextInt(3)) {
                case 0 -> new SlaCondition.Not(condition(per, 2));
                case 1 -> new SlaCondition.All(List.of(condition(per, depth + 1), condition(per, depth + 1)));
                default -> new SlaCondition.Any(List.of(condition(per, depth + 1), condition(per, depth + 1)));
            };
        }
        if (per != null && chance(50)) {
            return new SlaCondition.This(test(per));
        }
        ObjectKind kind = one(KINDS);
        List<String> stages = rules.stages().stream().map(Stage::name).toList();
        List<String> order = rules.statuses(kind).order();
        return switch (random.nextInt(9)) {
            case 0 -> new SlaCondition.StageReached(one(stages));
            case 1 -> new SlaCondition.StageIs(Set.of(one(stages), Stage.NONE));
            case 2 -> new SlaCondition.Holds(one(stages));
            case 3 -> new SlaCondition.OutcomeIs(Set.of(Outcome.LOST, Outcome.CANCELLED));
            case 4 -> new SlaCondition.Every(kind, order.getFirst(), order.getLast());
            case 5 -> new SlaCondition.Ever(test(ObjectKind.DEAL));
            case 6 -> new SlaCondition.AttributeIs(one(List.of("tier", "twin")), Set.of("gold", "3", "5", "7"));
            default -> new SlaCondition.Some(kind, test(kind));
        };
    }

    private StatusTest test(ObjectKind kind) {
        List<String> order = rules.statuses(kind).order();
        List<String> listed = Stream.of(
                        order, rules.statuses(kind).dead(), rules.statuses(kind).aside())
                .flatMap(each -> each.stream().sorted())
                .toList();
        return chance(50) ? new StatusTest.Reached(one(order)) : new StatusTest.Is(Set.of(one(listed)));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
