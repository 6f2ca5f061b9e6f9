package io.masterdeal.model.deal;

import static io.masterdeal.model.proof.RuleSets.DEFAULT;
import static io.masterdeal.model.proof.RuleSets.STRICT_PIPELINE;
import static io.masterdeal.model.proof.RuleSets.STRICT_TABLE;
import static io.masterdeal.model.proof.Told.CASE;
import static io.masterdeal.model.proof.Told.CASE2;
import static io.masterdeal.model.proof.Told.CLOSEOUT;
import static io.masterdeal.model.proof.Told.DEAL;
import static io.masterdeal.model.proof.Told.INVOICE;
import static io.masterdeal.model.proof.Told.K1;
import static io.masterdeal.model.proof.Told.K2;
import static io.masterdeal.model.proof.Told.PLAN;
import static io.masterdeal.model.proof.Told.START;
import static io.masterdeal.model.proof.Told.TABLE;
import static io.masterdeal.model.proof.Told.answer;
import static io.masterdeal.model.proof.Told.deal;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.finding;
import static io.masterdeal.model.proof.Told.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rulings 8 to 13, one test per sentence: the meaning of statuses, the conditions of stages, outcomes, and sorting. */
class StageRulingsTest {

    /** It bears on every contract of the deal. */
    private static final Fact APPROVED = fact(90, CASE, "Legal Approved", 1, 1, DEAL);

    private static final Fact SIGNED = fact(91, K1, "Contract Signed", 1, 1, DEAL);

    // Ruling 8: statuses.

    @ParameterizedTest
    @CsvSource({
        "media:mediaplan:1, Plan Draft, false, false",
        "media:mediaplan:1, Plan Ready, true, true",
        "media:mediaplan:1, Plan Cancelled, false, false",
        "media:mediaplan:1, Something Else, false, false",
        "media:mediaplan:1, Contract Signed, false, false",
        "media:placement:1, Plan Ready, false, false",
    })
    void a_plan_counts_if_it_is_live_and_at_ready_or_past_it(
            String key, String status, boolean inDefault, boolean inTable) {
        Fact plan = fact(5, key, status, 1, 5, DEAL);
        Fact sent = fact(6, DEAL, "Offer Sent", 9, 6);

        assertThat(holds(DEFAULT, "offer_ready", START.get(0), START.get(1), plan))
                .isEqualTo(inDefault);
        assertThat(holds(STRICT_TABLE, "offer_ready", plan, sent)).isEqualTo(inTable);
    }

    @ParameterizedTest
    @CsvSource({
        "Contract Drafted, false, false",
        "Contract Signed, true, false",
        "Act Completed, true, true",
        "Contract Rejected, false, false",
        "Contract Cancelled, false, false",
        "Something Else, false, false",
    })
    void a_contract_counts_as_signed_with_its_act_too(String status, boolean signed, boolean closed) {
        Fact contract = fact(5, K1, status, 1, 5, DEAL);

        assertThat(holds(DEFAULT, "contracting", APPROVED, contract)).isEqualTo(signed);
        assertThat(holds(STRICT_PIPELINE, "contracting", APPROVED, contract)).isEqualTo(signed);
        assertThat(holds(STRICT_TABLE, "contracting", contract)).isEqualTo(signed);
        assertThat(holds(DEFAULT, "closed", contract)).isEqualTo(closed);
        assertThat(holds(STRICT_TABLE, "closed", contract)).isEqualTo(closed);
        assertThat(holds(STRICT_PIPELINE, "closed", contract)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "dcm:invoice:1, Invoice Issued, true, false, true",
        "dcm:invoice:1, Invoice Paid, true, false, true",
        "dcm:invoice:1, Invoice Cancelled, false, false, false",
        "docflow:invoice:1, Invoice Issued, true, true, false",
        "docflow:invoice:1, Invoice Paid, true, true, false",
        "docflow:invoice:1, Invoice Cancelled, false, false, false",
    })
    void an_invoice_of_the_system_that_the_rule_set_looks_at_is_closing(
            String key, String status, boolean inDefault, boolean inTable, boolean inPipeline) {
        Fact invoice = fact(5, key, status, 1, 5, DEAL);

        assertThat(holds(DEFAULT, "closing", invoice)).isEqualTo(inDefault);
        assertThat(holds(STRICT_TABLE, "closing", invoice)).isEqualTo(inTable);
        assertThat(holds(STRICT_PIPELINE, "closing", invoice)).isEqualTo(inPipeline);
    }

