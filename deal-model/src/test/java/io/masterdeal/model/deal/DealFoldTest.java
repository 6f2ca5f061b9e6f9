package io.masterdeal.model.deal;

import static io.masterdeal.model.proof.Told.DEAL;
import static io.masterdeal.model.proof.Told.INVOICE;
import static io.masterdeal.model.proof.Told.K1;
import static io.masterdeal.model.proof.Told.K2;
import static io.masterdeal.model.proof.Told.PIPELINE;
import static io.masterdeal.model.proof.Told.PLAN;
import static io.masterdeal.model.proof.Told.TABLE;
import static io.masterdeal.model.proof.Told.answer;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.factsOf;
import static io.masterdeal.model.proof.Told.with;
import static io.masterdeal.model.proof.Told.withId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.proof.RandomHistory;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.proof.Run;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Appending the newest fact gives the same as folding all facts, or is refused. */
class DealFoldTest {

    private static final ObjectKey ROOT = new ObjectKey(DEAL);

    @Test
    void appending_gives_what_folding_all_facts_gives() {
        int[] appended = {0, 0};
        for (int seed = 1; seed <= Run.seeds(2_000, 50_000); seed++) {
            List<Statement> history = RandomHistory.of(seed, seed % 2 == 0);
            RuleSet rules = RuleSets.ALL.get(seed % 3);
            Random random = new Random(seed);
            String what = "seed " + seed + ", rule set " + rules.name();
            answer(rules, history).deals().forEach((root, deal) -> {
                List<Fact> facts = new ArrayList<>(factsOf(deal, history));
                facts.sort(Comparator.comparing(Fact::occurredAt));
                int split = random.nextInt(facts.size() + 1);
                List<Fact> folded = new ArrayList<>(facts.subList(0, split));
                DealFold fold = resumed(root, rules, DealFold.of(root, rules, folded));
                for (Fact fact : facts.subList(split, facts.size())) {
                    folded.add(fact);
                    DealFold all = DealFold.of(root, rules, folded);
                    boolean done = fold.append(fact);
                    appended[done ? 1 : 0]++;
                    fold = done ? fold : all;
                    if (!fold.answer().equals(all.answer()) || !fold.state().equals(all.state())) {
                        assertThat(fold.answer()).as("%s, after %s", what, fact).isEqualTo(all.answer());
                        assertThat(fold.state()).as("%s, after %s", what, fact).isEqualTo(all.state());
                    }
                    fold = random.nextBoolean() ? resumed(root, rules, fold) : fold;
                }
                assertThat(fold.answer()).as(what).isEqualTo(deal);
            });
        }
        assertThat(appended[0]).as("refused").isGreaterThan(500);
        assertThat(appended[1]).as("appended").isGreaterThan(500);
    }

    /** Only the kept state passes from one fold to the next. */
    private static DealFold resumed(ObjectKey root, RuleSet rules, DealFold fold) {
        DealFold resumed = DealFold.resume(root, rules, fold.state());
        assertThat(resumed.state()).isEqualTo(fold.state());
        return resumed;
    }

    @Test
    void a_strictly_newest_fact_about_a_known_object_is_appended() {
        DealFold fold = DealFold.of(ROOT, RuleSets.DEFAULT, TABLE);
        Fact newest = fact(8, K1, "Contract Cancelled", 3, 8, DEAL);

        assertThat(fold.append(newest)).isTrue();

        assertThat(fold.answer())
                .isEqualTo(
                        DealFold.of(ROOT, RuleSets.DEFAULT, with(TABLE, newest)).answer());
        assertThat(fold.answer().stage()).isEqualTo("closing");
        assertThat(fold.answer().facts()).isEqualTo(8);
    }

    @Test
    void an_appended_fact_of_an_older_version_counts_and_changes_no_status() {
        DealFold fold = DealFold.of(ROOT, RuleSets.DEFAULT, TABLE);

        assertThat(fold.append(fact(8, K1, "Contract Cancelled", 0, 8))).isTrue();

        assertThat(fold.answer().stage()).isEqualTo("closed");
        assertThat(fold.answer().facts()).isEqualTo(8);
    }

