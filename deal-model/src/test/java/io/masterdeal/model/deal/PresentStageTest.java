package io.masterdeal.model.deal;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.proof.RandomHistory;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.proof.Run;
import io.masterdeal.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A state that one rule set has left is judged by another as the fold of all facts would judge the deal. */
class PresentStageTest {

    @Test
    void a_state_of_any_rule_set_is_judged_by_each_as_all_facts_are() {
        int judged = 0;
        int moved = 0;
        for (int seed = 1; seed <= Run.seeds(300, 5_000); seed++) {
            for (var deal : new FactSet()
                    .addAll(RandomHistory.of(seed, seed % 2 == 0))
                    .deals()
                    .entrySet()) {
                ObjectKey root = deal.getKey();
                for (RuleSet before : RuleSets.ALL) {
                    DealState state = kept(root, before, deal.getValue());
                    for (RuleSet rules : RuleSets.ALL) {
                        // when
                        PresentStage present = PresentStage.explained(root, rules, state);
                        PresentStage brief = PresentStage.of(root, rules, state);

                        // then
                        String what = "seed " + seed + ", " + root + ", " + before.name() + " -> " + rules.name();
                        Deal answer = DealFold.of(root, rules, deal.getValue()).answer();
                        assertThat(present.stage()).as(what).isEqualTo(answer.stage());
                        assertThat(present.gaps()).as(what).isEqualTo(answer.gaps());
                        assertThat(present.outcome()).as(what).isEqualTo(answer.outcome());
                        assertThat(present.findings()).as(what).isEqualTo(answer.findings());
                        assertThat(present.contradictory())
                                .as(what)
                                .isEqualTo(answer.isContradictory(
                                        rules.finalStage().name()));
                        assertThat(said(brief)).as(what).isEqualTo(said(present));
                        judged++;
                        moved += said(PresentStage.of(root, before, state)).equals(said(present)) ? 0 : 1;
                    }
                }
            }
        }
        assertThat(judged).isGreaterThan(1_000);
        assertThat(moved).isGreaterThan(100);
    }

    private static String said(PresentStage present) {
        return present.stage() + present.outcome() + present.gaps() + present.contradictory();
    }

    /** As a service keeps it: of the earlier half of the facts, then with each later one appended if that is possible. */
    private static DealState kept(ObjectKey root, RuleSet rules, List<Fact> facts) {
        List<Fact> told = new ArrayList<>(facts);
        told.sort(DealFold.BY_TIME.thenComparing(Fact.BY_VERSION));
        int half = told.size() / 2;
        DealState state = DealFold.of(root, rules, told.subList(0, half)).state();
        for (int i = half; i < told.size(); i++) {
            DealFold fold = DealFold.resume(root, rules, state);
            state = fold.append(told.get(i))
                    ? fold.state()
                    : DealFold.of(root, rules, told.subList(0, i + 1)).state();
        }
        return state;
    }
}