    @Test
    void a_closeout_closes_but_not_in_the_table() {
        Fact closeout = fact(5, CLOSEOUT, "Closeout Completed", 1, 5, DEAL);

        assertThat(holds(DEFAULT, "closed", closeout)).isTrue();
        assertThat(holds(STRICT_PIPELINE, "closed", closeout)).isTrue();
        assertThat(holds(STRICT_TABLE, "closed", closeout)).isFalse();
    }

    @Test
    void a_status_nobody_listed_replaces_the_one_before() {
        Fact issued = fact(5, INVOICE, "Invoice Issued", 1, 5, DEAL);

        assertThat(stage(DEFAULT, issued, fact(6, INVOICE, "Invoice Under Review", 2, 6)))
                .isEqualTo("none");
    }

    @Test
    void a_cancelled_invoice_goes_back() {
        Fact issued = fact(5, INVOICE, "Invoice Issued", 1, 5, DEAL);

        assertThat(stage(DEFAULT, issued)).isEqualTo("closing");
        assertThat(stage(DEFAULT, issued, fact(6, INVOICE, "Invoice Cancelled", 2, 6)))
                .isEqualTo("none");
    }

    @Test
    void kinds_and_objects_nobody_declared_are_kept_and_decide_nothing() {
        Deal deal = deal(DEFAULT, with(START, fact(8, "task:task:1", "Contract Signed", 1, 8, DEAL)));

        assertThat(deal.stage()).isEqualTo("offer_ready");
        assertThat(deal.facts()).isEqualTo(4);
        assertThat(deal.objects()).containsKey(new ObjectKey("task:task:1"));
    }

    // Ruling 9: what the root ever was.

    @ParameterizedTest
    @CsvSource({
        "Deal Created, true, false, false",
        "Brief Submitted, false, true, false",
        "Offer Sent, false, true, true",
        "Deal Lost, false, false, false",
        "Something Else, false, false, false",
    })
    void created_needs_itself_and_briefed_takes_later_statuses_too(
            String status, boolean created, boolean briefed, boolean offered) {
        Fact plan = fact(3, PLAN, "Plan Ready", 1, 3, DEAL);
        for (RuleSet rules : RuleSets.ALL) {
            assertThat(holds(rules, "lead_created", fact(1, DEAL, status, 1, 1)))
                    .isEqualTo(created);
            assertThat(holds(rules, "briefed", fact(1, DEAL, status, 1, 1))).isEqualTo(briefed);
        }
        assertThat(holds(STRICT_TABLE, "offer_ready", plan, fact(1, DEAL, status, 1, 1)))
                .isEqualTo(offered);
    }

    @Test
    void what_the_root_ever_was_stays_whatever_came_after_and_whichever_version_it_was() {
        Deal deal = deal(
                DEFAULT,
                List.of(
                        fact(1, DEAL, "Deal Lost", 9, 1),
                        fact(2, DEAL, "Brief Submitted", 1, 2),
                        fact(3, DEAL, "Deal Created", 2, 3)));

        assertThat(deal.stage()).isEqualTo("briefed");
        assertThat(deal.gaps()).isEmpty();
        assertThat(deal.outcome()).isEqualTo(Outcome.LOST);
    }

    @Test
    void ever_looks_at_the_root_alone() {
        assertThat(stage(
                        DEFAULT, fact(1, K1, "Brief Submitted", 1, 1, DEAL), fact(2, PLAN, "Deal Created", 1, 1, DEAL)))
                .isEqualTo("none");
    }

    // Ruling 10: legal approval.

    @Test
    void a_contract_that_legal_has_not_approved_is_not_contracting() {
        assertThat(stage(DEFAULT, SIGNED)).isEqualTo("none");
        assertThat(stage(STRICT_PIPELINE, SIGNED)).isEqualTo("none");
        assertThat(stage(STRICT_TABLE, SIGNED)).isEqualTo("contracting");
    }

