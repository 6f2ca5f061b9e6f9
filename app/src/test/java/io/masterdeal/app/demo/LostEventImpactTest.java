package io.masterdeal.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A lost event affects every deal it belongs to, and no other. */
class LostEventImpactTest {

    private static final String ONE = "crm:deal:D-1";

    private static final String TWO = "crm:deal:D-2";

    private final List<EmittedEvent> events = new ArrayList<>();

    private EmittedEvent emit(boolean lost, String story, String type, String subject, String... links) {
        return emit(lost, story, type, subject, List.of(), links);
    }

    private EmittedEvent emit(
            boolean lost, String story, String type, String subject, List<UUID> retracts, String... links) {
        ObjectNode event = JsonMapper.shared().createObjectNode();
        event.put("specversion", "1.0")
                .put("id", new UUID(1, events.size()).toString())
                .put("source", "/" + type.substring(0, type.indexOf('.')))
                .put("type", type)
                .put("subject", subject)
                .put("time", "2026-03-02T09:00:00Z");
        ObjectNode data = event.putObject("data");
        for (String link : links) {
            data.withArrayProperty("links").add(link);
        }
        retracts.forEach(id -> data.withArrayProperty("retracts").add(id.toString()));
        EmittedEvent emitted = new EmittedEvent(event, story, lost ? null : 0L, lost, null);
        events.add(emitted);
        return emitted;
    }

    private LostEventImpact affected() {
        RuleSet rules = RuleSets.load("default");
        Answers expected = ExpectedAnswers.of(events).answers(rules);
        Answers told = ExpectedAnswers.of(
                        events.stream().filter(EmittedEvent::isSent).toList())
                .answers(rules);
        return new LostEventImpact(expected, told);
    }

    private void twoDeals() {
        emit(false, ONE, "crm.deal.created", ONE);
        emit(false, TWO, "crm.deal.created", TWO);
    }

    @Test
    void what_happened_to_a_frame_contract_both_its_deals_miss() {
        // given
        twoDeals();
        emit(false, ONE, "docflow.contract.drafted", "docflow:contract:K-7", ONE, TWO);
        EmittedEvent signed = emit(true, ONE, "docflow.contract.signed", "docflow:contract:K-7");
        emit(false, ONE, "legal.requested", "legal:case:C-7", "docflow:contract:K-7");
        EmittedEvent approved = emit(true, ONE, "legal.approved", "legal:case:C-7");

        // when
        LostEventImpact affected = affected();

        // then
        assertThat(affected.deals(signed)).containsExactly(ONE, TWO);
        assertThat(affected.deals(approved)).containsExactly(ONE, TWO);
        assertThat(affected.tell(signed, ONE, true))
                .isEqualTo("lost: docflow.contract.signed " + signed.id() + " of docflow:contract:K-7");
        assertThat(affected.tell(signed, TWO, true))
                .isEqualTo("differs because it shares docflow:contract:K-7 with crm:deal:D-1, whose event"
                        + " docflow.contract.signed " + signed.id() + " was lost");
    }

    @Test
    void a_lost_link_is_missed_by_the_deal_that_it_would_have_linked() {
        // given
        twoDeals();
        emit(false, ONE, "docflow.contract.drafted", "docflow:contract:K-7", ONE);
        EmittedEvent link = emit(true, ONE, "docflow.object.updated", "docflow:contract:K-7", TWO);
        EmittedEvent plan = emit(true, TWO, "media.mediaplan.drafted", "media:mediaplan:MP-2", TWO);

        // when
        LostEventImpact affected = affected();

        // then
        assertThat(affected.deals(link)).containsExactly(ONE, TWO);
        assertThat(affected.deals(plan)).containsExactly(TWO);
        assertThat(affected.tell(plan, TWO, true)).startsWith("lost: media.mediaplan.drafted ");
    }

    @Test
    void a_lost_retraction_is_missed_also_where_the_object_wrongly_stays() {
        // given
        twoDeals();
        EmittedEvent wrong = emit(false, ONE, "dcm.invoice.issued", "dcm:invoice:I-1", TWO);
        EmittedEvent retraction = emit(true, ONE, "dcm.event.retracted", "dcm:invoice:I-1", List.of(wrong.id()));
        emit(false, ONE, "dcm.invoice.issued", "dcm:invoice:I-1", ONE);

        // then
        assertThat(affected().deals(retraction)).containsExactly(ONE, TWO);
    }

    @Test
    void what_was_lost_and_taken_back_nobody_misses_but_the_deal_of_its_object() {
        // given
        twoDeals();
        EmittedEvent wrong = emit(true, ONE, "dcm.invoice.issued", "dcm:invoice:I-1", TWO);
        EmittedEvent retraction = emit(true, ONE, "dcm.event.retracted", "dcm:invoice:I-1", List.of(wrong.id()));
        emit(false, ONE, "dcm.invoice.issued", "dcm:invoice:I-1", ONE);

        // then
        assertThat(affected().deals(wrong)).containsExactly(ONE);
        assertThat(affected().deals(retraction)).containsExactly(ONE);
    }

    @Test
    void what_reaches_no_deal_is_missed_in_its_story() {
        // given
        twoDeals();
        EmittedEvent lead = emit(true, TWO, "crm.lead.created", "crm:lead:L-2");

        // then
        assertThat(affected().deals(lead)).containsExactly(TWO);
    }
}
