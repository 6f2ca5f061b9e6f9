package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.effects.servers.RemoteSystem;
import io.masterdeal.effects.servers.RemoteSystem.Answer;
import io.masterdeal.effects.servers.RemoteSystem.Received;
import io.masterdeal.model.Fact;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of several processes may send an effect again, after a kill or an operator's release, and what is sent then. */
class LeaseTest extends DispatchCase {

    @Test
    void a_process_stopped_between_sending_and_marking_sends_the_same_again() throws Exception {
        add(brief(D1));
        // The first process sends, and is gone before it can write down that it did.
        try (GatewayClient client = client()) {
            ClaimedEffect claimed = claims(true, QUICK).take(10).claimed().getFirst();
            assertThat(client.send(claimed)).isEqualTo(new Reply.Taken(null));
        }
        assertThat(effects()).containsExactly(D1 + " pending");
        // Meanwhile the deal has changed, and the plan that was asked for is there.
        add(with(fact("crm.deal.updated", D1, Duration.ofMinutes(1)), Map.of("budget", "9")));
        add(fact("media.mediaplan.drafted", PLAN, Duration.ofMinutes(1), D1));

        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");

        List<Received> received = remote.received();
        assertThat(received).hasSize(2);
        assertThat(received.get(1).key()).isEqualTo(received.get(0).key());
        assertThat(received.get(1).body()).isEqualTo(received.get(0).body());
        assertThat(column("attempts", Integer.class)).isEqualTo(2);
    }

    @Test
    void a_claimed_effect_is_claimed_by_no_other_process_until_its_lease_ends() {
        add(brief(D1));

        assertThat(claims(true, QUICK).take(10).claimed()).hasSize(1);
        assertThat(claims(true, QUICK).take(10).looked()).isZero();
        jdbc().sql("UPDATE effects SET due_at = now()").update();
        assertThat(claims(true, QUICK).take(10).claimed()).hasSize(1);
    }

    @Test
    void one_that_was_killed_again_and_again_is_given_up() {
        add(brief(D1));
        EffectClaims claims = claims(true, QUICK);
        for (int i = 0; i < QUICK.attempts(); i++) {
            assertThat(claims.take(1).claimed()).hasSize(1);
            jdbc().sql("UPDATE effects SET due_at = now()").update();
        }

        assertThat(claims.take(1).claimed()).isEmpty();
        assertThat(effects()).containsExactly(D1 + " failed gave-up");
    }

    @Test
    void a_late_word_of_one_whose_lease_has_ended_changes_nothing_but_that_it_was_taken_does() {
        add(brief(D1));
        EffectTable table = new EffectTable(jdbc());
        ClaimedEffect late = claims(true, QUICK).take(1).claimed().getFirst();
        jdbc().sql("UPDATE effects SET due_at = now()").update();
        ClaimedEffect present = claims(true, QUICK).take(1).claimed().getFirst();

        assertThat(table.failed(late, Reasons.REFUSED, "late")).isFalse();
        assertThat(table.again(late, Duration.ZERO, "late")).isEmpty();
        assertThat(column("due_at", OffsetDateTime.class)).isEqualTo(present.lease());
        assertThat(table.failed(present, Reasons.REFUSED, "now")).isTrue();
        assertThat(table.done(late)).isTrue();
        assertThat(effects()).containsExactly(D1 + " done");
    }

    @Test
    void two_processes_send_each_effect_once() {
        Fact[] briefs = new Fact[120];
        for (int i = 0; i < briefs.length; i++) {
            briefs[i] = brief("crm:deal:two-" + i);
        }
        dispatcher(true, QUICK);
        dispatcher(true, QUICK);
        for (int i = 0; i < briefs.length; i += 20) {
            add(Arrays.copyOfRange(briefs, i, i + 20));
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> new EffectTable(jdbc()).pending() == 0);

        assertThat(remote.received()).hasSize(briefs.length);
        assertThat(remote.received().stream().map(Received::key).distinct()).hasSize(briefs.length);
        assertThat(remote.overlapping()).isEmpty();
        assertThat(entered("done")).isEqualTo(briefs.length);
    }

    @Test
    void a_released_effect_is_sent_whatever_the_conditions_say() {
        add(fact("media.mediaplan.drafted", PLAN, Duration.ofHours(2), D1));
        Fact brief = fact("crm.brief.submitted", D1, Duration.ofDays(30));
        store.add(List.of(told(brief, true)));
        assertThat(effects()).containsExactly(D1 + " suppressed replayed");

        assertThat(release(effect(D1, brief))).isTrue();
        assertThat(release(effect(D1, brief))).isFalse();
        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");

        assertThat(remote.received()).hasSize(1);
        assertThat(release(effect(D1, brief))).isFalse();
    }

    @Test
    void a_released_effect_that_had_been_sent_keeps_its_bytes_and_gets_all_its_attempts() {
        Fact brief = brief(D1);
        add(brief);
        remote.answersInTurn(Answer.of(422), Answer.of(503), Answer.of(503), Answer.of(503), RemoteSystem.ACCEPTED);
        dispatcher(true, QUICK);
        awaitEffects(D1 + " failed refused");
        add(with(fact("crm.deal.updated", D1, Duration.ofMinutes(1)), Map.of("budget", "9")));

        release(effect(D1, brief));
        awaitEffects(D1 + " done");

        assertThat(remote.received()).hasSize(5);
        assertThat(remote.received().stream().map(Received::body).distinct()).hasSize(1);
    }
}