    @ParameterizedTest
    @CsvSource({"Legal Started", "Legal Rejected", "Something Else"})
    void one_case_of_two_that_is_not_approved_holds_its_contract_back(String status) {
        List<Fact> held = List.of(SIGNED, fact(2, CASE, status, 1, 2, K1), fact(3, CASE2, "Legal Approved", 1, 2, K1));

        assertThat(deal(DEFAULT, held).stage()).isEqualTo("none");
        assertThat(deal(
                                DEFAULT,
                                with(
                                        held,
                                        fact(4, K2, "Contract Signed", 1, 3, DEAL),
                                        fact(5, "legal:case:L3", "Legal Approved", 1, 3, K2)))
                        .stage())
                .as("but not another contract of the deal")
                .isEqualTo("contracting");
    }

    @Test
    void a_case_that_reaches_no_contract_bears_on_all_of_them() {
        Fact other = fact(4, K2, "Contract Signed", 1, 1, DEAL);
        Fact open = fact(5, CASE2, "Legal Started", 1, 1, DEAL);

        assertThat(stage(DEFAULT, SIGNED, other, APPROVED)).isEqualTo("contracting");
        assertThat(stage(DEFAULT, SIGNED, other, APPROVED, open)).isEqualTo("none");
    }

    @Test
    void a_case_bears_on_a_contract_it_reaches_over_other_objects() {
        Fact dossier = fact(6, "docflow:dossier:1", null, 1, 9, K1);
        Fact open = fact(7, CASE2, "Legal Started", 1, 1, "docflow:dossier:1");
        Fact other = fact(8, K2, "Contract Signed", 1, 1, DEAL);
        Fact approvedOther = fact(9, CASE, "Legal Approved", 1, 1, K2);

        assertThat(stage(DEFAULT, SIGNED, APPROVED, dossier, open)).isEqualTo("none");
        assertThat(stage(DEFAULT, SIGNED, dossier, open, other, approvedOther)).isEqualTo("contracting");
    }

    @Test
    void a_case_without_a_status_bears_on_nothing() {
        assertThat(stage(DEFAULT, SIGNED, APPROVED, fact(5, CASE2, null, 1, 1, K1)))
                .isEqualTo("contracting");
    }

    @Test
    void a_case_of_a_contract_not_yet_heard_of_holds_no_other_contract_back() {
        Deal deal = deal(
                DEFAULT,
                List.of(
                        SIGNED,
                        fact(2, CASE, "Legal Approved", 1, 1, K1),
                        fact(3, CASE2, "Legal Started", 1, 2, K2),
                        fact(5, K2, "Contract Drafted", 1, 3, DEAL)));

        assertThat(deal.timeline())
                .singleElement()
                .satisfies(step -> assertThat(step.stage()).isEqualTo("contracting"));
    }

    @Test
    void a_case_of_a_contract_of_another_deal_reaches_none_of_this_one() {
        List<Fact> facts = List.of(
                SIGNED,
                fact(2, CASE, "Legal Approved", 1, 1, K2, DEAL),
                fact(3, K2, "Contract Drafted", 1, 1, "crm:deal:D2"));

        assertThat(deal(DEAL, answer(DEFAULT, facts)).stage()).isEqualTo("contracting");
    }

    @Test
    void a_case_that_comes_later_takes_the_stage_away_until_it_is_approved() {
        Deal deal = deal(
                DEFAULT,
                List.of(
                        SIGNED,
                        APPROVED,
                        fact(3, CASE2, "Legal Started", 1, 2, K1),
                        fact(4, CASE2, "Legal Approved", 2, 3)));

        assertThat(deal.timeline().stream().map(TimelineStep::stage))
                .containsExactly("contracting", "none", "contracting");
    }

    // Ruling 11: closed by acts.

    @Test
    void a_forgotten_draft_does_not_keep_a_deal_from_closing_by_acts() {
        assertThat(stage(
                        DEFAULT, fact(1, K1, "Contract Drafted", 1, 1, DEAL), fact(2, K2, "Act Completed", 1, 2, DEAL)))
                .isEqualTo("closed");
    }

    @Test
    void a_signed_contract_without_its_act_does_keep_it_but_not_in_the_table() {
        Fact act = fact(2, K2, "Act Completed", 1, 2, DEAL);

        assertThat(stage(DEFAULT, SIGNED, act)).isEqualTo("none");
        assertThat(stage(STRICT_TABLE, SIGNED, act)).isEqualTo("closed");
        assertThat(stage(DEFAULT, SIGNED, act, fact(3, K1, "Contract Cancelled", 2, 3)))
                .isEqualTo("closed");
    }

