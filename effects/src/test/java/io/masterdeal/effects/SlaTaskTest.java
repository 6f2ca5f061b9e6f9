package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.effects.servers.RemoteSystem.Answer;
import io.masterdeal.effects.servers.RemoteSystem.Received;
import io.masterdeal.facts.settings.WorkSettings;
import io.masterdeal.model.Fact;
import io.masterdeal.role.database.Readers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which tasks for SLA are asked for, and how. */
class SlaTaskTest extends SlaTaskCase {

    private final UUID id = UUID.randomUUID();

    @Test
    void a_breach_makes_a_task_in_task_tracker() {
        dispatcher(true, QUICK);

        assertThat(open(breach(id))).isEqualTo(1);
        awaitEffects(D1 + " done");

        Received request = remote.received().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/task/tasks");
        assertThat(request.key()).isEqualTo(id.toString());
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer the-key");
        // SystemsRestTest of the sandbox sends the same.
        assertThat(request.body())
                .isEqualTo("{\"links\":[\"" + D1 + "\"],\"attributes\":{\"title\":\"Answer the client\","
                        + "\"priority\":\"urgent\",\"origin\":\"sla\",\"kind\":\"breached\",\"percent\":\"100\","
                        + "\"policy\":\"brief-to-offer\",\"domain\":\"crm\",\"due_at\":\"2026-03-02T10:00:00.000Z\"}}");
        assertThat(column("task ->> 'key'", String.class)).isEqualTo("task:task:T-1");
        assertThat(entered("pending")).isEqualTo(1);
        assertThat(entered("done")).isEqualTo(1);
    }

    @Test
    void a_warning_about_an_object_says_which_and_is_not_urgent() {
        dispatcher(true, QUICK);

        open(task(id, "docflow:contract:K-1", "Sign it\u0000\ud800 \"soon\"\n", false));
        awaitEffects(D1 + " done");

        String body = remote.received().getFirst().body();
        assertThat(body)
                .contains("\"links\":[\"" + D1 + "\"]")
                .contains("\"object\":\"docflow:contract:K-1\"")
                .contains("\"title\":\"Sign it \\\"soon\\\"\"")
                .contains("\"priority\":\"normal\"")
                .contains("\"kind\":\"warned\",\"percent\":\"80\"");
    }

    @Test
    void the_same_breach_makes_no_second_task_however_often_it_is_written() {
        dispatcher(true, QUICK);
        open(breach(id), breach(id));
        awaitEffects(D1 + " done");

        assertThat(open(breach(id), breach(id))).isZero();

        assertThat(effects()).containsExactly(D1 + " done");
        assertThat(remote.received()).hasSize(1);
    }

    @Test
    void the_api_shows_the_task_and_what_is_wanted_of_it() {
        open(task(id, "docflow:contract:K-1", "Sign it", false));
        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");
        EffectQueries queries = new EffectQueries(Readers.over(database.dataSource()));

        EffectView view = queries.find(id).orElseThrow();

        assertThat(view.reaction()).isEqualTo("sla-task");
        assertThat(view.eventId()).isNull();
        assertThat(view.deal()).isEqualTo(D1);
        assertThat(view.task())
                .isEqualTo(new EffectView.Task(
                        "open",
                        "task:task:T-1",
                        "Sign it",
                        false,
                        "crm",
                        "warned",
                        80,
                        "brief-to-offer",
                        "docflow:contract:K-1",
                        "2026-03-02T02:00:00.000Z",
                        "2026-03-02T10:00:00.000Z",
                        "2026-03-02T10:00:00.000Z",
                        7));
        assertThat(queries.list(null, deal(D1), null, null, 10)).hasSize(1);
        add(brief(D1));
        assertThat(queries.list(EffectState.PENDING, null, null, null, 10))
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(it -> it.view().task() == null);
    }

    @Test
    void a_clock_of_a_task_that_was_made_here_makes_none() {
        add(
                with(task("T-1", Duration.ofHours(2)), Map.of("origin", "sla")),
                with(task("T-2", Duration.ofHours(2)), Map.of("origin", "sla")),
                with(task("T-2", Duration.ofHours(1)), Map.of("origin", "people")),
                task("T-3", Duration.ofHours(2)));

        int written = open(
                task(UUID.randomUUID(), "task:task:T-1", "", true),
                task(UUID.randomUUID(), "task:task:T-2", "", true),
                task(UUID.randomUUID(), "task:task:T-3", "", true),
                task(UUID.randomUUID(), "task:task:never-told-of", "", true));

        assertThat(written).isEqualTo(3);
        assertThat(jdbc().sql("SELECT task ->> 'object' FROM effects")
                        .query((row, _) -> row.getString(1))
                        .list())
                .containsExactlyInAnyOrder("task:task:T-2", "task:task:T-3", "task:task:never-told-of");
    }

    private static Fact task(String task, Duration ago) {
        return fact("task.task.created", "task:task:" + task, ago, D1);
    }

    @Test
    void without_a_gateway_it_is_suppressed_unless_another_process_has_one() {
        writer = writer(false, NO_QUEUE);

        assertThat(open(breach(id))).isZero();
        assertThat(effects()).containsExactly(D1 + " suppressed no-gateway");

        inUse(REACTIONS, true);
        assertThat(open(breach(UUID.randomUUID()))).isEqualTo(1);
        assertThat(effects()).containsExactly(D1 + " pending", D1 + " suppressed no-gateway");

        close(id);
        assertThat(effects()).containsExactly(D1 + " pending", D1 + " suppressed taken-back");
    }

    @Test
    void what_may_pass_is_tried_again_and_what_is_refused_fails() {
        remote.answersInTurn(Answer.of(503), Answer.of(503), Answer.of(422));
        dispatcher(true, QUICK);

        open(breach(id));
        awaitEffects(D1 + " failed refused");

        assertThat(remote.received().stream().map(Received::body).distinct()).hasSize(1);
        remote.answers(tracker);
        assertThat(release(id)).isTrue();
        awaitEffects(D1 + " done");
        assertThat(remote.received().stream().map(Received::key).distinct()).hasSize(1);
        assertThat(tracker.statuses()).containsExactly("To do");
    }

    @Test
    void a_deal_that_no_fact_names_any_more_gets_no_task() {
        jdbc().sql("UPDATE deals SET known = false").update();
        open(breach(id));

        assertThat(claims(true, QUICK).take(10).claimed()).isEmpty();
        assertThat(column("last_error", String.class)).isEqualTo("no fact names the deal yet");

        jdbc().sql("UPDATE deals SET known = true").update();
        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");
    }

    @Test
    void a_release_that_does_not_know_tasks_may_not_decide_at_the_same_time() {
        assertThat(Reaction.identity(List.of())).isNotEqualTo(WorkSettings.hash(Stream.of()));
    }

    @Test
    void an_answer_without_a_key_makes_a_task_that_nobody_can_close() {
        remote.answersInTurn(new Answer(201, Map.of("Content-Type", "application/json"), "{\"id\":17}"));
        dispatcher(true, QUICK);
        open(breach(id));
        awaitEffects(D1 + " done");

        close(id);
        awaitEffects(D1 + " failed no-key");

        assertThat(asked()).containsExactly("/task/tasks", "/task/tasks");
        await().untilAsserted(() -> assertThat(entered("failed")).isEqualTo(1));
    }
}