    @Test
    void an_appended_fact_of_an_older_version_still_says_what_the_root_was_ever() {
        List<Fact> facts = List.of(fact(1, DEAL, "Deal Lost", 5, 1));
        DealFold fold = DealFold.of(ROOT, RuleSets.DEFAULT, facts);
        Fact late = fact(2, DEAL, "Deal Created", 1, 2);

        assertThat(fold.append(late)).isTrue();

        assertThat(fold.answer())
                .isEqualTo(
                        DealFold.of(ROOT, RuleSets.DEFAULT, with(facts, late)).answer());
        assertThat(fold.answer().stage()).isEqualTo("lead_created");
        assertThat(fold.answer().outcome()).isEqualTo(Outcome.LOST);
    }

    @Test
    void the_first_fact_about_an_object_is_appended_with_its_links() {
        DealFold fold = DealFold.of(ROOT, RuleSets.DEFAULT, PIPELINE);
        Fact another = fact(8, K2, "Contract Signed", 1, 8, DEAL);

        assertThat(fold.append(another)).isTrue();

        DealFold all = DealFold.of(ROOT, RuleSets.DEFAULT, with(PIPELINE, another));
        assertThat(fold.answer()).isEqualTo(all.answer());
        assertThat(fold.state()).isEqualTo(all.state());
        assertThat(fold.answer().objects()).containsKey(new ObjectKey(K2));
    }

    @Test
    void an_object_that_others_belong_to_concerns_their_past_so_its_first_fact_is_refused() {
        DealFold fold = DealFold.of(ROOT, RuleSets.DEFAULT, with(PIPELINE, fact(8, PLAN, null, 3, 8, K2)));

        assertThat(fold.append(fact(9, K2, "Contract Signed", 1, 9, DEAL))).isFalse();
    }

