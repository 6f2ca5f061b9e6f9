package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.effects.servers.RemoteSystem.Answer;
import io.masterdeal.effects.servers.RemoteSystem.Received;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A task whose warning or breach is taken back, at every moment of its making. */
class SlaTaskTakenBackTest extends SlaTaskCase {

    private static final String CANCEL = "/task/tasks/T-1/cancel";

    private final UUID id = UUID.randomUUID();

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody went on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void before_the_first_attempt_nothing_is_asked() {
        open(breach(id));
        assertThat(close(id)).isZero();
        assertThat(effects()).containsExactly(D1 + " suppressed taken-back");

        dispatcher(true, QUICK);
        assertThat(release(id)).isTrue();
        awaitEffects(D1 + " suppressed taken-back");

        assertThat(remote.received()).isEmpty();
    }

    @Test
    void in_the_transaction_that_tells_it_nothing_is_asked() {
        write(List.of(breach(id)), List.of(id));

        assertThat(effects()).containsExactly(D1 + " suppressed taken-back");
    }

    @Test
    void after_it_was_made_it_is_closed() {
        dispatcher(true, QUICK);
        open(breach(id));
        awaitEffects(D1 + " done");

        assertThat(close(id)).isEqualTo(1);
        await().until(() -> tracker.statuses().equals(List.of("Needless")));
        awaitEffects(D1 + " done");

        assertThat(asked()).containsExactly("/task/tasks", CANCEL);
        assertThat(remote.received().stream().map(Received::key).distinct()).hasSize(2);
        assertThat(remote.received().getLast().body()).contains("taken back");
        assertThat(column("request_body", String.class)).contains("Answer the client");
        await().untilAsserted(() -> assertThat(entered("done")).isEqualTo(2));
        assertThat(close(id)).isZero();
        assertThat(open(breach(id))).isZero();
    }

    @Test
    void while_the_request_is_under_way_its_answer_leads_to_closing_it() {
        CountDownLatch taken = new CountDownLatch(1);
        remote.answers(request -> {
            if (request.path().equals("/task/tasks")) {
                close(id);
                taken.countDown();
            }
            return tracker.apply(request);
        });
        dispatcher(true, QUICK);

        open(breach(id));
        waitFor(taken);
        awaitEffects(D1 + " done");

        assertThat(asked()).containsExactly("/task/tasks", CANCEL);
        assertThat(tracker.statuses()).containsExactly("Needless");
        assertThat(remote.overlapping()).isEmpty();
        assertThat(column("attempts", Integer.class)).isEqualTo(1);
    }

    @Test
    void if_the_answer_was_lost_no_second_task_is_made_and_the_first_is_closed() {
        remote.answers(request -> {
            Answer answer = tracker.apply(request);
            return remote.received().size() < 3 ? Answer.of(504) : answer;
        });
        dispatcher(true, QUICK);
        open(breach(id));
        await().until(() -> remote.received().size() >= 2);

        close(id);
        awaitEffects(D1 + " done");
        await().until(() -> tracker.statuses().equals(List.of("Needless")));

        List<String> asked = asked();
        assertThat(asked.getLast()).isEqualTo(CANCEL);
        assertThat(asked.subList(0, asked.size() - 1)).containsOnly("/task/tasks");
    }

    @Test
    void if_the_last_attempt_is_under_way_its_failure_does_not_give_the_closing_up() {
        remote.answers(request -> {
            Answer answer = tracker.apply(request);
            if (remote.received().size() == QUICK.attempts()) {
                close(id);
            }
            return remote.received().size() <= QUICK.attempts() ? Answer.of(504) : answer;
        });
        dispatcher(true, QUICK);

        open(breach(id));
        awaitEffects(D1 + " done");

        assertThat(tracker.statuses()).containsExactly("Needless");
        assertThat(asked()).hasSize(QUICK.attempts() + 2);
    }

    @Test
    void after_it_was_given_up_it_is_closed_if_it_was_made() {
        remote.answers(request -> {
            tracker.apply(request);
            return Answer.of(504);
        });
        dispatcher(true, QUICK);
        open(breach(id));
        awaitEffects(D1 + " failed gave-up");

        remote.answers(tracker);
        assertThat(close(id)).isEqualTo(1);
        awaitEffects(D1 + " done");

        assertThat(tracker.statuses()).containsExactly("Needless");
    }

