package io.masterdeal.model.deal;

import static io.masterdeal.model.proof.RuleSets.DEFAULT;
import static io.masterdeal.model.proof.Told.CASE;
import static io.masterdeal.model.proof.Told.DEAL;
import static io.masterdeal.model.proof.Told.INVOICE;
import static io.masterdeal.model.proof.Told.K1;
import static io.masterdeal.model.proof.Told.K2;
import static io.masterdeal.model.proof.Told.PLAN;
import static io.masterdeal.model.proof.Told.START;
import static io.masterdeal.model.proof.Told.answer;
import static io.masterdeal.model.proof.Told.day;
import static io.masterdeal.model.proof.Told.deal;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.keys;
import static io.masterdeal.model.proof.Told.retraction;
import static io.masterdeal.model.proof.Told.with;
import static io.masterdeal.model.proof.Told.withId;
import static io.masterdeal.model.proof.Told.withMasterDealId;
import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rulings 4 to 7, one test per sentence: the content of facts, retractions, membership, and the timeline. */
class MembershipRulingsTest {

    private static final ObjectKey ROOT = new ObjectKey(DEAL);

    // Ruling 4: without a status.

    @Test
    void a_fact_without_a_status_changes_none() {
        Deal deal = deal(DEFAULT, with(START, fact(8, PLAN, null, 9, 9), fact(9, DEAL, null, 9, 9)));

        assertThat(deal.stage()).isEqualTo("offer_ready");
        assertThat(deal.facts()).isEqualTo(5);
        assertThat(deal.objects().get(new ObjectKey(PLAN))).extracting("status").isEqualTo("Plan Ready");
    }

    @Test
    void a_fact_without_a_status_carries_its_links() {
        Deal deal =
                deal(DEFAULT, List.of(fact(1, INVOICE, "Invoice Issued", 1, 1), fact(2, INVOICE, null, 0, 9, DEAL)));

        assertThat(steps(deal)).containsExactly("closing 1 FORWARD");
    }

    @Test
    void an_object_no_fact_of_which_has_a_status_is_of_the_deal_without_one() {
        Deal deal = deal(DEFAULT, List.of(fact(1, K1, null, 1, 1, DEAL), fact(2, CASE, "Legal Approved", 1, 1, K1)));

        assertThat(deal.objects().keySet()).isEqualTo(keys(K1, CASE));
        assertThat(deal.objects().get(new ObjectKey(K1))).isNull();
        assertThat(deal.stage()).isEqualTo("none");
    }

    // Ruling 5: retractions.

    @Test
    void a_retraction_takes_its_fact_back_whichever_came_first() {
        Fact wrong = fact(20, K2, "Act Completed", 1, 6, DEAL);
        Retraction mistake = retraction(21, wrong);
        Answers expected = answer(DEFAULT, START);

        assertThat(answer(DEFAULT, List.of(START.get(0), START.get(1), START.get(2), wrong, mistake)))
                .isEqualTo(expected);
        assertThat(answer(DEFAULT, List.of(mistake, START.get(0), wrong, START.get(1), START.get(2))))
                .isEqualTo(expected);
    }

    @Test
    void a_retraction_is_no_fact_and_nothing_else_of_it_is_read() {
        Retraction speaking =
                Retraction.of(fact(30, DEAL, "Deal Lost", 9, 9, "crm:deal:D2"), List.of(UUID.randomUUID()));

        assertThat(answer(DEFAULT, List.of(speaking)))
                .isEqualTo(answer(DEFAULT, List.of()))
                .satisfies(it -> assertThat(it.facts()).isZero())
                .satisfies(it -> assertThat(it.deals()).isEmpty());
    }

    @Test
    void a_retraction_cannot_be_retracted() {
        Fact wrong = fact(20, DEAL, "Deal Lost", 9, 6);
        Retraction mistake = retraction(21, wrong);
        Retraction regret = retraction(22, mistake);

        assertThat(deal(DEFAULT, List.of(START.get(0), wrong, mistake, regret))
                        .outcome()
                        .name())
                .isEqualTo("OPEN");
    }

