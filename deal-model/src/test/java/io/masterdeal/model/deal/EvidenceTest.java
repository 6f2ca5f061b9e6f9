package io.masterdeal.model.deal;

import static io.masterdeal.model.proof.RuleSets.CASE;
import static io.masterdeal.model.proof.RuleSets.CONTRACT;
import static io.masterdeal.model.proof.RuleSets.DEFAULT;
import static io.masterdeal.model.proof.RuleSets.STRICT_TABLE;
import static io.masterdeal.model.proof.Told.CASE2;
import static io.masterdeal.model.proof.Told.CLOSEOUT;
import static io.masterdeal.model.proof.Told.DEAL;
import static io.masterdeal.model.proof.Told.INVOICE;
import static io.masterdeal.model.proof.Told.K1;
import static io.masterdeal.model.proof.Told.K2;
import static io.masterdeal.model.proof.Told.PLAN;
import static io.masterdeal.model.proof.Told.START;
import static io.masterdeal.model.proof.Told.deal;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.factsOf;
import static io.masterdeal.model.proof.Told.finding;
import static io.masterdeal.model.proof.Told.id;
import static io.masterdeal.model.proof.Told.ids;
import static io.masterdeal.model.proof.Told.linkOnly;
import static io.masterdeal.model.proof.Told.with;
import static io.masterdeal.model.proof.Told.withId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.model.EventIdOrder;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Statement;
import io.masterdeal.model.proof.RandomHistory;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.proof.Run;
import io.masterdeal.model.proof.Told;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.model.rules.StatusModel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Evidence names the facts that decide: no more than needed, always the same ones, and enough. */
class EvidenceTest {

    private static final String APPROVER = "legal:case:L1";

    private static final UUID LOW = UUID.fromString("10000000-0000-0000-0000-000000000000");

    /** Greater as a text; smaller where bits are taken as signed. */
    private static final UUID HIGH = UUID.fromString("f0000000-0000-0000-0000-000000000000");

    @Test
    void of_several_ways_the_one_with_fewer_facts_is_named() {
        Fact act1 = fact(1, K1, "Act Completed", 1, 1, DEAL);
        Fact act2 = fact(2, K2, "Act Completed", 1, 1, DEAL);
        Fact closeout = fact(3, CLOSEOUT, "Closeout Completed", 1, 1, DEAL);

        assertThat(evidence("closed", act1, act2)).isEqualTo(ids(1, 2));
        assertThat(evidence("closed", act1, act2, closeout)).isEqualTo(ids(3));
    }

    @Test
    void of_equally_many_the_one_with_the_lower_id_is_named() {
        Fact high = withId(HIGH, fact(1, PLAN, "Plan Ready", 1, 1, DEAL));
        Fact low = withId(LOW, fact(1, "media:mediaplan:P2", "Plan Ready", 1, 9, DEAL));
        Fact brief = withId(new UUID(-1, 0), fact(1, DEAL, "Brief Submitted", 1, 1));

        assertThat(evidence("offer_ready", brief, high, low)).containsExactly(LOW, brief.eventId());
    }

    @Test
    void of_contracts_the_one_that_needs_fewer_facts_is_named() {
        assertThat(evidence(
                        "contracting",
                        fact(1, K1, "Contract Signed", 1, 1, DEAL),
                        fact(2, APPROVER, "Legal Approved", 1, 1, K1),
                        fact(3, CASE2, "Legal Approved", 1, 1, K1),
                        fact(4, K2, "Contract Signed", 1, 1, DEAL),
                        fact(5, "legal:case:L3", "Legal Approved", 1, 1, K2)))
                .isEqualTo(ids(4, 5));
    }

    @Test
    void all_cases_that_bear_on_the_contract_are_named() {
        assertThat(evidence(
                        "contracting",
                        fact(1, K1, "Contract Signed", 1, 1, DEAL),
                        fact(2, APPROVER, "Legal Approved", 1, 1, K1),
                        fact(3, CASE2, "Legal Approved", 1, 1, DEAL)))
                .isEqualTo(ids(1, 2, 3));
    }

