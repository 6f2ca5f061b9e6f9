package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.LoggedChanges;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.Fact;
import io.masterdeal.model.Statement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A deal that is too large, or that makes folding fail, holds up no other deal. */
class FoldingApartTest extends FactStoreCase {

    private static final int MANY = 60;

    @Test
    void a_fold_reads_no_attributes() {
        // given
        add(fact("crm:deal:D", "Deal Created", 0), fact("media:mediaplan:M", "Plan Ready", 1, "crm:deal:D"));
        // Reading these fails from now on: attributes are texts.
        database.jdbc()
                .sql("UPDATE facts SET attributes = '{\"unreadable\": 7}' WHERE subject LIKE ?")
                .param("%" + ending)
                .update();

        // when: it has to be folded from all its facts
        add(fact("crm:deal:D", "Brief Submitted", -1));

        // then
        assertThat(failures()).isEmpty();
        assertAsTheModelSays();
    }

    @Test
    void two_contents_of_one_id_are_judged_alike_with_and_without_attributes() {
        // given
        UUID id = UUID.randomUUID();
        add(fact("crm:deal:D", "Deal Created", 0));

        // when
        add(with(id, fact("media:mediaplan:M", "Plan Ready", 1, "crm:deal:D"), "b"));
        add(with(id, fact("media:mediaplan:M", "Plan Draft", 1, "crm:deal:D"), "a"));
        add(with(id, fact("media:mediaplan:M", "Plan Ready", 1, "crm:deal:D"), "c"));
        add(fact("crm:deal:D", "Brief Submitted", -1));

        // then
        assertAsTheModelSays();
    }

    private static Fact with(UUID id, Fact fact, String attribute) {
        return Fact.of(
                id,
                fact.type(),
                fact.subject(),
                fact.status(),
                fact.sequence(),
                fact.occurredAt(),
                fact.links(),
                Map.of("attribute", attribute),
                null);
    }

    @Test
    void a_deal_that_does_not_fit_into_memory_waits_apart_and_takes_none_along() {
        // given
        store = store(new FoldLimits(DealFacts.bytes(20), DealFacts.bytes(40), DealFacts.bytes(MANY - 10)));
        add(large("crm:deal:LARGE"));
        add(fact("crm:deal:SMALL", "Deal Created", 0));

        // when: both have to be folded from all their facts
        add(fact("crm:deal:LARGE", "Brief Submitted", -1), fact("crm:deal:SMALL", "Brief Submitted", -1));

        // then: the small one is, at once
        assertThat(stages()).containsExactly("lead_created", "briefed");
        assertThat(store.pending()).isEqualTo(1);

        // when
        store.refold();
        settle();

        // then
        assertThat(stages()).containsExactly("lead_created", "briefed");
        assertThat(failures()).singleElement().asString().contains("its facts take more than");
        assertThat(new FoldHealth(store).health().getStatus().getCode()).isEqualTo("DEGRADED");

        // when: a fact that could be appended comes meanwhile, and then there is more memory
        add(fact("media:mediaplan:M", "Plan Ready", 2000, "crm:deal:LARGE"));
        assertThat(stages()).as("nothing is made of a part of the facts").containsExactly("lead_created", "briefed");
        store = store(FoldLimits.ofThisProcess());
        store.refold();
        settle();

        // then
        assertThat(new FoldHealth(store).health().getStatus().getCode()).isEqualTo("UP");
        assertAsTheModelSays();
    }

    @Test
    void many_deals_that_fit_one_by_one_are_folded_in_several_steps() {
        // given
        store = store(new FoldLimits(DealFacts.bytes(10), DealFacts.bytes(MANY + 10), DealFacts.bytes(MANY + 10)));
        for (int i = 0; i < 4; i++) {
            add(large("crm:deal:L" + i));
        }

        // when
        store.refold();
        List<Integer> chunks = new ArrayList<>();
        for (int size = store.settlePending(100); size > 0; size = store.settlePending(100)) {
            chunks.add(size);
        }

        // then
        assertThat(chunks).containsExactly(1, 1, 1, 1);
        assertThat(failures()).isEmpty();
        assertAsTheModelSays();
    }

    @Test
    void a_deal_with_which_a_whole_transaction_fails_is_found_and_set_apart() {
        // given
        store = new FactStore(
                database.dataSource(),
                RULES,
                List.of(new LoggedChanges(change -> {
                    if (change.snapshot() && change.root().value().startsWith("crm:deal:BREAKS")) {
                        throw new OutOfMemoryError("as if there were too much of it");
                    }
                    return change.root().value().getBytes(StandardCharsets.UTF_8);
                })),
                Reactions.NONE,
                new SimpleMeterRegistry());
        for (String deal : List.of("A", "B", "BREAKS", "C", "D", "E")) {
            add(fact("crm:deal:" + deal, "Deal Created", 0));
        }
        published();

        // when
        store.republish();
        int failed = 0;
        for (int tries = 0; tries < 50 && store.pending() > 0; tries++) {
            try {
                store.settlePending(100);
            } catch (OutOfMemoryError _) {
                failed++;
            }
        }

        // then
        assertThat(failed).isBetween(1, 6);
        assertThat(published()).hasSize(5);
        assertThat(failures()).singleElement().asString().contains("as if there were too much of it");
        assertThat(attempts()).isEqualTo(1);

        // when: it is tried again, and fails again
        database.jdbc().sql("UPDATE pending_folds SET due_at = now()").update();
        store.settlePending(100);

        // then: the next time is later than the last
        assertThat(attempts()).isEqualTo(2);
        assertThat(database.jdbc()
                        .sql("SELECT due_at > now() + interval '50 seconds' FROM pending_folds")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private Statement[] large(String deal) {
        List<Statement> facts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            facts.add(fact(deal, "Deal Created", i));
        }
        return facts.toArray(Statement[]::new);
    }

    private static FactStore store(FoldLimits limits) {
        return new FactStore(
                database.dataSource(),
                new Answering(
                        RULES,
                        SlaTerms.none(RULES),
                        FieldNames.DEFAULT,
                        List.of(new LoggedChanges(
                                change -> change.root().value().getBytes(StandardCharsets.UTF_8))),
                        limits),
                Reactions.NONE,
                new SimpleMeterRegistry());
    }

    private void settle() {
        while (store.settlePending(100) > 0) {
            Thread.onSpinWait();
        }
    }

    private List<String> stages() {
        return database.jdbc()
                .sql("SELECT stage FROM deals WHERE root_key LIKE ? ORDER BY root_key")
                .param("%" + ending)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<String> failures() {
        return database.jdbc()
                .sql("SELECT failure FROM pending_folds WHERE failure IS NOT NULL")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private int attempts() {
        return database.jdbc()
                .sql("SELECT attempts FROM pending_folds")
                .query(Integer.class)
                .single();
    }
}
