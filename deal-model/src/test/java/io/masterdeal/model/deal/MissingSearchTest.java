package io.masterdeal.model.deal;

import static io.masterdeal.model.proof.RuleSets.ACT;
import static io.masterdeal.model.proof.RuleSets.APPROVED;
import static io.masterdeal.model.proof.RuleSets.CASE;
import static io.masterdeal.model.proof.RuleSets.CLOSEOUT;
import static io.masterdeal.model.proof.RuleSets.CONTRACT;
import static io.masterdeal.model.proof.RuleSets.DEFAULT;
import static io.masterdeal.model.proof.RuleSets.KINDS;
import static io.masterdeal.model.proof.RuleSets.NO_ACT_MISSING;
import static io.masterdeal.model.proof.RuleSets.PLAN;
import static io.masterdeal.model.proof.RuleSets.STRICT_TABLE;
import static io.masterdeal.model.proof.Told.CASE2;
import static io.masterdeal.model.proof.Told.DEAL;
import static io.masterdeal.model.proof.Told.K1;
import static io.masterdeal.model.proof.Told.K2;
import static io.masterdeal.model.proof.Told.START;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.proof.Told;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.Condition.All;
import io.masterdeal.model.rules.Condition.Any;
import io.masterdeal.model.rules.Condition.Ever;
import io.masterdeal.model.rules.Condition.Every;
import io.masterdeal.model.rules.Condition.Some;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which facts would have to come for a stage. */
class MissingSearchTest {

    private static final String CASE1 = Told.CASE;

    private static final Fact CREATED = START.getFirst();

    @Test
    void a_stage_that_holds_misses_nothing() {
        Missing missing = missing(DEFAULT, "briefed", START);

        assertThat(missing.holds()).isTrue();
        assertThat(missing.alternatives()).isEmpty();
        assertThat(missing.truncated()).isFalse();
    }

    @Test
    void a_status_that_the_deal_never_had_is_missing() {
        assertThat(alternatives(DEFAULT, "briefed", CREATED)).containsExactly("crm:deal:D1 at 'Brief Submitted'");
        assertThat(alternatives(DEFAULT, "lead_created", fact(1, DEAL, "Offer Sent", 1, 1)))
                .containsExactly("crm:deal:D1 at 'Deal Created'");
    }

    @Test
    void an_object_that_is_short_of_a_status_or_a_new_one_is_missing() {
        assertThat(alternatives(
                        DEFAULT,
                        "offer_ready",
                        CREATED,
                        fact(2, "media:mediaplan:P1", "Plan Draft", 1, 2, DEAL),
                        fact(3, "media:mediaplan:P2", null, 1, 2, DEAL),
                        fact(4, "media:mediaplan:P3", "Plan Cancelled", 1, 2, DEAL)))
                .containsExactly(
                        "crm:deal:D1 at 'Brief Submitted', media:mediaplan:P1 at 'Plan Ready'",
                        "crm:deal:D1 at 'Brief Submitted', media:mediaplan:P2 at 'Plan Ready'",
                        "crm:deal:D1 at 'Brief Submitted', a new media:mediaplan for crm:deal:D1 at 'Plan Ready'");
    }

    @Test
    void a_signed_contract_misses_its_first_case() {
        assertThat(alternatives(DEFAULT, "contracting", CREATED, fact(2, K1, "Contract Signed", 1, 2, DEAL)))
                .containsExactly(
                        "a new legal:case for docflow:contract:K1 at 'Legal Approved'",
                        "a new docflow:contract for crm:deal:D1 at 'Contract Signed',"
                                + " a new legal:case for new object 1 at 'Legal Approved'");
    }

    @Test
    void every_case_that_bears_on_a_contract_has_to_be_approved() {
        assertThat(alternatives(
                        DEFAULT,
                        "contracting",
                        CREATED,
                        fact(2, K1, "Contract Drafted", 1, 2, DEAL),
                        fact(3, CASE1, "Legal Rejected", 1, 2, K1),
                        fact(4, CASE2, "Legal Started", 1, 2, DEAL)))
                .containsExactly(
                        "legal:case:L2 at 'Legal Approved', a new docflow:contract for crm:deal:D1 at 'Contract Signed'",
                        "docflow:contract:K1 at 'Contract Signed', legal:case:L1 at 'Legal Approved',"
                                + " legal:case:L2 at 'Legal Approved'");
    }

