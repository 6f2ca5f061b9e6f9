package io.masterdeal.model.deal;

import static io.masterdeal.model.proof.Told.DEAL;
import static io.masterdeal.model.proof.Told.K1;
import static io.masterdeal.model.proof.Told.PLAN;
import static io.masterdeal.model.proof.Told.TABLE;
import static io.masterdeal.model.proof.Told.answer;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.factsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.proof.RandomHistory;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.proof.Run;
import io.masterdeal.model.rules.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A late fact is folded with only the facts after it, and the answer is that of all facts. */
class LateFactTest {

    private static final ObjectKey ROOT = new ObjectKey(DEAL);

    private static final int FAR_FUTURE = 30_000;

    /** How many times facts were appended, folded with the latest, and folded with all. */
    private int appended;

    private int withLatest;

    private int withAll;

    /** The most facts that were read to fold one with the latest. */
    private int most;

    @Test
    void in_any_order_of_arrival_the_answer_is_that_of_all_facts() {
        for (int seed = 1; seed <= Run.seeds(1_500, 40_000); seed++) {
            List<Statement> history = RandomHistory.of(seed, seed % 2 == 0);
            RuleSet rules = RuleSets.ALL.get(seed % 3);
            Random random = new Random(seed);
            CheckpointSpacing spacing = new CheckpointSpacing(1 + random.nextInt(3), random.nextInt(2));
            String what = "seed " + seed + ", rule set " + rules.name() + ", " + spacing;
            answer(rules, history).deals().forEach((root, deal) -> {
                List<Fact> arrival = new ArrayList<>(factsOf(deal, history));
                Collections.shuffle(arrival, random);
                List<Fact> sofar = new ArrayList<>();
                DealState state = DealFold.of(root, rules, List.of()).state();
                while (!arrival.isEmpty()) {
                    int count = Math.min(arrival.size(), 1 + random.nextInt(2));
                    List<Fact> added = List.copyOf(arrival.subList(0, count));
                    arrival.subList(0, count).clear();
                    state = next(root, rules, state, sofar, added, spacing);
                    DealFold all = DealFold.of(root, rules, sofar);
                    if (!DealFold.resume(root, rules, state).answer().equals(all.answer())
                            || !withoutCheckpoints(state).equals(all.state())) {
                        assertThat(DealFold.resume(root, rules, state).answer())
                                .as("%s, after %s", what, added)
                                .isEqualTo(all.answer());
                        assertThat(withoutCheckpoints(state))
                                .as("%s, after %s", what, added)
                                .isEqualTo(all.state());
                    }
                }
            });
        }
        assertThat(withLatest).as("folded with the latest facts").isGreaterThan(500);
        assertThat(withAll).as("folded with all facts").isGreaterThan(500);
        assertThat(appended).as("appended").isGreaterThan(100);
    }

    @Test
    void after_a_fact_dated_far_ahead_each_next_one_costs_what_lies_after_it() {
        // given
        List<Fact> facts = new ArrayList<>(TABLE);
        for (int i = 0; i < 20_000; i++) {
            facts.add(fact(100 + i, K1, "Act Completed", 100 + i, 10 + i));
        }
        DealState state = DealFold.of(ROOT, RuleSets.DEFAULT, facts).state();
        state = next(state, facts, fact(1, K1, "Act Completed", 50_000, FAR_FUTURE));

        // when
        for (int i = 0; i < 400; i++) {
            String object = i % 2 == 0 ? K1 : PLAN;
            String status = i % 2 == 0 ? "Act Completed" : "Plan Ready";
            state = next(state, facts, fact(40_000 + i, object, status, 40_000 + i, 20_100 + i));
        }

        // then
        assertThat(withAll).as("folded with all facts").isEqualTo(1);
        assertThat(withLatest).isEqualTo(399);
        assertThat(most).isLessThan(200);
        assertThat(state.checkpoints()).hasSizeBetween(1, 2);
        assertThat(withoutCheckpoints(state))
                .isEqualTo(DealFold.of(ROOT, RuleSets.DEFAULT, facts).state());
    }

    @Test
    void facts_that_come_late_near_one_place_and_far_from_it_find_their_checkpoints_again() {
        // given
        List<Fact> facts = new ArrayList<>(TABLE);
        for (int i = 0; i < 3_000; i++) {
            facts.add(fact(100 + i, K1, "Act Completed", 100 + i, 10 + 10 * i));
        }
        DealState state = DealFold.of(ROOT, RuleSets.DEFAULT, facts).state();

        // when: by turns in the middle, near the end, and at the end
        for (int i = 0; i < 120; i++) {
            int day = i % 3 == 0 ? 15_001 + i : i % 3 == 1 ? 29_801 + i : 31_000 + i;
            state = next(state, facts, fact(10_000 + i, K1, "Act Completed", 10_000 + i, day));
        }

        // then
        assertThat(withAll).as("folded with all facts").isLessThan(5);
        assertThat(withLatest).isGreaterThan(70);
        assertThat(withoutCheckpoints(state))
                .isEqualTo(DealFold.of(ROOT, RuleSets.DEFAULT, facts).state());
    }

    private DealState next(DealState state, List<Fact> sofar, Fact added) {
        return next(ROOT, RuleSets.DEFAULT, state, sofar, List.of(added), CheckpointSpacing.DEFAULT);
    }

    /** Folds new facts of a deal as the service does, and adds them to {@code sofar}. */
    private DealState next(
            ObjectKey root,
            RuleSet rules,
            DealState state,
            List<Fact> sofar,
            List<Fact> added,
            CheckpointSpacing spacing) {
        sofar.addAll(added);
        if (added.size() == 1) {
            DealFold fold = DealFold.resume(root, rules, state);
            if (fold.append(added.getFirst())) {
                appended++;
                return fold.state();
            }
        }
        @Nullable Instant after = DealFold.neededAfter(state, added);
        if (after != null) {
            List<Fact> latest =
                    sofar.stream().filter(it -> it.occurredAt().isAfter(after)).toList();
            DealFold fold = DealFold.ofLatest(root, rules, state, added, latest, null, spacing);
            if (fold != null) {
                withLatest++;
                most = Math.max(most, latest.size());
                return fold.state();
            }
        }
        withAll++;
        return DealFold.of(root, rules, sofar, new DealLinks(), CheckpointSpacing.earliest(added), null, spacing)
                .state();
    }

    private static DealState withoutCheckpoints(DealState state) {
        return new DealState(
                state.facts(), state.lastInstant(), state.members(), state.current(), state.ever(), state.timeline());
    }
}
