package io.masterdeal.model.deal;

import static io.masterdeal.model.proof.RuleSets.DEFAULT;
import static io.masterdeal.model.proof.Told.DEAL;
import static io.masterdeal.model.proof.Told.INVOICE;
import static io.masterdeal.model.proof.Told.K1;
import static io.masterdeal.model.proof.Told.PLAN;
import static io.masterdeal.model.proof.Told.START;
import static io.masterdeal.model.proof.Told.answer;
import static io.masterdeal.model.proof.Told.day;
import static io.masterdeal.model.proof.Told.deal;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.keys;
import static io.masterdeal.model.proof.Told.withId;
import static io.masterdeal.model.proof.Told.withMasterDealId;
import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rulings 1 to 3, one test per sentence: which deals exist, when two facts are equal, and which is the newest. */
class FactRulingsTest {

    private static final ObjectKey ROOT = new ObjectKey(DEAL);

    private static final UUID LOW = UUID.fromString("10000000-0000-0000-0000-000000000000");

    /** Greater as a text; smaller where bits are taken as signed. */
    private static final UUID HIGH = UUID.fromString("f0000000-0000-0000-0000-000000000000");

    // Ruling 1: roots.

    @Test
    void a_root_exists_as_soon_as_a_fact_is_about_it() {
        assertThat(deal(DEFAULT, List.of(fact(1, DEAL, null, null, 1))).root()).isEqualTo(ROOT);
    }

    @Test
    void a_root_exists_as_soon_as_a_fact_links_to_it() {
        Deal deal = deal(DEFAULT, List.of(fact(1, INVOICE, "Invoice Issued", 1, 1, DEAL)));

        assertThat(deal.root()).isEqualTo(ROOT);
        assertThat(deal.stage()).isEqualTo("closing");
        assertThat(deal.gaps()).containsExactly("lead_created", "briefed", "offer_ready", "contracting");
        assertThat(deal.objects().keySet()).isEqualTo(keys(INVOICE));
    }

    @Test
    void a_root_exists_even_if_only_another_root_links_to_it() {
        Answers answers = answer(DEFAULT, List.of(fact(1, "crm:deal:D2", "Deal Created", 1, 1, DEAL)));

        assertThat(answers.deals().keySet()).isEqualTo(keys(DEAL, "crm:deal:D2"));
        assertThat(deal(DEAL, answers).facts()).isZero();
    }

    @Test
    void roots_do_not_nest() {
        Answers answers = answer(
                DEFAULT,
                List.of(
                        fact(1, "crm:deal:D2", "Deal Created", 1, 1, DEAL),
                        fact(2, INVOICE, "Invoice Issued", 1, 1, "crm:deal:D2")));

        assertThat(deal(DEAL, answers).stage()).isEqualTo("none");
        assertThat(deal("crm:deal:D2", answers).stage()).isEqualTo("closing");
    }

    @Test
    void a_kind_that_only_begins_like_a_deal_is_no_root() {
        Answers answers = answer(DEFAULT, List.of(fact(1, "crm:deals:D1", "Deal Created", 1, 1, "crm:dea:D1")));

        assertThat(answers.deals()).isEmpty();
        assertThat(answers.orphans()).hasSize(1);
    }

    @Test
    void a_deal_that_meets_no_condition_is_at_none_without_gaps_or_steps() {
        Deal deal =
                deal(DEFAULT, List.of(fact(1, DEAL, "Deal Lost", 1, 1), fact(2, K1, "Contract Signed", 1, 2, DEAL)));

        assertThat(deal.stage()).isEqualTo("none");
        assertThat(deal.gaps()).isEmpty();
        assertThat(deal.timeline()).isEmpty();
    }

    @Test
    void a_fall_to_none_is_a_step_of_the_timeline() {
        Deal deal = deal(
                DEFAULT,
                List.of(fact(1, INVOICE, "Invoice Issued", 1, 1, DEAL), fact(2, INVOICE, "Invoice Cancelled", 2, 2)));

        assertThat(steps(deal)).containsExactly("closing 1 FORWARD", "none 2 BACKWARD");
        assertThat(deal.gaps()).isEmpty();
    }

    // Ruling 2: identity.

    @Test
    void the_same_event_twice_is_one_fact() {
        assertThat(deal(DEFAULT, List.of(START.get(0), START.get(0))).facts()).isEqualTo(1);
        assertThat(answer(DEFAULT, List.of(START.get(0), START.get(0))).conflicts())
                .isEmpty();
    }

    @Test
    void two_contents_under_one_id_are_two_facts_and_a_conflict() {
        Fact created = fact(1, DEAL, "Deal Created", 1, 1);
        Fact lost = fact(1, DEAL, "Deal Lost", 1, 1);

        Answers answers = answer(DEFAULT, List.of(created, lost));

        assertThat(answers).isEqualTo(answer(DEFAULT, List.of(lost, created)));
        assertThat(answers.facts()).isEqualTo(2);
        assertThat(answers.conflicts()).isEqualTo(Map.of(created.eventId(), 2));
        assertThat(deal(DEAL, answers).stage()).isEqualTo("lead_created");
    }

    @Test
    void a_fact_and_a_retraction_under_one_id_are_a_conflict() {
        Fact created = START.get(0);
        Retraction other = Retraction.of(fact(1, DEAL, null, null, 9), List.of(LOW));

        Answers answers = answer(DEFAULT, List.of(created, other));

        assertThat(answers.conflicts()).containsExactly(Map.entry(created.eventId(), 2));
        assertThat(answers.facts()).isEqualTo(1);
    }