    @Test
    void what_the_root_ever_was_is_told_by_the_fact_that_happened_first() {
        assertThat(evidence(
                        "briefed",
                        fact(1, DEAL, "Offer Sent", 0, 3),
                        fact(5, DEAL, "Brief Submitted", 0, 4),
                        fact(2, DEAL, "Brief Submitted", 9, 2),
                        fact(3, DEAL, "Brief Submitted", 1, 2),
                        fact(4, DEAL, "Deal Created", 0, 1)))
                .isEqualTo(ids(3));
    }

    @Test
    void the_current_fact_is_named_not_the_first_with_that_status() {
        assertThat(evidence(
                        "closing",
                        fact(1, INVOICE, "Invoice Issued", 1, 1, DEAL),
                        fact(2, INVOICE, "Invoice Issued", 2, 2)))
                .isEqualTo(ids(2));
    }

    @Test
    void a_new_case_that_takes_the_stage_away_is_named() {
        Deal deal = deal(
                DEFAULT,
                List.of(
                        fact(1, K1, "Contract Signed", 1, 1, DEAL),
                        fact(2, APPROVER, "Legal Approved", 1, 1, K1),
                        fact(3, K2, "Contract Drafted", 1, 1, DEAL),
                        fact(4, CASE2, "Legal Started", 1, 2, K1)));

        assertThat(deal.timeline().getLast())
                .isEqualTo(new TimelineStep("none", Told.day(2), Direction.BACKWARD, ids(3, 4)));
    }

    @Test
    void a_contract_signed_anew_that_reopens_a_deal_is_named() {
        Deal deal = deal(
                DEFAULT, List.of(fact(1, K1, "Act Completed", 1, 1, DEAL), fact(2, K2, "Contract Signed", 1, 2, DEAL)));

        assertThat(deal.timeline().getLast().evidence()).isEqualTo(ids(2));
    }

    @Test
    void a_case_that_counts_no_more_and_so_takes_the_stage_away_is_named() {
        Deal deal = deal(
                withDeadCases(),
                List.of(
                        fact(1, K1, "Contract Signed", 1, 1, DEAL),
                        fact(2, APPROVER, "Legal Approved", 1, 1, K1),
                        fact(3, APPROVER, "Legal Closed", 2, 2)));

        assertThat(deal.timeline().getLast())
                .isEqualTo(new TimelineStep("none", Told.day(2), Direction.BACKWARD, ids(3)));
    }

    @Test
    void a_case_that_counts_no_more_bears_on_nothing() {
        Deal deal = deal(
                withDeadCases(),
                List.of(
                        fact(1, K1, "Contract Signed", 1, 1, DEAL),
                        fact(2, APPROVER, "Legal Approved", 1, 1, K1),
                        fact(3, CASE2, "Legal Closed", 1, 1, K1)));

        assertThat(finding("contracting", deal).holds()).isTrue();
        assertThat(finding("contracting", deal).evidence()).isEqualTo(ids(1, 2));
    }

    private static RuleSet withDeadCases() {
        Map<ObjectKind, StatusModel> kinds = new HashMap<>(RuleSets.KINDS);
        kinds.put(
                CASE,
                new StatusModel(
                        List.of("Legal Started", "Legal Approved"), Set.of("Legal Closed"), Map.of(), Set.of()));
        return new RuleSet("with dead cases", 1, kinds, List.of(new Stage("contracting", RuleSets.APPROVED)));
    }

    @Test
    void one_missing_part_is_enough_to_say_why_not() {
        Deal deal = deal(
                DEFAULT,
                List.of(fact(1, K1, "Contract Signed", 1, 1, DEAL), fact(2, K2, "Contract Signed", 1, 1, DEAL)));

        assertThat(finding("closed", deal).evidence())
                .containsExactly(
                        Stream.of(id(1), id(2)).min(EventIdOrder.INSTANCE).orElseThrow());
    }

