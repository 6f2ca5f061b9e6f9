package io.masterdeal.model.rules;

import static io.masterdeal.model.proof.RuleSets.ACT;
import static io.masterdeal.model.proof.RuleSets.APPROVED;
import static io.masterdeal.model.proof.RuleSets.BRIEFED;
import static io.masterdeal.model.proof.RuleSets.CASE;
import static io.masterdeal.model.proof.RuleSets.CLOSEOUT_DONE;
import static io.masterdeal.model.proof.RuleSets.CONTRACT;
import static io.masterdeal.model.proof.RuleSets.CREATED;
import static io.masterdeal.model.proof.RuleSets.DCM_INVOICE;
import static io.masterdeal.model.proof.RuleSets.DEFAULT;
import static io.masterdeal.model.proof.RuleSets.DOCFLOW_INVOICE;
import static io.masterdeal.model.proof.RuleSets.KINDS;
import static io.masterdeal.model.proof.RuleSets.PLAN;
import static io.masterdeal.model.proof.RuleSets.PLAN_READY;
import static io.masterdeal.model.proof.RuleSets.SIGNED;
import static io.masterdeal.model.proof.RuleSets.STRICT_TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.proof.RandomHistory;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.proof.Told;
import io.masterdeal.model.rules.Condition.All;
import io.masterdeal.model.rules.Condition.Any;
import io.masterdeal.model.rules.Condition.Ever;
import io.masterdeal.model.rules.Condition.Every;
import io.masterdeal.model.rules.Condition.For;
import io.masterdeal.model.rules.Condition.Some;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An inconsistent rule set is refused, with the stage, the word and the reason. */
class RuleSetTest {

    private static final ObjectKind TASK = new ObjectKind("task:task");