    static Stream<Arguments> append_refuses_without_a_trace() {
        return Stream.of(
                arguments("as new as the newest", fact(8, K1, "Contract Cancelled", 3, 7)),
                arguments("older than the newest", fact(8, K1, "Contract Cancelled", 3, 6)),
                arguments("as new as the newest, without a status", fact(8, K1, null, 3, 7)),
                arguments("the same fact again", PIPELINE.getLast()),
                arguments("a link the object does not have", fact(8, K1, "Contract Cancelled", 3, 8, PLAN)),
                arguments("a link the object does not have, without a status", fact(8, K1, null, 3, 8, DEAL, K2)),
                arguments(
                        "the current version of its object with another content",
                        withId(PIPELINE.get(3).eventId(), fact(0, K1, "Contract Cancelled", 1, 8))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void append_refuses_without_a_trace(String why, Fact refused) {
        DealFold fold = DealFold.of(ROOT, RuleSets.DEFAULT, PIPELINE);
        Deal answer = fold.answer();
        DealState state = fold.state();

        assertThat(fold.append(refused)).as(why).isFalse();

        assertThat(fold.answer()).isEqualTo(answer);
        assertThat(fold.state()).isEqualTo(state);
        assertThat(fold.append(fact(9, K1, "Contract Cancelled", 3, 9)))
                .as("the next one is not in the way of it")
                .isTrue();
    }

    @Test
    void a_deal_known_only_by_links_takes_the_first_fact_about_its_root_by_a_full_fold() {
        DealFold fold = DealFold.of(ROOT, RuleSets.DEFAULT, List.of(fact(1, K1, "Contract Signed", 1, 1, DEAL)));

        assertThat(fold.append(fact(2, DEAL, "Deal Created", 1, 2))).isFalse();
    }

    @Test
    void links_of_a_root_are_not_in_the_way_of_appending() {
        DealFold fold = DealFold.of(ROOT, RuleSets.DEFAULT, TABLE);

        assertThat(fold.append(fact(8, DEAL, "Deal Lost", 4, 8, "crm:deal:D2"))).isTrue();
        assertThat(fold.answer().outcome()).isEqualTo(Outcome.LOST);
    }

    @Test
    void a_state_does_not_grow_with_the_facts() {
        DealState few = DealFold.of(ROOT, RuleSets.DEFAULT, busy(10)).state();
        DealState many = DealFold.of(ROOT, RuleSets.DEFAULT, busy(10_000)).state();

        assertThat(many.facts()).isEqualTo(10_000 + TABLE.size());
        assertThat(sizes(many)).isEqualTo(sizes(few));
        assertThat(many.timeline()).isEqualTo(few.timeline());
    }

    @Test
    void a_state_does_not_grow_with_the_other_deals_its_contract_belongs_to() {
        // given a frame contract of a thousand deals
        String[] deals = Stream.concat(
                        Stream.of(DEAL),
                        Stream.iterate(1, i -> i + 1).limit(999).map(i -> "crm:deal:X" + i))
                .toArray(String[]::new);
        DealFold alone = DealFold.of(ROOT, RuleSets.DEFAULT, with(TABLE, fact(8, K1, "Act Completed", 8, 8, DEAL)));
        DealFold shared = DealFold.of(ROOT, RuleSets.DEFAULT, with(TABLE, fact(8, K1, "Act Completed", 8, 8, deals)));

        // then
        assertThat(shared.state()).isEqualTo(alone.state());
        assertThat(shared.append(fact(9, K1, "Act Completed", 9, 9, deals))).isTrue();
        assertThat(shared.answer().stage()).isEqualTo(alone.answer().stage());
    }

    /** The table's trace, and then versions of its contract that change no stage. */
    private static List<Fact> busy(int count) {
        List<Fact> facts = new ArrayList<>(TABLE);
        for (int i = 0; i < count; i++) {
            facts.add(fact(100 + i, K1, "Act Completed", 100 + i, 10 + i));
        }
        return facts;
    }

    @Test
    void a_resumed_fold_grows_by_its_timeline_alone() {
        DealState before = DealFold.of(ROOT, RuleSets.DEFAULT, PIPELINE).state();
        DealFold fold = DealFold.resume(ROOT, RuleSets.DEFAULT, before);
        for (int i = 0; i < 1_000; i++) {
            String status = i % 2 == 0 ? "Invoice Cancelled" : "Invoice Issued";
            assertThat(fold.append(fact(100 + i, INVOICE, status, 10 + i, 10 + i)))
                    .isTrue();
        }
        DealState after = fold.state();

        assertThat(sizes(after)).isEqualTo(sizes(before));
        assertThat(after.facts()).isEqualTo(before.facts() + 1_000);
        assertThat(after.timeline()).isEqualTo(before.timeline());
    }

    @Test
    void each_change_of_stage_adds_one_step_to_the_timeline() {
        List<Fact> open = PIPELINE.subList(0, 6);
        DealFold fold = DealFold.of(ROOT, RuleSets.DEFAULT, open);
        int before = fold.state().timeline().size();
        for (int i = 0; i < 100; i++) {
            String status = i % 2 == 0 ? "Invoice Cancelled" : "Invoice Issued";
            assertThat(fold.append(fact(100 + i, INVOICE, status, 10 + i, 10 + i)))
                    .isTrue();
        }

        assertThat(fold.state().timeline()).hasSize(before + 100);
        assertThat(fold.answer().timeline().getLast().stage()).isEqualTo("closing");
    }

    private static List<Integer> sizes(DealState state) {
        return List.of(
                state.members().size(),
                state.members().values().stream().mapToInt(Set::size).sum(),
                state.current().size(),
                state.ever().size());
    }

    @Test
    void a_state_says_all_there_is_to_keep() {
        DealState state =
                DealFold.of(ROOT, RuleSets.DEFAULT, TABLE.subList(0, 3)).state();

        assertThat(state.facts()).isEqualTo(3);
        assertThat(state.lastInstant()).isEqualTo(TABLE.get(2).occurredAt());
        assertThat(state.members()).isEqualTo(Map.of(ROOT, Set.of(), new ObjectKey(PLAN), Set.of(ROOT)));
        assertThat(state.current())
                .isEqualTo(Map.of(
                        ROOT,
                        new CurrentStatus("Brief Submitted", TABLE.get(1).version()),
                        new ObjectKey(PLAN),
                        new CurrentStatus("Plan Ready", TABLE.get(2).version())));
        assertThat(state.ever())
                .isEqualTo(Map.of(
                        "Deal Created", TABLE.get(0).version(),
                        "Brief Submitted", TABLE.get(1).version()));
    }

    @Test
    void a_fold_of_nothing_is_a_deal_at_none() {
        Deal deal = DealFold.of(ROOT, RuleSets.DEFAULT, List.of()).answer();

        assertThat(deal.stage()).isEqualTo("none");
        assertThat(deal.facts()).isZero();
        assertThat(deal.objects()).isEmpty();
        assertThat(deal.timeline()).isEmpty();
        assertThat(deal.findings()).hasSize(6).allSatisfy((_, finding) -> {
            assertThat(finding.holds()).isFalse();
            assertThat(finding.evidence()).isEmpty();
            assertThat(finding.unmet()).isNotEmpty();
        });
    }
}