    @Test
    void each_contract_without_an_act_is_missing() {
        assertThat(alternatives(
                        DEFAULT,
                        "closed",
                        CREATED,
                        fact(2, K1, "Contract Signed", 1, 2, DEAL),
                        fact(3, K2, "Contract Signed", 1, 2, DEAL)))
                .containsExactly(
                        "a new dcm:closeout for crm:deal:D1 at 'Closeout Completed'",
                        "docflow:contract:K1 at 'Act Completed', docflow:contract:K2 at 'Act Completed'");
    }

    @Test
    void a_new_object_of_one_part_that_another_part_would_refuse_comes_at_a_later_status() {
        RuleSet rules = rules(new All(List.of(new Some(CONTRACT, "Contract Signed"), NO_ACT_MISSING)));

        assertThat(alternatives(rules, "stage", CREATED))
                .containsExactly("a new docflow:contract for crm:deal:D1 at 'Act Completed'");
    }

    @Test
    void one_new_case_serves_two_parts() {
        RuleSet rules = rules(new All(List.of(new Some(CASE, "Legal Started"), APPROVED)));

        assertThat(alternatives(rules, "stage", CREATED, fact(2, K1, "Contract Signed", 1, 2, DEAL)))
                .startsWith(
                        "a new legal:case for crm:deal:D1 at 'Legal Approved'",
                        "a new legal:case for docflow:contract:K1 at 'Legal Approved'");
    }

    @Test
    void an_earlier_status_of_the_deal_that_would_take_a_later_one_away_is_followed_by_it() {
        RuleSet rules =
                rules(new All(List.of(new Ever("Deal Created", false), new Some(ObjectKind.DEAL, "Offer Sent"))));

        assertThat(alternatives(rules, "stage", fact(1, DEAL, "Offer Sent", 1, 1)))
                .containsExactly("crm:deal:D1 at 'Deal Created', crm:deal:D1 at 'Offer Sent'");
    }

    @Test
    void a_later_status_spares_an_earlier_one() {
        RuleSet rules =
                rules(new All(List.of(new Ever("Brief Submitted", true), new Some(ObjectKind.DEAL, "Offer Sent"))));

        assertThat(alternatives(rules, "stage", CREATED)).containsExactly("crm:deal:D1 at 'Offer Sent'");
    }

    @Test
    void a_deal_that_is_only_named_misses_its_own_status() {
        assertThat(alternatives(DEFAULT, "briefed", fact(1, K1, "Contract Signed", 1, 1, DEAL)))
                .containsExactly("crm:deal:D1 at 'Brief Submitted'");
    }

    @Test
    void of_any_the_alternatives_with_the_fewest_facts_come_first() {
        RuleSet rules = rules(new Any(List.of(
                new All(List.of(new Some(PLAN, "Plan Ready"), new Ever("Offer Sent", true))),
                new Some(CLOSEOUT, "Closeout Completed"))));

        assertThat(alternatives(rules, "stage", CREATED))
                .containsExactly(
                        "a new dcm:closeout for crm:deal:D1 at 'Closeout Completed'",
                        "crm:deal:D1 at 'Offer Sent', a new media:mediaplan for crm:deal:D1 at 'Plan Ready'");
    }

    @Test
    void a_product_of_alternatives_is_bounded_and_says_so() {
        List<Fact> facts = new ArrayList<>(List.of(CREATED));
        for (ObjectKind kind : List.of(PLAN, CONTRACT, CASE, CLOSEOUT)) {
            IntStream.range(0, 12).forEach(i -> facts.add(fact(facts.size() + 1, kind + ":" + i, null, 1, 1, DEAL)));
        }
        RuleSet rules = rules(new All(List.of(
                new Some(PLAN, "Plan Ready"),
                new Some(CONTRACT, "Contract Drafted"),
                new Some(CASE, "Legal Started"),
                new Some(CLOSEOUT, "Closeout Completed"))));

        Missing missing = missing(rules, "stage", facts);

        assertThat(missing.alternatives())
                .hasSize(MissingSearch.MOST_ALTERNATIVES)
                .allMatch(it -> it.size() == 4);
        assertThat(missing.truncated()).isTrue();
        assertThat(missing.complete()).isFalse();
    }