    @Test
    void a_retraction_takes_back_every_content_of_its_id() {
        Fact one = fact(20, DEAL, "Brief Submitted", 9, 6);
        Fact other = fact(20, DEAL, "Offer Sent", 9, 6);

        Answers answers = answer(DEFAULT, List.of(START.get(0), one, other, retraction(21, one)));

        assertThat(deal(DEAL, answers).stage()).isEqualTo("lead_created");
        assertThat(answers.conflicts()).containsOnlyKeys(one.eventId());
    }

    @Test
    void a_retracted_link_places_nothing_any_more() {
        Fact link = fact(2, INVOICE, null, 2, 2, DEAL);
        List<Fact> facts = List.of(START.get(0), fact(1, INVOICE, "Invoice Issued", 1, 1, K1), link);

        Answers answers = answer(DEFAULT, List.of(facts.get(0), facts.get(1), link, retraction(3, link)));

        assertThat(answer(DEFAULT, facts).orphans()).isEmpty();
        assertThat(answers.orphans()).isEqualTo(Map.of(new ObjectKey(INVOICE), 1));
        assertThat(deal(DEAL, answers).objects().keySet()).isEqualTo(keys(DEAL));
    }

    @Test
    void a_retracted_fact_makes_no_root() {
        Fact only = START.get(0);

        assertThat(answer(DEFAULT, List.of(only, retraction(2, only))).deals()).isEmpty();
    }

    @Test
    void what_a_retraction_names_and_never_came_does_no_harm() {
        assertThat(answer(DEFAULT, List.of(START.get(0), retraction(2, fact(77, DEAL, null, 1, 1)))))
                .isEqualTo(answer(DEFAULT, List.of(START.get(0))));
    }

    // Ruling 6: membership.

    @Test
    void an_object_that_reaches_no_root_is_an_orphan_and_waits() {
        Answers answers = answer(
                DEFAULT, List.of(fact(1, INVOICE, "Invoice Issued", 1, 6, K1), fact(2, INVOICE, "Invoice Paid", 2, 7)));

        assertThat(answers.deals()).isEmpty();
        assertThat(answers.orphans()).isEqualTo(Map.of(new ObjectKey(INVOICE), 2));
    }

    @Test
    void a_late_link_places_the_object_for_its_whole_history() {
        Deal deal = deal(
                DEFAULT,
                List.of(
                        fact(1, K1, "Contract Signed", 1, 1),
                        fact(2, CASE, "Legal Approved", 1, 2, K1),
                        fact(3, K1, "Contract Signed", 2, 9, DEAL)));

        assertThat(steps(deal)).containsExactly("contracting 2 FORWARD");
    }

    @Test
    void an_object_belongs_to_a_deal_over_any_number_of_links_and_through_circles() {
        Deal deal = deal(
                DEFAULT,
                List.of(
                        fact(1, INVOICE, "Invoice Issued", 1, 1, "task:task:1", INVOICE),
                        fact(2, "task:task:1", null, 1, 1, "task:task:2"),
                        fact(3, "task:task:2", null, 1, 1, "task:task:1", "task:task:3"),
                        fact(4, "task:task:3", null, 1, 1, DEAL)));

        assertThat(deal.objects()).hasSize(4);
        assertThat(deal.stage()).isEqualTo("closing");
    }

    @Test
    void an_object_linked_to_two_deals_counts_for_both() {
        Answers answers = answer(
                DEFAULT,
                List.of(
                        fact(1, K1, "Contract Signed", 1, 1, DEAL, "crm:deal:D2"),
                        fact(2, CASE, "Legal Approved", 1, 2, K1)));

        assertThat(answers.deals())
                .hasSize(2)
                .allSatisfy((_, deal) -> assertThat(deal.stage()).isEqualTo("contracting"));
        assertThat(answers.facts()).isEqualTo(2);
    }

    @Test
    void links_of_older_versions_hold_as_those_of_the_newest() {
        Answers answers = answer(
                DEFAULT,
                List.of(
                        fact(1, INVOICE, "Invoice Issued", 1, 1, DEAL),
                        fact(2, INVOICE, "Invoice Paid", 2, 2, "crm:deal:D2")));

        assertThat(answers.deals())
                .allSatisfy((_, deal) -> assertThat(deal.stage()).isEqualTo("closing"));
    }