    @Test
    void every_part_of_the_content_tells_facts_apart() {
        UUID id = UUID.randomUUID();
        Fact plain = withId(id, fact(1, DEAL, null, null, 1));
        List<Statement> all = List.of(
                plain,
                Fact.of(id, "other.type", ROOT, null, null, day(1), List.of(), Map.of(), null),
                withId(id, fact(1, "crm:deal:D2", null, null, 1)),
                withId(id, fact(1, DEAL, "", null, 1)),
                withId(id, fact(1, DEAL, null, 0, 1)),
                withId(id, fact(1, DEAL, null, null, 2)),
                withId(id, fact(1, DEAL, null, null, 1, PLAN)),
                Fact.of(id, plain.type(), ROOT, null, null, day(1), List.of(), Map.of("a", "b"), null),
                withMasterDealId(LOW, plain),
                Retraction.of(plain, List.of(LOW)));

        assertThat(all.stream().map(Statement::content)).doesNotHaveDuplicates();
        assertThat(answer(DEFAULT, all).conflicts()).containsExactly(Map.entry(id, 10));
    }

    @Test
    void conflicts_are_listed_by_their_ids_as_texts() {
        Answers answers = answer(
                DEFAULT,
                List.of(
                        withId(HIGH, fact(1, DEAL, null, 1, 1)), withId(HIGH, fact(1, DEAL, null, 2, 1)),
                        withId(LOW, fact(1, DEAL, null, 1, 1)), withId(LOW, fact(1, DEAL, null, 2, 1))));

        assertThat(answers.conflicts().keySet()).containsExactly(LOW, HIGH);
    }

    // Ruling 5: intake decides who may retract; its decision does not depend on the order of arrival.

    @Test
    void a_retraction_of_one_domain_does_not_reach_what_another_domain_said() {
        Fact contract = fact(1, K1, "Contract Signed", 1, 1, DEAL);
        Fact deal = fact(2, DEAL, "Deal Created", 1, 1);
        List<UUID> both = List.of(contract.eventId(), deal.eventId());
        Retraction ofDocflow = Retraction.ofOwnDomain(fact(3, "docflow:contract:K2", null, null, 2), both);

        Answers after = answer(DEFAULT, List.of(contract, deal, ofDocflow));
        Answers before = answer(DEFAULT, List.of(ofDocflow, deal, contract));

        assertThat(after.facts()).isEqualTo(1);
        assertThat(deal(DEFAULT, List.of(contract, deal, ofDocflow)).objects()).containsOnlyKeys(ROOT);
        assertThat(before).isEqualTo(after);
    }

    // Ruling 3: versions.

    @Test
    void sequence_goes_before_time() {
        assertThat(statusOf(K1, fact(1, K1, "Contract Rejected", 2, 1, DEAL), fact(2, K1, "Contract Signed", 1, 9)))
                .isEqualTo("Contract Rejected");
    }

    @Test
    void without_sequences_the_later_fact_is_newer() {
        assertThat(statusOf(
                        K1, fact(1, K1, "Contract Rejected", null, 2, DEAL), fact(2, K1, "Contract Signed", null, 1)))
                .isEqualTo("Contract Rejected");
    }

    @Test
    void sequences_are_compared_as_numbers_and_0_is_one() {
        assertThat(statusOf(K1, fact(1, K1, "Contract Signed", 10, 1, DEAL), fact(2, K1, "Contract Rejected", 9, 2)))
                .isEqualTo("Contract Signed");
        assertThat(statusOf(K1, fact(1, K1, "Contract Signed", 0, 1, DEAL), fact(2, K1, "Contract Rejected", null, 2)))
                .isEqualTo("Contract Signed");
    }

    @Test
    void a_fact_with_a_sequence_is_newer_than_one_without() {
        assertThat(statusOf(K1, fact(1, K1, "Contract Signed", 1, 1, DEAL), fact(2, K1, "Contract Rejected", null, 9)))
                .isEqualTo("Contract Signed");
    }

    @Test
    void of_equal_versions_the_one_with_the_greater_event_id_is_newer() {
        assertThat(statusOf(
                        K1,
                        withId(HIGH, fact(1, K1, "Contract Signed", null, 1, DEAL)),
                        withId(LOW, fact(2, K1, "Contract Rejected", null, 1))))
                .isEqualTo("Contract Signed");
        assertThat(statusOf(
                        K1,
                        withId(LOW, fact(1, K1, "Contract Signed", 1, 9, DEAL)),
                        withId(HIGH, fact(2, K1, "Contract Rejected", 1, 1))))
                .as("with equal sequences the time decides nothing")
                .isEqualTo("Contract Rejected");
    }

    @Test
    void of_equal_event_ids_the_one_with_the_greater_content_is_newer() {
        assertThat(statusOf(
                        K1, fact(1, K1, "Contract Signed", 1, 1, DEAL), fact(1, K1, "Contract Rejected", 1, 1, DEAL)))
                .isEqualTo("Contract Signed");
    }

    private static List<String> steps(Deal deal) {
        return deal.timeline().stream()
                .map(it -> it.stage() + " " + it.effectiveAt().getEpochSecond() / 86_400 + " " + it.direction())
                .toList();
    }

    private static String statusOf(String key, Fact... facts) {
        CurrentStatus status = deal(DEFAULT, List.of(facts)).objects().get(new ObjectKey(key));
        return Objects.requireNonNull(status, key).status();
    }
}