    @Test
    void many_objects_are_bounded_and_one_alternative_is_found_at_least() {
        List<Fact> facts = new ArrayList<>(List.of(CREATED));
        for (int i = 0; i < 250; i++) {
            facts.add(fact(facts.size() + 1, CONTRACT + ":" + i, "Contract Signed", 1, 1, DEAL));
            facts.add(fact(facts.size() + 1, CASE + ":" + i, "Legal Started", 1, 1, CONTRACT + ":" + i));
        }

        Missing contracting = missing(DEFAULT, "contracting", facts);
        Missing acts = missing(rules(new All(List.of(ACT, NO_ACT_MISSING))), "stage", facts);

        assertThat(contracting.alternatives()).isNotEmpty();
        assertThat(contracting.alternatives().getFirst()).hasSize(1);
        assertThat(contracting.truncated()).isTrue();
        assertThat(acts.alternatives().getFirst()).hasSize(250);
    }

    @Test
    void thousands_of_facts_are_each_shown_to_be_needed_within_seconds() {
        List<Fact> facts = new ArrayList<>(List.of(CREATED));
        for (int i = 0; i < 3_000; i++) {
            facts.add(fact(facts.size() + 1, CONTRACT + ":" + i, "Contract Signed", 1, 1, DEAL));
        }

        Missing closed = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> missing(DEFAULT, "closed", facts));

        assertThat(closed.alternatives()).extracting(List::size).containsExactly(1, 3_000);
    }

    @Test
    void every_selected_object_of_a_later_status_is_raised() {
        RuleSet rules = rules(new Every(PLAN, "Plan Draft", "Plan Ready"));

        assertThat(alternatives(rules, "stage", fact(1, "media:mediaplan:P1", "Plan Draft", 1, 2, DEAL)))
                .containsExactly("media:mediaplan:P1 at 'Plan Ready'");
    }

    @Test
    void what_is_unmet_names_the_objects_that_are_short_of_it() {
        List<Fact> facts = List.of(
                CREATED,
                fact(2, K1, "Contract Signed", 1, 2, DEAL),
                fact(3, K2, "Contract Drafted", 1, 2, DEAL),
                fact(4, CASE1, "Legal Rejected", 1, 2, K1));
        ObjectKey root = new ObjectKey(DEAL);
        DealState state = DealFold.of(root, DEFAULT, facts).state();

        List<Unmet> closed = Unmet.of(root, DEFAULT, state, DEFAULT.stages().getLast());
        List<Unmet> contracting =
                Unmet.of(root, DEFAULT, state, DEFAULT.stages().get(3));

        assertThat(Unmet.of(root, DEFAULT, state, DEFAULT.stages().getFirst())).isEmpty();
        assertThat(contracting)
                .containsExactly(
                        new Unmet(APPROVED, List.of(new ObjectKey(K2)), List.of(new ObjectKey(CASE1)), List.of()));
        assertThat(closed).hasSize(1);
        assertThat(closed.getFirst().parts().get(1).parts())
                .containsExactly(
                        new Unmet(ACT, List.of(new ObjectKey(K1), new ObjectKey(K2)), List.of(), List.of()),
                        new Unmet(NO_ACT_MISSING, List.of(new ObjectKey(K1)), List.of(), List.of()));
    }

    @Test
    void a_stage_of_another_rule_set_is_refused() {
        assertThat(alternatives(STRICT_TABLE, "contracting", fact(1, K1, "Contract Drafted", 1, 2, DEAL)))
                .first()
                .isEqualTo("docflow:contract:K1 at 'Contract Signed'");
        assertThatThrownBy(() -> missing(DEFAULT, "no such stage", START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such stage");
    }

    private static RuleSet rules(Condition condition) {
        return new RuleSet("test", 1, KINDS, List.of(new Stage("stage", condition)));
    }

    private static Missing missing(RuleSet rules, String stage, List<Fact> facts) {
        ObjectKey root = new ObjectKey(DEAL);
        return MissingSearch.of(root, rules, DealFold.of(root, rules, facts).state(), stage);
    }

    private static List<String> alternatives(RuleSet rules, String stage, Fact... facts) {
        Missing missing = missing(rules, stage, with(List.of(), facts));
        assertThat(missing.truncated()).isFalse();
        return missing.alternatives().stream()
                .map(it ->
                        String.join(", ", it.stream().map(MissingFact::describe).toList()))
                .toList();
    }
}