    @Test
    void a_condition_that_does_not_hold_names_the_facts_that_stand_in_the_way() {
        Deal deal = deal(
                DEFAULT,
                with(
                        START,
                        fact(4, PLAN, "Plan Draft", 2, 4),
                        fact(5, K1, "Contract Signed", 1, 5, DEAL),
                        fact(6, APPROVER, "Legal Approved", 1, 5, K1),
                        fact(7, CASE2, "Legal Rejected", 1, 5, K1),
                        fact(8, "legal:case:L3", "Legal Started", 1, 5, K1)));

        assertThat(finding("offer_ready", deal).evidence()).isEqualTo(ids(4));
        assertThat(finding("contracting", deal).evidence())
                .containsExactly(
                        Stream.of(id(7), id(8)).min(EventIdOrder.INSTANCE).orElseThrow());
        assertThat(finding("closing", deal).evidence()).as("nothing has come").isEmpty();
        assertThat(finding("closed", deal).evidence()).isEqualTo(ids(5));
    }

    @Test
    void a_finding_says_which_parts_are_missing() {
        Deal deal = deal(DEFAULT, List.of(START.get(0)));

        assertThat(finding("lead_created", deal).unmet()).isEmpty();
        assertThat(finding("briefed", deal).unmet()).containsExactly(RuleSets.BRIEFED);
        assertThat(finding("offer_ready", deal).unmet()).containsExactly(RuleSets.BRIEFED, RuleSets.PLAN_READY);
        assertThat(finding("closing", deal).unmet())
                .containsExactly(new Condition.Any(List.of(RuleSets.DCM_ISSUED, RuleSets.DOCFLOW_ISSUED)));
        assertThat(finding("offer_ready", deal(DEFAULT, START.subList(0, 2))).unmet())
                .containsExactly(RuleSets.PLAN_READY);
        assertThat(finding("offer_ready", deal(STRICT_TABLE, START)).unmet())
                .containsExactly(new Condition.Ever("Offer Sent", true));
    }

    @Test
    void findings_are_of_every_stage_first_to_last() {
        assertThat(deal(DEFAULT, START).findings().keySet())
                .containsExactly("lead_created", "briefed", "offer_ready", "contracting", "closing", "closed");
    }

