package io.masterdeal.model.sla;

import static io.masterdeal.model.proof.Told.answer;
import static io.masterdeal.model.proof.Told.factsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealLinks;
import io.masterdeal.model.deal.KeptDeal;
import io.masterdeal.model.proof.RandomHistory;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.proof.Run;
import io.masterdeal.model.rules.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clocks that go on from what was kept of them stand as those of a fold of all facts do, in any order of arrival. */
class KeptClocksTest {

    private static final List<Duration> LATER =
            List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofHours(7), Duration.ofDays(3), Duration.ofDays(60));

    /** How often facts were folded in which way. */
    private final Map<KeptDeal.How, Integer> ways = new EnumMap<>(KeptDeal.How.class);

    /** How many cycles were not in the scope of a fold, and how many were. */
    private int settled;

    private int inScope;

    /** How often the kept clocks did not suffice. */
    private int undecided;

    /** What names a cycle. */
    private record Name(String policy, @Nullable ObjectKey object, Instant startedAt) {

        static Name of(ClockStatus cycle) {
            return new Name(cycle.policy(), cycle.object(), cycle.startedAt());
        }
    }

    @Test
    void clocks_of_long_deals_stand_as_those_of_a_fold_of_all_facts() {
        for (int seed = 1; seed <= Run.seeds(400, 20_000); seed++) {
            Random random = new Random(seed);
            RuleSet rules = RuleSets.ALL.get(seed % 3);
            SlaEvaluator evaluator = RandomPolicies.evaluator(random, rules);
            List<Fact> arrival = RandomDeal.arrival(random).stream().distinct().toList();
            run(RandomDeal.ROOT, rules, evaluator, arrival, random, "seed " + seed);
        }
        assertThat(ways.getOrDefault(KeptDeal.How.APPENDED, 0)).as("appended").isGreaterThan(2_000);
        assertThat(ways.getOrDefault(KeptDeal.How.WITH_LATEST, 0))
                .as("with the latest")
                .isGreaterThan(500);
        assertThat(inScope).as("cycles in scope").isGreaterThan(5_000);
        assertThat(settled).as("settled cycles").isGreaterThan(500);
        assertThat(undecided).as("facts of one version").isGreaterThan(20);
    }

    @Test
    void clocks_of_irregular_deals_stand_as_those_of_a_fold_of_all_facts() {
        for (int seed = 1; seed <= Run.seeds(300, 20_000); seed++) {
            Random random = new Random(seed);
            RuleSet rules = RuleSets.ALL.get(seed % 3);
            SlaEvaluator evaluator = RandomPolicies.evaluator(random, rules);
            List<Statement> history = RandomHistory.of(seed, seed % 2 == 0);
            String what = "seed " + seed;
            answer(rules, history).deals().forEach((root, deal) -> {
                List<Fact> arrival = new ArrayList<>(factsOf(deal, history));
                Collections.shuffle(arrival, random);
                run(root, rules, evaluator, arrival, random, what);
            });
        }
        assertThat(ways.getOrDefault(KeptDeal.How.WITH_LATEST, 0))
                .as("with the latest")
                .isGreaterThan(100);
    }

    private void run(
            ObjectKey root, RuleSet rules, SlaEvaluator evaluator, List<Fact> arrival, Random random, String what) {
        KeptDeal deal = new KeptDeal(root, rules, evaluator, 1 + random.nextInt(6));
        Map<Name, ClockStatus> known = new HashMap<>();
        for (int i = 0; i < arrival.size(); ) {
            // when
            int next = Math.min(arrival.size(), i + (random.nextInt(4) == 0 ? 2 : 1));
            SlaFold fold = deal.add(arrival.subList(i, next));
            i = next;
            ways.merge(deal.how(), 1, Integer::sum);
            undecided += deal.isUndecided() ? 1 : 0;

            // then
            SlaFold all = evaluator.begin(root);
            Instant newest = DealFold.of(root, rules, deal.facts(), new DealLinks(), null, all)
                    .state()
                    .lastInstant();
            String when = what + ", fact " + i + ", " + deal.how();
            if (!fold.kept().equals(all.kept())) {
                assertThat(fold.kept()).as(when).isEqualTo(all.kept());
            }
            Instant now = newest == null ? Instant.EPOCH : newest.plus(LATER.get(random.nextInt(LATER.size())));
            assertStandsAs(evaluator.status(all, now), evaluator.status(fold, now), fold, known, when);
            deal.keptAt()
                    .forEach((at, kept) -> assertThat(kept)
                            .as("%s, at %s", when, at)
                            .isEqualTo(keptUpTo(at, root, rules, evaluator, deal.facts())));
        }
    }

    /**
     * A resumed fold says of the cycles in its scope, and of the deal, what a fold of all facts says.
     *
     * @param known the cycles as they stood before; is set to how they stand now
     */
    private void assertStandsAs(
            SlaStatus expected, SlaStatus actual, SlaFold fold, Map<Name, ClockStatus> known, String what) {
        Map<Name, ClockStatus> before = Map.copyOf(known);
        known.clear();
        List<ClockStatus> expectedInScope = new ArrayList<>();
        for (ClockStatus cycle : expected.cycles()) {
            Name name = Name.of(cycle);
            if (fold.isSettled(name.policy, name.object, name.startedAt)) {
                settled++;
                assertThat(before.get(name)).as("%s, settled", what).isEqualTo(cycle);
            } else {
                inScope++;
                expectedInScope.add(cycle);
            }
            known.put(name, cycle);
        }
        assertThat(actual.cycles()).as(what).isEqualTo(expectedInScope);
        assertThat(actual.clocks()).as(what).isEqualTo(expected.clocks());
        assertThat(actual.nextAt()).as(what).isEqualTo(expected.nextAt());
        assertThat(actual.client()).as(what).isEqualTo(expected.client());
    }

    private static KeptClocks keptUpTo(
            Instant at, ObjectKey root, RuleSet rules, SlaEvaluator evaluator, List<Fact> facts) {
        SlaFold fold = evaluator.begin(root);
        DealFold.upTo(root, rules, facts, at, fold);
        return fold.kept();
    }

    @Test
    void the_short_status_says_what_the_report_says() {
        int open = 0;
        int ended = 0;
        for (int seed = 1; seed <= Run.seeds(300, 10_000); seed++) {
            // given
            Random random = new Random(seed);
            RuleSet rules = RuleSets.ALL.get(seed % 3);
            SlaEvaluator evaluator = RandomPolicies.evaluator(random, rules);
            List<Fact> facts = RandomDeal.arrival(random).stream().distinct().toList();
            Instant now = Instant.parse("2026-01-02T00:00:00Z").plus(Duration.ofHours(random.nextInt(300)));

            // when
            SlaStatus status = evaluator.status(RandomDeal.ROOT, facts, now);

            // then
            SlaReport report = evaluator.report(RandomDeal.ROOT, facts, now);
            List<ClockStatus> reported = new ArrayList<>();
            List<ClockStatus> last = new ArrayList<>();
            for (SlaReport.Clock clock : report.clocks()) {
                List<ClockStatus> cycles = shortened(clock, evaluator);
                reported.addAll(cycles);
                if (!cycles.isEmpty()) {
                    last.add(cycles.getLast());
                    assertThat(clock.state()).isEqualTo(cycles.getLast().state());
                }
            }
            assertThat(status.cycles()).as("seed %d", seed).isEqualTo(reported);
            assertThat(status.clocks()).as("seed %d", seed).isEqualTo(last);
            assertThat(status.nextAt()).as("seed %d", seed).isEqualTo(report.nextAt());
            open += (int) last.stream().filter(ClockStatus::isOpen).count();
            ended += (int) last.stream().filter(it -> !it.isOpen()).count();
        }
        assertThat(List.of(open, ended)).allMatch(count -> count > 100);
    }

    private static List<ClockStatus> shortened(SlaReport.Clock clock, SlaEvaluator evaluator) {
        List<ClockStatus> cycles = new ArrayList<>();
        for (SlaReport.Cycle cycle : clock.cycles()) {
            boolean open = cycle.stoppedAt() == null && cycle.cancelledAt() == null;
            cycles.add(new ClockStatus(
                    clock.policy(),
                    clock.object(),
                    cycles.size() + 1,
                    clock.endToEnd(),
                    evaluator.policy(clock.policy()).domain(),
                    cycle.state(),
                    cycle.segment(),
                    cycle.calendar(),
                    cycle.target(),
                    cycle.startedAt(),
                    cycle.stoppedAt(),
                    cycle.cancelledAt(),
                    open ? null : cycle.spent(),
                    cycle.dueAt(),
                    cycle.noDue(),
                    cycle.warnings(),
                    cycle.breachedAt()));
        }
        return cycles;
    }
}
