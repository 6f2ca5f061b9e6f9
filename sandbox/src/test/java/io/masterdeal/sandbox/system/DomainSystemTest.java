package io.masterdeal.sandbox.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.sandbox.crm.CrmModel;
import io.masterdeal.sandbox.dcm.DcmModel;
import io.masterdeal.sandbox.system.Change.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What a system keeps of what is done to it, and what it tells. */
class DomainSystemTest {
    private static final EventCatalog CATALOG = EventCatalog.bundled();
    private static final Clock STOPPED = Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);

    private final List<Event> told = new ArrayList<>();
    private final DomainSystem crm = system(CrmModel.model());
    private final DomainSystem dcm = system(DcmModel.model());

    private DomainSystem system(SystemModel model) {
        var contracts = new EventJson(CATALOG);
        return new DomainSystem(model, CATALOG, STOPPED, emission -> told.add(contracts.read(emission.json())));
    }

    private static Change change() {
        return Change.of(Context.NONE);
    }

    @Test
    void a_change_and_its_event_are_atomic() {
        ObjectView deal = crm.create("deal", change().withId("D-1").with(Map.of("amount", "1500", "mood", "good")));
        ObjectView briefed = crm.act("deal", "D-1", "submit-brief", change());

        assertThat(deal.status()).isEqualTo("New");
        assertThat(briefed.status()).isEqualTo("Briefing");
        assertThat(briefed.version()).isEqualTo(2);
        assertThat(told)
                .extracting(event -> event.envelope().type())
                .containsExactly("crm.deal.created", "crm.brief.submitted");
        assertThat(told).extracting(event -> event.envelope().sequence()).containsExactly(1L, 2L);
        assertThat(told.get(1).data().get("amount")).isEqualTo("1500");
        assertThat(told.get(0).envelope().correlationId())
                .isEqualTo(told.get(1).envelope().correlationId());
    }

    @Test
    void a_refused_action_changes_nothing() {
        crm.create("deal", change().withId("D-1"));

        assertThatThrownBy(() -> crm.act("deal", "D-1", "win", change()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(409))
                .hasMessageContaining("\"win\"")
                .hasMessageContaining("\"New\"");
        assertThatThrownBy(() -> crm.act("deal", "D-1", "dance", change()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(404));
        assertThat(told).hasSize(1);
        assertThat(crm.history("deal", "D-1")).hasSize(1);
    }

    @Test
    void what_the_gateway_would_refuse_is_refused_here_and_changes_nothing() {
        assertThatThrownBy(() -> crm.create("deal", change().withId("D-1").with(Map.of("amount", "a lot"))))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(422);
                    assertThat(refusal.errors()).extracting("pointer").containsExactly("/attributes/amount");
                });
        assertThat(told).isEmpty();
        assertThat(crm.find("deal", "D-1")).isEmpty();
        assertThat(crm.size()).isZero();
    }

    @Test
    void events_of_an_object_without_sequence_have_different_times() {
        crm.create("lead", change().withId("L-1"));
        crm.act("lead", "L-1", "update", change());
        crm.act("lead", "L-1", "qualify", change());

        assertThat(told)
                .extracting(event -> event.envelope().time().toEpochMilli() - STOPPED.millis())
                .containsExactly(0L, 1L, 2L);
        assertThat(told).extracting(event -> event.envelope().sequence()).containsOnlyNulls();
    }

    @Test
    void a_retracted_event_has_no_effect_and_can_be_issued_again() {
        ObjectView wrong = dcm.create(
                "invoice", change().withId("I-1").with(List.of("crm:deal:D-9")).with(Map.of("amount", "5")));
        ObjectView empty = dcm.retract("invoice", "I-1", List.of(wrong.lastEvent()), change());
        ObjectView right = dcm.act("invoice", "I-1", "issue", change().with(List.of("crm:deal:D-1")));

        assertThat(empty.status()).isEqualTo(KindModel.VOID);
        assertThat(empty.links()).isEmpty();
        assertThat(empty.attributes()).isEmpty();
        assertThat(right.links()).containsExactly("crm:deal:D-1");
        assertThat(dcm.linkedTo("invoice", "crm:deal:D-9")).isEmpty();
        assertThat(dcm.history("invoice", "I-1"))
                .extracting(HistoryItem::retracted)
                .containsExactly(true, false, false);
        assertThat(told.get(1).envelope().type()).isEqualTo("dcm.event.retracted");
        assertThatThrownBy(() -> dcm.retract("invoice", "I-1", List.of(wrong.lastEvent()), change()))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .extracting(Refusal::status)
                .isEqualTo(422);
    }

    @Test
    void pages_miss_nothing_that_changes_meanwhile() {
        for (int i = 1; i <= 5; i++) {
            crm.create("deal", change().withId("D-" + i));
        }
        ResultPage<ObjectView> first = crm.list("deal", null, 0, 2);
        crm.act("deal", "D-1", "update", change());
        crm.act("deal", "D-4", "update", change());

        var seen = new ArrayList<>(first.items());
        Long next = first.next();
        while (next != null) {
            ResultPage<ObjectView> page = crm.list("deal", null, next, 2);
            seen.addAll(page.items());
            next = page.next();
        }

        assertThat(seen).extracting(ObjectView::id).containsExactly("D-1", "D-2", "D-3", "D-5", "D-1", "D-4");
        assertThat(seen.getLast().version()).isEqualTo(2);
    }

    @Test
    void ids_follow_the_deal_something_is_for() {
        assertThat(dcm.create("invoice", change().with(List.of("docflow:contract:K-a1-0007-2")))
                        .id())
                .isEqualTo("I-a1-0007-1");
        assertThat(dcm.create("invoice", change().with(List.of("crm:deal:D-a1-0007")))
                        .id())
                .isEqualTo("I-a1-0007-2");
        assertThat(dcm.create("invoice", change()).id()).isEqualTo("I-3");
    }

    @Test
    void a_forgotten_story_leaves_nothing_and_the_oldest_go_first() {
        for (int i = 1; i <= 4; i++) {
            crm.create("deal", Change.of(new Context("story-" + i, null, null)).withId("D-" + i));
        }

        crm.forget("story-2");
        crm.forgetOldest(1, story -> story.equals("story-1"));

        assertThat(crm.list("deal", null, 0, 10).items())
                .extracting(ObjectView::id)
                .containsExactly("D-1");
        assertThat(crm.size()).isEqualTo(1);
    }

    @Test
    void ids_of_events_are_never_used_twice() {
        var ids = new HashSet<String>();
        for (int i = 0; i < 200; i++) {
            ids.add(crm.create("contact", change()).lastEvent());
        }

        assertThat(ids).hasSize(200);
    }
}