    @Test
    void a_masterdealid_places_nothing_until_its_root_is_known_and_then_it_is_a_link() {
        Fact byId = withMasterDealId(MasterDealId.of(ROOT).value(), fact(31, K1, "Act Completed", 1, 9));

        assertThat(answer(DEFAULT, List.of(byId)).orphans()).containsOnlyKeys(new ObjectKey(K1));
        assertThat(deal(DEFAULT, List.of(byId, START.get(0))).stage()).isEqualTo("closed");
    }

    @Test
    void a_root_known_only_by_a_link_is_known_to_a_masterdealid_too() {
        Fact byId = withMasterDealId(MasterDealId.of(ROOT).value(), fact(31, K1, "Act Completed", 1, 9));

        assertThat(deal(DEFAULT, List.of(byId, fact(1, PLAN, null, 1, 1, DEAL))).stage())
                .isEqualTo("closed");
    }

    @Test
    void the_masterdealid_of_a_root_is_not_followed() {
        Fact other = withMasterDealId(MasterDealId.of(ROOT).value(), fact(1, "crm:deal:D2", "Deal Created", 1, 1));

        Answers answers = answer(DEFAULT, List.of(other, fact(2, DEAL, null, 1, 1)));

        assertThat(deal(DEAL, answers).objects().keySet()).isEqualTo(keys(DEAL));
    }

    // Ruling 7: the timeline.

    @Test
    void an_instant_gives_one_step_at_most() {
        assertThat(steps(deal(
                        DEFAULT, List.of(fact(1, DEAL, "Deal Created", 1, 1), fact(2, DEAL, "Brief Submitted", 2, 1)))))
                .containsExactly("briefed 1 FORWARD");
        assertThat(steps(deal(
                        DEFAULT,
                        List.of(
                                fact(1, INVOICE, "Invoice Issued", 1, 1, DEAL),
                                fact(2, INVOICE, "Invoice Cancelled", 2, 1)))))
                .as("up and down within an instant")
                .isEmpty();
    }

    @Test
    void instants_are_whole_milliseconds() {
        Fact fine = Fact.of(
                new UUID(0, 1),
                "t",
                new ObjectKey(INVOICE),
                "Invoice Issued",
                null,
                day(1).plusNanos(999_999),
                Set.of(ROOT),
                Map.of(),
                null);
        Fact next = withId(new UUID(0, 2), fact(2, INVOICE, "Invoice Cancelled", null, 1));

        assertThat(steps(deal(DEFAULT, List.of(fine, next)))).isEmpty();
        assertThat(fine.occurredAt()).isEqualTo(day(1));
    }

    @Test
    void a_later_fact_of_an_older_version_is_no_step() {
        assertThat(steps(deal(
                        DEFAULT,
                        List.of(
                                fact(1, INVOICE, "Invoice Issued", 2, 1, DEAL),
                                fact(2, INVOICE, "Invoice Cancelled", 1, 2)))))
                .containsExactly("closing 1 FORWARD");
    }

    @Test
    void a_newer_version_that_happened_earlier_shows_from_then_on() {
        assertThat(steps(deal(
                        DEFAULT,
                        List.of(
                                fact(1, INVOICE, "Invoice Issued", 1, 5, DEAL),
                                fact(2, INVOICE, "Invoice Cancelled", 2, 3)))))
                .isEmpty();
    }

    @Test
    void a_late_fact_changes_the_timeline_where_it_happened() {
        List<Fact> facts = List.of(START.get(0), fact(5, INVOICE, "Invoice Issued", 1, 7, DEAL));

        assertThat(steps(deal(DEFAULT, facts))).containsExactly("lead_created 1 FORWARD", "closing 7 FORWARD");
        assertThat(steps(deal(DEFAULT, with(facts, START.get(1)))))
                .containsExactly("lead_created 1 FORWARD", "briefed 2 FORWARD", "closing 7 FORWARD");
    }

    private static List<String> steps(Deal deal) {
        return deal.timeline().stream()
                .map(it -> it.stage() + " " + it.effectiveAt().getEpochSecond() / 86_400 + " " + it.direction())
                .toList();
    }
}
