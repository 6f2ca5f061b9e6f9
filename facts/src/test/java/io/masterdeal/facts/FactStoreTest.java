package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the store takes, publishes and refuses, one case at a time. */
class FactStoreTest extends FactStoreCase {

    @Test
    void the_same_statements_again_change_and_publish_nothing() {
        // given
        Fact created = fact("crm:deal:D", "Deal Created", 0);
        BatchReport first = add(created, created);
        List<String> published = published();

        // when
        BatchReport again = add(created);

        // then
        assertThat(first).isEqualTo(new BatchReport(1, 1, 0, 1));
        assertThat(published)
                .containsExactly("crm:deal:D" + ending
                        + " revision 1 none->lead_created [known, stage, timeline, objects] causes 1");
        assertThat(again).isEqualTo(new BatchReport(0, 1, 0, 0));
        assertThat(published()).isEmpty();
        assertAsTheModelSays();
    }

    @Test
    void a_fact_that_changes_no_answer_is_kept_and_not_published() {
        // given
        add(fact("crm:deal:D", "Deal Created", 0));
        published();

        // when
        BatchReport report = add(fact("crm:deal:D", null, 5));

        // then
        assertThat(report).isEqualTo(new BatchReport(1, 0, 0, 0));
        assertThat(published()).isEmpty();
        assertAsTheModelSays();
    }

    @Test
    void a_batch_gives_one_revision_a_deal() {
        // when
        add(
                fact("crm:deal:D", "Deal Created", 0),
                fact("crm:deal:D", "Brief Submitted", 1),
                fact("media:mediaplan:M", "Plan Ready", 2, "crm:deal:D"),
                fact("crm:deal:E", "Deal Created", 3));

        // then
        assertThat(published())
                .containsExactlyInAnyOrder(
                        "crm:deal:D" + ending
                                + " revision 1 none->offer_ready [known, stage, timeline, objects] causes 3",
                        "crm:deal:E" + ending
                                + " revision 1 none->lead_created [known, stage, timeline, objects] causes 1");
        assertAsTheModelSays();
    }

    @Test
    void a_deal_whose_last_fact_is_taken_back_is_withdrawn_and_may_come_again() {
        // given
        Fact created = fact("crm:deal:D", "Deal Created", 0);
        add(created);
        published();

        // when
        add(retraction(created));

        // then
        assertThat(published())
                .containsExactly("crm:deal:D" + ending
                        + " revision 2 lead_created->none [known, stage, timeline, objects] causes 1");
        assertAsTheModelSays();

        // when
        add(created, fact("crm:deal:D", "Brief Submitted", 1));

        // then
        assertThat(published())
                .containsExactly("crm:deal:D" + ending
                        + " revision 3 none->briefed [known, stage, gaps, timeline, objects] causes 1");
        assertAsTheModelSays();
    }

    @Test
    void what_is_published_again_is_a_snapshot_with_the_next_revision() {
        // given
        Fact wrong = fact("crm:deal:W", "Deal Created", 0);
        add(fact("crm:deal:D", "Deal Created", 0), wrong);
        add(retraction(wrong));
        published();

        // when
        store.republish();
        store.republish();
        store.refold();
        FactStoreModelTest.settle(store);

        // then
        // The withdrawn deal is published too: a subscriber that missed the withdrawal would keep it forever.
        assertThat(published())
                .containsExactlyInAnyOrder(
                        "crm:deal:D" + ending + " revision 2 lead_created->lead_created [] snapshot causes 0",
                        "crm:deal:W" + ending + " revision 3 none->none [] snapshot causes 0");
        FactStoreModelTest.settle(store);
        assertThat(published()).isEmpty();
    }

    @Test
    void a_deal_named_twice_by_id_or_link_stays_while_one_naming_stands() {
        // given
        UUID deal = MasterDealId.of(new ObjectKey("crm:deal:D" + ending)).value();
        Fact named = fact("docflow:contract:K", null, 1);
        Fact byId = named(named, deal);
        Fact again = named(fact("docflow:contract:K", "Contract Signed", 2), deal);
        Fact linked = fact("crm:deal:E", "Deal Created", 3, "crm:deal:D");
        add(byId, again, linked);
        assertAsTheModelSays();

        // when
        add(retraction(byId));

        // then
        assertAsTheModelSays();

        // when: only the link of another deal named it
        add(retraction(linked));

        // then
        assertAsTheModelSays();
        assertThat(database.jdbc()
                        .sql("SELECT known FROM deals WHERE id = ?")
                        .param(deal)
                        .query(Boolean.class)
                        .single())
                .isFalse();

        // when
        add(fact("crm:deal:D", "Deal Created", 4), retraction(again));

        // then
        assertAsTheModelSays();
    }

    @Test
    void what_postgresql_refuses_is_told_apart_from_what_may_pass_later() {
        // given
        Fact nul = fact("crm:deal:D", "Deal\0Created", 0);
        Fact beforeTime = Fact.of(
                UUID.randomUUID(),
                "some.type",
                new ObjectKey("crm:deal:D" + ending),
                null,
                null,
                Instant.parse("0000-01-01T00:00:00Z"),
                List.of(),
                Map.of(),
                null);

        for (Fact bad : List.of(nul, beforeTime)) {
            // when
            List<ReceivedStatement> batch = Histories.received(List.of(bad, fact("crm:deal:D", "Deal Created", 0)));

            // then
            assertThatThrownBy(() -> store.add(batch))
                    .asInstanceOf(type(StoreException.class))
                    .matches(StoreException::isRefused, "is refused");
        }
        told.clear();
        assertAsTheModelSays();
    }
}
