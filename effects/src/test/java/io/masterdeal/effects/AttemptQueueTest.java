package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masterdeal.effects.servers.RemoteSystem;
import io.masterdeal.effects.servers.RemoteSystem.Answer;
import io.masterdeal.effects.servers.RemoteSystem.Received;
import io.masterdeal.model.Fact;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Later attempts come as tasks of the queue, over Kafka. */
class AttemptQueueTest extends DispatchCase {

    @Test
    void the_next_attempt_comes_through_the_queue_without_a_sweep() {
        add(brief(D1));
        remote.answersInTurn(Answer.of(503), Answer.of(503), RemoteSystem.ACCEPTED);

        dispatcher(true, QUICK, NO_SWEEP);

        await().atMost(Duration.ofMinutes(2)).until(() -> effects().contains(D1 + " done"));
        assertThat(remote.received()).hasSize(3);
        assertThat(remote.received().stream().map(Received::key).distinct()).hasSize(1);
        assertThat(column("attempts", Integer.class)).isEqualTo(3);
    }

    @Test
    void a_deal_that_waits_to_be_folded_is_asked_about_again_by_the_queue() {
        add(brief(D1));
        jdbc().sql("INSERT INTO pending_folds VALUES (?, false)")
                .param(deal(D1))
                .update();

        dispatcher(true, QUICK, NO_SWEEP);
        await().until(() -> "the deal waits to be folded".equals(column("coalesce(last_error, '')", String.class)));
        store.settlePending(10);

        await().atMost(Duration.ofMinutes(2)).until(() -> effects().contains(D1 + " done"));
    }

    @Test
    void what_is_noted_of_an_attempt_and_the_task_for_the_next_are_kept_together_or_not_at_all() {
        add(brief(D1));
        EffectClaims claims = claims(true, QUICK);
        ClaimedEffect claimed = claims.take(1).claimed().getFirst();

        jdbc().sql("ALTER TABLE queue_due RENAME TO gone").update();
        try {
            assertThatThrownBy(() -> claims.again(claimed, Duration.ofHours(1), "503"))
                    .isInstanceOf(DataAccessException.class);
        } finally {
            jdbc().sql("ALTER TABLE gone RENAME TO queue_due").update();
        }
        assertThat(column("due_at", OffsetDateTime.class)).isEqualTo(claimed.lease());
        assertThat(column("last_error IS NULL", Boolean.class)).isTrue();

        assertThat(claims.again(claimed, Duration.ofHours(1), "503")).isTrue();
        assertThat(waitingTasks()).isEqualTo(1);
        assertThat(jdbc().sql("SELECT q.due_at = e.due_at FROM effects e JOIN queue_due q"
                                + " ON convert_from(q.payload, 'UTF8') = e.id::text")
                        .query(Boolean.class)
                        .single())
                .isTrue();

        assertThat(claims.again(claimed, Duration.ofHours(1), "late")).isFalse();
        assertThat(waitingTasks()).isEqualTo(1);
    }

    @Test
    void a_task_that_comes_again_does_nothing() throws Exception {
        UUID effect = effect(D1, addedBrief());
        Dispatcher dispatcher = dispatcher(true, QUICK, NO_SWEEP);
        awaitEffects(D1 + " done");

        assertThat(dispatcher.attempt(effect)).isTrue();
        assertThat(dispatcher.attempt(effect)).isTrue();
        assertThat(remote.received()).hasSize(1);
        assertThat(dispatcher.attempt(UUID.randomUUID())).isFalse();
    }

    @Test
    void of_two_tasks_for_one_attempt_one_makes_it() {
        UUID effect = effect(D1, addedBrief());
        EffectClaims claims = claims(true, QUICK);

        assertThat(claims.take(effect).claimed()).hasSize(1);
        assertThat(claims.take(effect).looked()).isZero();
    }

    @Test
    void an_effect_whose_task_was_lost_is_found_all_the_same() {
        add(brief(D1));
        EffectClaims claims = claims(true, QUICK);
        claims.again(claims.take(1).claimed().getFirst(), Duration.ofHours(1), "503");
        jdbc().sql("DELETE FROM queue_due").update();
        jdbc().sql("UPDATE effects SET due_at = now()").update();

        dispatcher(true, QUICK);

        awaitEffects(D1 + " done");
    }

    private Fact addedBrief() {
        Fact brief = brief(D1);
        add(brief);
        return brief;
    }
}