    @Test
    void a_task_that_people_have_done_counts_as_closed() {
        dispatcher(true, QUICK);
        open(breach(id));
        awaitEffects(D1 + " done");
        tracker.complete("T-1");

        close(id);
        await().until(() -> remote.received().size() == 2);
        awaitEffects(D1 + " done");

        assertThat(tracker.statuses()).containsExactly("Done");
        await().untilAsserted(
                        () -> assertThat(column("last_error", String.class)).contains("while it is \"Done\""));
    }

    @Test
    void closing_is_tried_again_like_any_request() {
        dispatcher(true, QUICK);
        open(breach(id));
        awaitEffects(D1 + " done");
        remote.answers(request -> remote.received().size() < 4 ? Answer.of(503) : tracker.apply(request));

        close(id);
        await().until(() -> tracker.statuses().equals(List.of("Needless")));
        awaitEffects(D1 + " done");

        assertThat(asked()).containsExactly("/task/tasks", CANCEL, CANCEL, CANCEL);
    }

    @Test
    void a_process_killed_after_it_was_made_leaves_the_closing_to_another() throws Exception {
        open(breach(id));
        ClaimedEffect claimed = claims(true, QUICK).take(10).claimed().getFirst();
        try (GatewayClient client = client()) {
            assertThat(client.send(claimed)).isEqualTo(new Reply.Taken("task:task:T-1"));
        }

        close(id);
        assertThat(column("due_at", OffsetDateTime.class)).isEqualTo(claimed.lease());
        assertThat(claims(true, QUICK).take(10).looked()).isZero();
        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");

        assertThat(asked()).containsExactly("/task/tasks", "/task/tasks", CANCEL);
        assertThat(tracker.statuses()).containsExactly("Needless");
    }

    @Test
    void the_failure_of_an_attempt_that_was_overtaken_gives_nothing_up() {
        open(breach(id));
        EffectTable table = new EffectTable(jdbc());
        ClaimedEffect claimed = claims(true, QUICK).take(1).claimed().getFirst();
        assertThat(table.isOvertaken(claimed)).isFalse();
        close(id);

        assertThat(table.failed(claimed, Reasons.REFUSED, "422")).isFalse();
        assertThat(table.suppressed(claimed, Reasons.NO_ROUTE, "404")).isFalse();
        assertThat(table.again(claimed, Duration.ofHours(1), "503")).isEmpty();
        assertThat(effects()).containsExactly(D1 + " pending");

        assertThat(table.isOvertaken(claimed)).isTrue();
        assertThat(claims(true, QUICK).take(1).claimed()).hasSize(1);
    }

    @Test
    void what_waits_long_for_its_next_attempt_is_closed_soon() {
        open(breach(id));
        EffectClaims claims = claims(true, QUICK);
        claims.again(claims.take(1).claimed().getFirst(), Duration.ofMinutes(10), "503");

        close(id);

        assertThat(column("due_at - now() < interval '3 seconds'", Boolean.class))
                .isTrue();
        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");
        assertThat(tracker.statuses()).containsExactly("Needless");
    }

    @Test
    void a_late_answer_opens_nothing_that_is_closed() {
        open(breach(id));
        EffectTable table = new EffectTable(jdbc());
        ClaimedEffect late = claims(true, QUICK).take(1).claimed().getFirst();
        close(id);
        jdbc().sql("UPDATE effects SET due_at = now()").update();
        ClaimedEffect present = claims(true, QUICK).take(1).claimed().getFirst();
        assertThat(present.wanted()).isEqualTo("closed");

        assertThat(table.isOvertaken(late)).isFalse();
        assertThat(table.failed(late, Reasons.REFUSED, "late")).isFalse();
        assertThat(table.again(late, Duration.ZERO, "late")).isEmpty();
        assertThat(table.made(late, "task:task:T-1")).contains("closed");
        assertThat(column("due_at", OffsetDateTime.class)).isEqualTo(present.lease());
        assertThat(table.made(present, "task:task:T-1")).contains("closed");
        ClaimedEffect closing = claims(true, QUICK).take(1).claimed().getFirst();
        assertThat(closing.request().path()).isEqualTo("/tasks/T-1/cancel");
        assertThat(table.done(closing)).isTrue();
        assertThat(table.made(late, "task:task:T-1")).isEmpty();
        assertThat(effects()).containsExactly(D1 + " done");
    }
}