    static Stream<Arguments> a_condition_that_names_what_there_is_not_is_refused() {
        String outside = "stands outside the order, so nothing is at or past it";
        return Stream.of(
                arguments(new Some(TASK, "Done"), "task:task", "kind 'task:task' is not declared under 'kinds'"),
                arguments(new Some(PLAN, "Plan Redy"), "Plan Redy", "kind 'media:mediaplan' has no status 'Plan Redy'"),
                arguments(new Some(PLAN, "Plan Redy"), "Plan Redy", "it has [Plan Draft, Plan Ready]"),
                arguments(new Some(PLAN, "Plan Cancelled"), "Plan Cancelled", outside),
                arguments(new Some(CASE, "Legal Rejected"), "Legal Rejected", outside),
                arguments(new Ever("Deal Lost", true), "Deal Lost", outside),
                arguments(new Ever("Deal Lost", false), "Deal Lost", outside),
                arguments(new Ever("Plan Ready", true), "Plan Ready", "kind 'crm:deal' has no status"),
                arguments(new Every(CONTRACT, "Signed", "Act Completed"), "Signed", "has no status 'Signed'"),
                arguments(new Every(CONTRACT, "Contract Signed", "Act"), "Act", "has no status 'Act'"),
                arguments(new Every(TASK, "Done", "Done"), "task:task", "is not declared"),
                arguments(new For(CONTRACT, "Signed", CASE, "Legal Approved"), "Signed", "has no status"),
                arguments(new For(CONTRACT, "Contract Signed", CASE, "Legal Rejected"), "Legal Rejected", outside),
                arguments(new For(TASK, "Done", CASE, "Legal Approved"), "task:task", "is not declared"),
                arguments(new For(CONTRACT, "Contract Signed", TASK, "Done"), "task:task", "is not declared"),
                arguments(new All(List.of()), "all", "'all' needs at least one condition"),
                arguments(new Any(List.of()), "any", "'any' needs at least one condition"),
                arguments(new All(List.of(SIGNED, new Any(List.of()))), "any", "'any' needs at least one condition"),
                arguments(new Any(List.of(SIGNED, new Some(PLAN, "x"))), "x", "has no status 'x'"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void a_condition_that_names_what_there_is_not_is_refused(Condition condition, String offending, String reason) {
        RuleSetException refused = refused(new Stage("first", CREATED), new Stage("second", condition));

        assertThat(refused.stage()).isEqualTo("second");
        assertThat(refused.offending()).isEqualTo(offending);
        assertThat(refused).hasMessageStartingWith("stage 'second': ").hasMessageContaining(reason);
    }

    static Stream<Arguments> a_stage_that_no_deal_can_be_in_is_refused() {
        Condition offered = new Ever("Offer Sent", true);
        Condition paid = new Some(DCM_INVOICE, "Invoice Paid");
        Condition issued = new Some(DCM_INVOICE, "Invoice Issued");
        return Stream.of(
                arguments(SIGNED, SIGNED),
                arguments(ACT, SIGNED),
                arguments(APPROVED, SIGNED),
                arguments(offered, BRIEFED),
                arguments(new Ever("Offer Sent", false), BRIEFED),
                arguments(new All(List.of(BRIEFED, PLAN_READY)), BRIEFED),
                arguments(BRIEFED, new Any(List.of(PLAN_READY, BRIEFED))),
                arguments(offered, new Any(List.of(PLAN_READY, BRIEFED))),
                arguments(new Any(List.of(ACT, APPROVED)), SIGNED),
                arguments(new All(List.of(ACT, offered)), new All(List.of(BRIEFED, SIGNED))),
                arguments(new Any(List.of(paid, ACT)), new Any(List.of(SIGNED, issued))),
                arguments(new All(List.of(PLAN_READY, new Any(List.of(paid, issued)))), issued));
    }

    @ParameterizedTest(name = "{0} before {1}")
    @MethodSource
    void a_stage_that_no_deal_can_be_in_is_refused(Condition low, Condition high) {
        RuleSetException refused =
                refused(new Stage("low", low), new Stage("between", CLOSEOUT_DONE), new Stage("high", high));

        assertThat(refused.stage()).isEqualTo("low");
        assertThat(refused.offending()).isEqualTo("low");
        assertThat(refused)
                .hasMessage("stage 'low': it can never be reached: whenever its condition holds, so does that of the "
                        + "later stage 'high'");
    }

    static Stream<Arguments> stages_that_a_deal_can_be_in_are_accepted() {
        return Stream.of(
                arguments(SIGNED, ACT),
                arguments(SIGNED, APPROVED),
                arguments(CREATED, BRIEFED),
                arguments(BRIEFED, CREATED),
                arguments(BRIEFED, new Ever("Brief Submitted", false)),
                arguments(BRIEFED, new All(List.of(BRIEFED, PLAN_READY))),
                arguments(new Any(List.of(BRIEFED, PLAN_READY)), BRIEFED),
                arguments(new Some(DCM_INVOICE, "Invoice Issued"), new Some(DOCFLOW_INVOICE, "Invoice Issued")),
                arguments(new Every(CONTRACT, "Contract Signed", "Act Completed"), ACT));
    }

    @ParameterizedTest(name = "{0} before {1}")
    @MethodSource
    void stages_that_a_deal_can_be_in_are_accepted(Condition low, Condition high) {
        assertThat(rules(new Stage("low", low), new Stage("high", high)).stages())
                .hasSize(2);
    }

    @Test
    void what_is_refused_as_unreachable_is_so_in_every_history() {
        Random random = new Random(1);
        List<List<Statement>> histories = new ArrayList<>();
        for (int seed = 1; seed <= 40; seed++) {
            histories.add(RandomHistory.of(seed, true));
        }
        int refusals = 0;
        for (int trial = 0; trial < 600; trial++) {
            Condition low = randomCondition(random, 2);
            Condition high = randomCondition(random, 2);
            if (isRefused(low, high)) {
                refusals++;
                RuleSet lowAlone = rules(new Stage("it", low));
                RuleSet highAlone = rules(new Stage("it", high));
                for (List<Statement> history : histories) {
                    Map<?, Deal> highDeals = Told.answer(highAlone, history).deals();
                    Told.answer(lowAlone, history).deals().forEach((root, deal) -> {
                        if (deal.stage().equals("it")) {
                            assertThat(Objects.requireNonNull(highDeals.get(root))
                                            .stage())
                                    .as("%s: %s implies %s", root, low, high)
                                    .isEqualTo("it");
                        }
                    });
                }
            }
        }
        assertThat(refusals).isGreaterThan(30);
    }

    private static boolean isRefused(Condition low, Condition high) {
        try {
            return rules(new Stage("low", low), new Stage("high", high))
                    .stages()
                    .isEmpty();
        } catch (RuleSetException refused) {
            assertThat(refused).hasMessageContaining("it can never be reached");
            return true;
        }
    }

    private static Condition randomCondition(Random random, int depth) {
        List<Condition> leaves = List.of(
                CREATED,
                BRIEFED,
                new Ever("Offer Sent", true),
                new Ever("Offer Sent", false),
                PLAN_READY,
                SIGNED,
                ACT,
                APPROVED,
                new For(CONTRACT, "Contract Drafted", CASE, "Legal Started"),
                new Every(CONTRACT, "Contract Drafted", "Contract Signed"),
                RuleSets.NO_ACT_MISSING,
                new Some(DCM_INVOICE, "Invoice Issued"),
                new Some(DCM_INVOICE, "Invoice Paid"));
        int way = depth == 0 ? 0 : random.nextInt(3);
        if (way == 0) {
            return leaves.get(random.nextInt(leaves.size()));
        }
        List<Condition> parts = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            parts.add(randomCondition(random, depth - 1));
        }
        return way == 1 ? new All(parts) : new Any(parts);
    }

    @Test
    void two_stages_of_one_name_are_refused() {
        RuleSetException refused = refused(new Stage("twice", CREATED), new Stage("twice", SIGNED));

        assertThat(refused.offending()).isEqualTo("twice");
        assertThat(refused).hasMessageContaining("the name is taken");
    }

    @Test
    void none_is_the_name_of_no_stage() {
        assertThat(refused(new Stage("none", CREATED)).offending()).isEqualTo("none");
    }

    @Test
    void a_rule_set_without_stages_is_refused() {
        RuleSetException refused = refused();

        assertThat(refused.stage()).isEmpty();
        assertThat(refused).hasMessage("a rule set has at least one stage");
    }

    @Test
    void outcomes_of_anything_but_a_root_are_refused() {
        Map<ObjectKind, StatusModel> kinds = new HashMap<>(KINDS);
        kinds.put(PLAN, new StatusModel(List.of("Plan Ready"), Set.of(), Map.of("Plan Lost", Outcome.LOST), Set.of()));

        assertThatThrownBy(() -> new RuleSet("r", 1, kinds, DEFAULT.stages()))
                .isInstanceOfSatisfying(RuleSetException.class, it -> {
                    assertThat(it.offending()).isEqualTo("Plan Lost");
                    assertThat(it.stage()).isEmpty();
                    assertThat(it).hasMessageContaining("only a crm:deal has outcomes");
                });
    }

    @Test
    void a_status_listed_twice_is_refused() {
        assertThatThrownBy(() -> new StatusModel(List.of("A", "B", "A"), Set.of(), Map.of(), Set.of()))
                .hasMessage("status 'A' is listed twice");
        assertThatThrownBy(() -> new StatusModel(List.of("A"), Set.of("A"), Map.of(), Set.of()))
                .hasMessage("status 'A' is listed twice");
        assertThatThrownBy(() -> new StatusModel(List.of(), Set.of("A"), Map.of("A", Outcome.LOST), Set.of()))
                .hasMessage("status 'A' is listed twice");
        assertThatThrownBy(() -> new StatusModel(List.of(), Set.of(), Map.of("A", Outcome.LOST), Set.of("A")))
                .hasMessage("status 'A' is listed twice");
    }

    @Test
    void a_status_model_knows_what_is_at_or_past_what() {
        StatusModel model = Objects.requireNonNull(KINDS.get(CONTRACT));

        assertThat(model.isAtOrPast("Contract Signed", "Contract Signed")).isTrue();
        assertThat(model.isAtOrPast("Act Completed", "Contract Drafted")).isTrue();
        assertThat(model.isAtOrPast("Contract Drafted", "Contract Signed")).isFalse();
        assertThat(model.isAtOrPast("Contract Cancelled", "Contract Drafted")).isFalse();
        assertThat(model.isAtOrPast("Unheard Of", "Contract Drafted")).isFalse();
        assertThat(model.isLive("Contract Cancelled")).isFalse();
        assertThat(model.isLive("Contract Drafted")).isTrue();
        assertThat(model.isLive("Unheard Of")).isTrue();
        assertThat(model.lists("Contract Cancelled")).isTrue();
        assertThat(model.lists("Contract Drafted")).isTrue();
        assertThat(model.lists("Unheard Of")).isFalse();
    }

    @Test
    void a_rule_set_knows_which_kinds_it_reads() {
        assertThat(DEFAULT.kindsRead()).isEqualTo(KINDS.keySet());
        assertThat(STRICT_TABLE.kindsRead())
                .containsExactlyInAnyOrder(ObjectKind.DEAL, PLAN, CONTRACT, DOCFLOW_INVOICE);
        assertThat(rules(new Stage("a", new Any(List.of(RuleSets.NO_ACT_MISSING))))
                        .kindsRead())
                .containsExactlyInAnyOrder(ObjectKind.DEAL, CONTRACT);
    }

    @Test
    void stages_rank_from_1_and_none_is_0() {
        assertThat(DEFAULT.rank("none")).isZero();
        assertThat(DEFAULT.rank("lead_created")).isEqualTo(1);
        assertThat(DEFAULT.rank("closed")).isEqualTo(6);
        assertThat(DEFAULT.rank("unheard of")).isEqualTo(-1);
        assertThat(DEFAULT.finalStage().name()).isEqualTo("closed");
    }

    @Test
    void conditions_say_in_words_what_they_ask_for() {
        assertThat(DEFAULT.stages().stream().map(it -> it.when().describe()))
                .containsExactly(
                        "the deal has ever been at 'Deal Created' itself",
                        "the deal has ever been at 'Brief Submitted' or later",
                        "(the deal has ever been at 'Brief Submitted' or later and a live media:mediaplan is at 'Plan "
                                + "Ready' or later)",
                        "a live docflow:contract is at 'Contract Signed' or later, at least one legal:case bears on it,"
                                + " and all that do are at 'Legal Approved' or later",
                        "(a live dcm:invoice is at 'Invoice Issued' or later or a live docflow:invoice is at 'Invoice "
                                + "Issued' or later)",
                        "(a live dcm:closeout is at 'Closeout Completed' or later or (a live docflow:contract is at "
                                + "'Act Completed' or later and every live docflow:contract at 'Contract Signed' or "
                                + "later is at 'Act Completed' or later))");
    }

    private static RuleSet rules(Stage... stages) {
        return new RuleSet("test", 1, KINDS, List.of(stages));
    }

    private static RuleSetException refused(Stage... stages) {
        return Objects.requireNonNull(
                catchThrowableOfType(RuleSetException.class, () -> rules(stages)), "it was accepted");
    }
}