    @Test
    void an_answer_cannot_be_changed_by_who_gets_it() {
        Deal deal = deal(DEFAULT, START);

        assertThatThrownBy(() -> deal.objects().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> deal.findings().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    // Properties, over random histories.

    @Test
    void evidence_is_sorted_and_of_the_deals_own_facts() {
        overRandomDeals(false, (what, given) -> {
            Set<UUID> own = Set.copyOf(given.facts().stream().map(Fact::eventId).toList());
            Stream.concat(
                            given.deal().timeline().stream().map(TimelineStep::evidence),
                            given.deal().findings().values().stream().map(Finding::evidence))
                    .forEach(evidence -> {
                        assertThat(evidence)
                                .as(what)
                                .isSortedAccordingTo(EventIdOrder.INSTANCE)
                                .doesNotHaveDuplicates();
                        assertThat(own).as(what).containsAll(evidence);
                    });
        });
    }

    @Test
    void evidence_is_enough_for_the_condition_to_hold() {
        overRandomDeals(
                false,
                (what, given) -> given.deal().findings().forEach((stage, finding) -> {
                    if (finding.holds()) {
                        Finding reduced = given.finding(stage, given.only(finding.evidence()));
                        assertThat(reduced.holds()).as("%s, %s", what, stage).isTrue();
                        assertThat(reduced.evidence()).as("%s, %s", what, stage).isEqualTo(finding.evidence());
                    }
                }));
    }

    @Test
    void evidence_of_a_step_forward_is_enough_for_its_stage() {
        overRandomDeals(
                false,
                (what, given) -> given.deal().timeline().forEach(step -> {
                    if (step.direction() == Direction.FORWARD) {
                        assertThat(given.finding(step.stage(), given.only(step.evidence()))
                                        .holds())
                                .as("%s, %s", what, step)
                                .isTrue();
                    }
                }));
    }

    @Test
    void no_fact_of_the_evidence_can_be_spared() {
        Set<String> withoutEvery = Set.of("lead_created", "briefed", "offer_ready", "closing");
        overRandomDeals(
                false,
                (what, given) -> given.deal().findings().forEach((stage, finding) -> {
                    if (finding.holds() && withoutEvery.contains(stage)) {
                        for (UUID spared : finding.evidence()) {
                            List<UUID> rest = finding.evidence().stream()
                                    .filter(it -> !it.equals(spared))
                                    .toList();
                            assertThat(given.finding(stage, given.only(rest)).holds())
                                    .as("%s, %s without %s", what, stage, spared)
                                    .isFalse();
                        }
                    }
                }));
    }

    @Test
    void every_step_names_a_fact_of_its_instant() {
        overRandomDeals(
                true,
                (what, given) -> given.deal().timeline().forEach(step -> {
                    boolean byWhatNoMoreMatters =
                            given.rules().equals(DEFAULT) && step.stage().equals("closed");
                    if (!byWhatNoMoreMatters) {
                        assertThat(given.facts().stream()
                                        .filter(it -> step.evidence().contains(it.eventId())))
                                .as("%s, %s", what, step)
                                .anyMatch(it -> it.occurredAt().equals(step.effectiveAt()));
                    }
                }));
    }

    private record Given(RuleSet rules, Deal deal, List<Fact> facts) {

        /** The facts of the deal, of which all but these keep only their links. */
        List<Fact> only(Collection<UUID> evidence) {
            return facts.stream()
                    .map(it -> evidence.contains(it.eventId()) ? it : linkOnly(it))
                    .toList();
        }

        Finding finding(String stage, List<Fact> others) {
            return Told.finding(stage, DealFold.of(deal.root(), rules, others).answer());
        }
    }

    private static void overRandomDeals(boolean conflicts, BiConsumer<String, Given> check) {
        for (int seed = 1; seed <= Run.seeds(600, 10_000); seed++) {
            List<Statement> history = RandomHistory.of(seed, conflicts);
            RuleSet rules = RuleSets.ALL.get(seed % 3);
            String what = "seed " + seed + ", rule set " + rules.name() + ", ";
            Map<ObjectKey, Deal> deals = Told.answer(rules, history).deals();
            deals.forEach((root, deal) -> check.accept(what + root, new Given(rules, deal, factsOf(deal, history))));
        }
    }

    private static List<UUID> evidence(String stage, Fact... facts) {
        Finding finding = finding(stage, deal(DEFAULT, List.of(facts)));
        assertThat(finding.holds()).isTrue();
        return finding.evidence();
    }

    @Test
    void every_kind_of_condition_is_refuted_by_facts_that_exist() {
        Condition every = new Condition.Every(CONTRACT, "Contract Drafted", "Contract Signed");
        RuleSet rules = new RuleSet("every", 1, RuleSets.KINDS, List.of(new Stage("signed", every)));

        Finding finding = finding(
                "signed",
                deal(
                        rules,
                        List.of(
                                withId(HIGH, fact(1, K1, "Contract Drafted", 1, 1, DEAL)),
                                withId(LOW, fact(1, K2, "Contract Drafted", 1, 1, DEAL)))));

        assertThat(finding.holds()).isFalse();
        assertThat(finding.evidence()).as("one of them is enough").containsExactly(LOW);
        assertThat(finding.unmet()).containsExactly(every);
    }
}
