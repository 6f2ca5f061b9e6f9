package io.masterdeal.model.deal;

import static io.masterdeal.model.deal.Direction.BACKWARD;
import static io.masterdeal.model.deal.Direction.FORWARD;
import static io.masterdeal.model.proof.Told.PIPELINE;
import static io.masterdeal.model.proof.Told.REGRESSION;
import static io.masterdeal.model.proof.Told.TABLE;
import static io.masterdeal.model.proof.Told.answer;
import static io.masterdeal.model.proof.Told.day;
import static io.masterdeal.model.proof.Told.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.masterdeal.model.Fact;
import io.masterdeal.model.Statement;
import io.masterdeal.model.proof.RandomHistory;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.proof.Run;
import io.masterdeal.model.proof.Told;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The answer depends on the set of statements: not on the order of arrival, nor on how many times each arrived. */
class ArrivalOrderTest {

    static Stream<Arguments> every_arrival_order_of_a_trace_gives_the_same_answer() {
        List<TimelineStep> start =
                List.of(forward("lead_created", 1, 1), forward("briefed", 2, 2), forward("offer_ready", 3, 2, 3));
        List<TimelineStep> regression = List.of(
                forward("contracting", 4, 4, 5),
                new TimelineStep("offer_ready", day(5), BACKWARD, ids(2, 3, 6)),
                forward("contracting", 6, 5, 7));
        List<TimelineStep> pipeline =
                List.of(forward("contracting", 5, 4, 5), forward("closing", 6, 6), forward("closed", 7, 7));
        return Stream.of(
                arguments(
                        "table",
                        TABLE,
                        RuleSets.DEFAULT,
                        "closed",
                        Outcome.WON,
                        List.of("contracting"),
                        joined(start, List.of(forward("closing", 6, 6), forward("closed", 7, 7)))),
                arguments(
                        "table",
                        TABLE,
                        RuleSets.STRICT_TABLE,
                        "closed",
                        Outcome.WON,
                        List.of(),
                        joined(
                                start.subList(0, 2),
                                List.of(
                                        forward("offer_ready", 4, 3, 4),
                                        forward("contracting", 5, 5),
                                        forward("closing", 6, 6),
                                        forward("closed", 7, 7)))),
                arguments("table", TABLE, RuleSets.STRICT_PIPELINE, "offer_ready", Outcome.OPEN, List.of(), start),
                arguments(
                        "pipeline",
                        PIPELINE,
                        RuleSets.DEFAULT,
                        "closed",
                        Outcome.WON,
                        List.of(),
                        joined(start, pipeline)),
                arguments(
                        "pipeline",
                        PIPELINE,
                        RuleSets.STRICT_TABLE,
                        "contracting",
                        Outcome.OPEN,
                        List.of("offer_ready"),
                        joined(start.subList(0, 2), List.of(forward("contracting", 4, 4)))),
                arguments(
                        "pipeline",
                        PIPELINE,
                        RuleSets.STRICT_PIPELINE,
                        "closed",
                        Outcome.WON,
                        List.of(),
                        joined(start, pipeline)),
                arguments(
                        "regression",
                        REGRESSION,
                        RuleSets.DEFAULT,
                        "contracting",
                        Outcome.OPEN,
                        List.of(),
                        joined(start, regression)),
                arguments(
                        "regression",
                        REGRESSION,
                        RuleSets.STRICT_TABLE,
                        "contracting",
                        Outcome.OPEN,
                        List.of("offer_ready"),
                        joined(
                                start.subList(0, 2),
                                List.of(
                                        forward("contracting", 4, 4),
                                        new TimelineStep("briefed", day(5), BACKWARD, ids(2, 6)),
                                        forward("contracting", 6, 7)))),
                arguments(
                        "regression",
                        REGRESSION,
                        RuleSets.STRICT_PIPELINE,
                        "contracting",
                        Outcome.OPEN,
                        List.of(),
                        joined(start, regression)));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource
    void every_arrival_order_of_a_trace_gives_the_same_answer(
            String name,
            List<Fact> trace,
            RuleSet rules,
            String stage,
            Outcome outcome,
            List<String> gaps,
            List<TimelineStep> timeline) {
        Answers expected = answer(rules, trace);
        Deal deal = expected.deals().firstEntry().getValue();
        assertThat(deal.stage()).isEqualTo(stage);
        assertThat(deal.outcome()).isEqualTo(outcome);
        assertThat(deal.gaps()).isEqualTo(gaps);
        assertThat(deal.timeline()).isEqualTo(timeline);
        assertThat(deal.facts()).isEqualTo(trace.size());
        assertThat(expected.orphans()).isEmpty();

        Random random = new Random(1);
        List<Statement> arrival = new ArrayList<>(trace);
        int[] count = {0};
        eachPermutation(arrival, 0, order -> {
            count[0]++;
            FactSet set = new FactSet().addAll(order).add(order.get(random.nextInt(order.size())));
            if (!set.answer(rules).equals(expected)) {
                assertThat(set.answer(rules)).as("arrival order %s", order).isEqualTo(expected);
            }
        });
        assertThat(count[0]).isEqualTo(5040);
    }

    @Test
    void every_arrival_order_of_a_random_history_gives_the_same_answer() {
        for (int seed = 1; seed <= Run.seeds(2_000, 50_000); seed++) {
            List<Statement> history = RandomHistory.of(seed, seed % 2 == 0);
            Random random = new Random(seed);
            for (RuleSet rules : RuleSets.ALL) {
                Answers expected = answer(rules, history);
                for (int i = 0; i < 3; i++) {
                    Answers actual = answer(rules, shuffledWithDuplicates(history, random));
                    if (!actual.equals(expected)) {
                        assertThat(actual)
                                .as("seed %d, order %d, rule set %s", seed, i, rules.name())
                                .isEqualTo(expected);
                    }
                    assertThat(List.copyOf(actual.conflicts().keySet()))
                            .as("seed %d: order of conflicts", seed)
                            .isEqualTo(List.copyOf(expected.conflicts().keySet()));
                }
                foldsAlikeInEveryOrder(seed, rules, expected, history, random);
            }
        }
    }

    private static void foldsAlikeInEveryOrder(
            int seed, RuleSet rules, Answers expected, List<Statement> history, Random random) {
        expected.deals().forEach((root, deal) -> {
            List<Fact> facts = new ArrayList<>(Told.factsOf(deal, history));
            DealState state = DealFold.of(root, rules, facts).state();
            Collections.shuffle(facts, random);
            DealFold fold = DealFold.of(root, rules, facts);
            if (!fold.answer().equals(deal) || !fold.state().equals(state)) {
                assertThat(fold.answer()).as("seed %d, %s", seed, root).isEqualTo(deal);
                assertThat(fold.state()).as("seed %d, %s", seed, root).isEqualTo(state);
            }
        });
    }

    @Test
    void sets_join_in_any_grouping_and_repeat_without_effect() {
        for (int seed = 1; seed <= Run.seeds(500, 5_000); seed++) {
            List<Statement> history = RandomHistory.of(seed, true);
            Random random = new Random(seed);
            List<Statement> a = new ArrayList<>();
            List<Statement> b = new ArrayList<>();
            List<Statement> c = new ArrayList<>();
            history.forEach(it -> List.of(a, b, c).get(random.nextInt(3)).add(it));
            Answers expected = answer(RuleSets.DEFAULT, history);
            List<Statement> groupedLeft = joined(joined(a, b), c);
            for (List<Statement> union : List.of(
                    groupedLeft,
                    joined(a, joined(b, c)),
                    joined(c, b, a),
                    joined(groupedLeft, groupedLeft),
                    joined(a, a, c, b, c, a))) {
                assertThat(answer(RuleSets.DEFAULT, union)).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void random_histories_have_all_that_they_should() {
        int shared = 0;
        int orphans = 0;
        int backward = 0;
        int conflicts = 0;
        int closed = 0;
        for (int seed = 1; seed <= 300; seed++) {
            Answers answers = answer(RuleSets.DEFAULT, RandomHistory.of(seed, seed % 2 == 0));
            orphans += answers.orphans().size();
            conflicts += answers.conflicts().size();
            List<Deal> deals = List.copyOf(answers.deals().values());
            long distinct = deals.stream()
                    .flatMap(it -> it.objects().keySet().stream())
                    .distinct()
                    .count();
            shared += deals.stream().mapToInt(it -> it.objects().size()).sum() > distinct ? 1 : 0;
            closed += (int)
                    deals.stream().filter(it -> it.stage().equals("closed")).count();
            backward += (int) deals.stream()
                    .filter(it -> it.timeline().stream().anyMatch(step -> step.direction() == BACKWARD))
                    .count();
        }
        assertThat(List.of(shared, orphans, backward, conflicts, closed)).allMatch(it -> it > 50);
    }

    private static List<Statement> shuffledWithDuplicates(List<Statement> history, Random random) {
        List<Statement> arrival = new ArrayList<>(history);
        for (int i = 0; i < 3; i++) {
            arrival.add(history.get(random.nextInt(history.size())));
        }
        Collections.shuffle(arrival, random);
        return arrival;
    }

    private static void eachPermutation(List<Statement> items, int from, Consumer<List<Statement>> action) {
        if (from == items.size()) {
            action.accept(items);
        }
        for (int i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            eachPermutation(items, from + 1, action);
            Collections.swap(items, from, i);
        }
    }

    private static TimelineStep forward(String stage, int day, int... evidence) {
        return new TimelineStep(stage, day(day), FORWARD, ids(evidence));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static <T> List<T> joined(List<T>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }
}