    @Test
    void a_deal_without_a_live_contract_does_not_close_by_acts() {
        assertThat(stage(DEFAULT, fact(1, K1, "Contract Cancelled", 1, 1, DEAL)))
                .isEqualTo("none");
        assertThat(stage(DEFAULT, START.get(0))).isEqualTo("lead_created");
    }

    // Ruling 12: outcomes.

    @Test
    void an_unfinished_deal_is_open_and_a_closed_one_is_won() {
        assertThat(deal(DEFAULT, START).outcome()).isEqualTo(Outcome.OPEN);
        assertThat(deal(DEFAULT, TABLE).outcome()).isEqualTo(Outcome.WON);
        assertThat(deal(DEFAULT, TABLE).isContradictory("closed")).isFalse();
    }

    @Test
    void a_lost_deal_keeps_its_stage_and_is_no_contradiction() {
        Deal deal = deal(DEFAULT, with(START, fact(8, DEAL, "Deal Lost", 4, 8)));

        assertThat(deal.stage()).isEqualTo("offer_ready");
        assertThat(deal.outcome()).isEqualTo(Outcome.LOST);
        assertThat(deal.isContradictory("closed")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Deal Lost, LOST", "Deal Cancelled, CANCELLED"})
    void cancelled_and_lost_go_before_won_and_show_as_a_contradiction(String status, Outcome outcome) {
        Deal deal = deal(DEFAULT, with(TABLE, fact(8, DEAL, status, 4, 8)));

        assertThat(deal.stage()).isEqualTo("closed");
        assertThat(deal.outcome()).isEqualTo(outcome);
        assertThat(deal.isContradictory("closed")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Offer Sent", "Deal Reopened"})
    void a_newer_event_of_the_root_reopens_a_lost_deal(String status) {
        List<Fact> lost = with(START, fact(8, DEAL, "Deal Lost", 4, 8));

        assertThat(deal(DEFAULT, with(lost, fact(9, DEAL, status, 5, 9))).outcome())
                .isEqualTo(Outcome.OPEN);
        assertThat(deal(DEFAULT, with(lost, fact(9, DEAL, status, 3, 9))).outcome())
                .as("an older version does not")
                .isEqualTo(Outcome.LOST);
        assertThat(deal(DEFAULT, with(lost, fact(9, DEAL, null, 5, 9))).outcome())
                .as("nor does an event without a status")
                .isEqualTo(Outcome.LOST);
    }

    @Test
    void only_the_root_says_how_a_deal_ends() {
        assertThat(deal(DEFAULT, with(START, fact(8, K1, "Deal Lost", 4, 8, DEAL)))
                        .outcome())
                .isEqualTo(Outcome.OPEN);
    }

    // Ruling 13: sorting.

    @Test
    void deals_orphans_and_objects_sort_by_utf_8_bytes() {
        List<String> names = List.of("B", "a", "\u00E9", "\uFF21", "\uD83D\uDE00");
        List<Fact> facts = new ArrayList<>();
        for (int i = names.size() - 1; i >= 0; i--) {
            facts.add(fact(i, "crm:deal:" + names.get(i), null, 1, 1));
            facts.add(fact(10 + i, "task:task:" + names.get(i), null, 1, 1));
            facts.add(fact(20 + i, "media:mediaplan:" + names.get(i), null, 1, 1, "crm:deal:a"));
        }

        Answers answers = answer(DEFAULT, facts);

        assertThat(answers.deals().keySet())
                .extracting(ObjectKey::value)
                .containsExactlyElementsOf(prefixed("crm:deal:", names));
        assertThat(answers.orphans().keySet())
                .extracting(ObjectKey::value)
                .containsExactlyElementsOf(prefixed("task:task:", names));
        assertThat(deal("crm:deal:a", answers).objects().keySet())
                .extracting(ObjectKey::value)
                .startsWith("crm:deal:a")
                .endsWith(prefixed("media:mediaplan:", names).toArray(String[]::new));
    }

    private static List<String> prefixed(String prefix, List<String> names) {
        return names.stream().map(prefix::concat).toList();
    }

    private static String stage(RuleSet rules, Fact... facts) {
        return deal(rules, List.of(facts)).stage();
    }

    private static boolean holds(RuleSet rules, String stage, Fact... facts) {
        return finding(stage, deal(rules, List.of(facts))).holds();
    }
}
