package io.masterdeal.service.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.model.Fact;
import io.masterdeal.service.commands.RemoteSystem.Answer;
import io.masterdeal.service.commands.RemoteSystem.Received;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How effects are sent, again and again if it must be, and which are not. */
class DispatcherTest extends EffectCase {

    private static final String D1 = "crm:deal:D-1";

    private static final String PLAN = "media:mediaplan:MP-1";

    private static final Duration LEASE = Duration.ofSeconds(2);

    private static final Retries QUICK = new Retries(4, Duration.ofMillis(20));

    private final List<Dispatcher> running = new ArrayList<>();

    private RemoteSystem remote;

    @BeforeEach
    void start_the_remote_system() throws Exception {
        remote = new RemoteSystem();
    }

    @AfterEach
    void stop_all() throws Exception {
        for (Dispatcher each : running) {
            each.stop();
        }
        remote.close();
    }

    private Desk desk(boolean gateway, Retries retries) {
        return new Desk(database.dataSource(), REACTIONS, RULES, new Desk.Terms(gateway, retries, LEASE), meters);
    }

    private GatewayClient client() {
        return new GatewayClient(
                URI.create(remote.address() + "/"),
                "the-key",
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ofMillis(500));
    }

    private Dispatcher dispatcher(boolean gateway, Retries retries) {
        Dispatcher dispatcher = new Dispatcher(
                desk(gateway, retries), new EffectTable(jdbc()), gateway ? client() : null, retries, meters, 4);
        running.add(dispatcher);
        dispatcher.start();
        return dispatcher;
    }

    private static void awaitEffects(String... expected) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(effects()).containsExactly(expected));
    }

    private static <T> T column(String column, Class<T> type) {
        return jdbc().sql("SELECT " + column + " FROM effects").query(type).single();
    }

    @Test
    void a_submitted_brief_asks_for_a_media_plan() {
        Fact created = with(
                fact("crm.deal.created", D1, Duration.ofHours(3)), Map.of("client", "Yantar \"é\"", "amount", "1"));
        Fact updated = with(fact("crm.deal.updated", D1, Duration.ofHours(2)), Map.of("amount", "2600000"));
        Fact brief = with(brief(D1), Map.of("budget", "2000000"));
        add(updated, brief, created);

        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");

        assertThat(remote.received()).hasSize(1);
        Received request = remote.received().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/media/api/mediaplan/request");
        assertThat(request.key()).isEqualTo(effect(D1, brief).toString());
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer the-key");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.headers().getFirst("traceparent")).isEqualTo(TRACE);
        assertThat(request.body())
                .isEqualTo("{\"master_deal_id\":\"" + deal(D1) + "\",\"deal\":\"" + D1
                        + "\",\"correlation_id\":\"c-1\",\"causation_id\":\"" + brief.eventId()
                        + "\",\"attributes\":{\"amount\":\"2600000\",\"budget\":\"2000000\","
                        + "\"client\":\"Yantar \\\"é\\\"\"}}");
        assertThat(column("attempts", Integer.class)).isEqualTo(1);
        assertThat(entered("done")).isEqualTo(1);
    }

    @Test
    void a_live_plan_of_the_deal_forbids_it() {
        add(fact("media.mediaplan.drafted", PLAN, Duration.ofHours(2), D1), brief(D1));

        dispatcher(true, QUICK);
        awaitEffects(D1 + " suppressed unless live media:mediaplan");

        assertThat(remote.received()).isEmpty();
    }

    @Test
    void a_plan_that_comes_before_the_first_sending_forbids_it() {
        add(brief(D1));
        add(fact("media.mediaplan.drafted", PLAN, Duration.ofMinutes(1), D1));

        dispatcher(true, QUICK);
        awaitEffects(D1 + " suppressed unless live media:mediaplan");
    }

    @Test
    void a_plan_of_which_no_status_is_told_yet_forbids_it_and_a_dead_one_does_not() {
        add(fact("media.object.updated", PLAN, Duration.ofHours(2), D1), brief(D1));
        add(fact("media.mediaplan.drafted", "media:mediaplan:MP-2", Duration.ofHours(4), "crm:deal:D-2"));
        add(fact("media.mediaplan.cancelled", "media:mediaplan:MP-2", Duration.ofHours(3), "crm:deal:D-2"));
        add(brief("crm:deal:D-2"));

        dispatcher(true, QUICK);
        awaitEffects(D1 + " suppressed unless live media:mediaplan", "crm:deal:D-2 done");
    }

    @Test
    void a_deal_that_waits_to_be_folded_is_not_judged_before() {
        add(brief(D1));
        jdbc().sql("INSERT INTO pending_folds VALUES (?, false)")
                .param(deal(D1))
                .update();

        desk(true, QUICK).take(10);
        assertThat(column("last_error", String.class)).isEqualTo("the deal waits to be folded");
        assertThat(column("attempts", Integer.class)).isZero();

        store.settlePending(10);
        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");
    }

    @Test
    void a_fact_taken_back_before_it_is_sent_asks_for_nothing() {
        Fact brief = brief(D1);
        add(fact("crm.deal.created", D1, Duration.ofHours(2)), brief);
        add(retraction(brief));

        dispatcher(true, QUICK);
        awaitEffects(D1 + " suppressed retracted");

        assertThat(remote.received()).isEmpty();
    }

    @Test
    void a_fact_taken_back_between_two_attempts_is_not_sent_again() {
        Fact brief = brief(D1);
        add(brief);
        remote.answers(_ -> {
            add(retraction(brief));
            return Answer.of(503);
        });

        dispatcher(true, QUICK);
        awaitEffects(D1 + " suppressed retracted");

        assertThat(remote.received()).hasSize(1);
    }

    @Test
    void an_object_that_left_the_deal_asks_for_nothing_there() {
        Fact link = fact("docflow.contract.signed", "docflow:contract:K-1", Duration.ofHours(2), D1, "crm:deal:D-2");
        add(fact("crm.deal.created", D1, Duration.ofHours(3)), link);
        add(fact("legal.approved", "legal:case:L-1", Duration.ofHours(1), "docflow:contract:K-1"));
        add(retraction(link));
        add(fact("docflow.contract.signed", "docflow:contract:K-1", Duration.ofHours(2), "crm:deal:D-2"));

        dispatcher(true, QUICK);
        awaitEffects(D1 + " suppressed left-deal", "crm:deal:D-2 done");

        assertThat(remote.received()).hasSize(1).allMatch(it -> it.method().equals("PUT"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void what_may_pass_is_tried_again_with_the_same_key_and_bytes(int status) {
        add(brief(D1));
        remote.answersInTurn(Answer.of(status), Answer.of(status), RemoteSystem.ACCEPTED);
        dispatcher(true, QUICK);
        // Between the attempts the deal changes; what was asked for does not.
        await().until(() -> !remote.received().isEmpty());
        add(with(fact("crm.deal.updated", D1, Duration.ofMinutes(1)), Map.of("budget", "9")));
        awaitEffects(D1 + " done");

        assertThat(remote.received()).hasSize(3);
        assertThat(remote.received().stream().map(Received::body).distinct()).hasSize(1);
        assertThat(remote.received().stream().map(Received::key).distinct()).hasSize(1);
        assertThat(column("last_error", String.class)).isEqualTo("" + status);
    }

    @Test
    void what_nobody_answers_is_tried_again() {
        add(brief(D1));
        CountDownLatch stuck = new CountDownLatch(1);
        remote.answers(_ -> {
            if (remote.received().size() == 1) {
                try {
                    stuck.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return RemoteSystem.ACCEPTED;
        });

        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");
        stuck.countDown();

        assertThat(remote.received()).hasSize(2);
        assertThat(column("last_error", String.class)).isEqualTo("no answer within 500 ms");
    }

    @Test
    void a_gateway_that_is_away_is_given_up_after_the_last_attempt() {
        add(brief(D1));
        remote.close();

        dispatcher(true, QUICK);
        awaitEffects(D1 + " failed gave-up");

        assertThat(column("attempts", Integer.class)).isEqualTo(4);
        assertThat(column("last_error", String.class)).startsWith("ConnectException");
        assertThat(entered("failed")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 409, 422})
    void what_is_refused_fails_at_once_and_tells_why(int status) {
        add(brief(D1));
        remote.answersInTurn(new Answer(
                status,
                Map.of("Content-Type", "application/problem+json"),
                "{\"title\":\"no budget\",\"detail\":\"A brief needs a budget.\\u0000\"}"));

        dispatcher(true, QUICK);
        awaitEffects(D1 + " failed refused");

        assertThat(remote.received()).hasSize(1);
        assertThat(column("last_error", String.class).strip())
                .isEqualTo(status + " no budget: A brief needs a budget.");
    }

    @Test
    void an_endless_answer_is_not_read_to_its_end() {
        add(brief(D1));
        remote.answersInTurn(
                new Answer(404, Map.of("Content-Type", "application/problem+json"), "x".repeat(9_000_000)));

        dispatcher(true, QUICK);
        awaitEffects(D1 + " failed refused");

        assertThat(column("last_error", String.class)).isEqualTo("404");
    }

    @Test
    void retry_after_is_honoured_in_seconds_and_as_a_date() throws Exception {
        add(brief(D1));
        GatewayClient client = client();
        Order order = desk(true, QUICK).take(1).orders().getFirst();

        remote.answersInTurn(new Answer(429, Map.of("Retry-After", "120"), ""));
        assertThat(client.send(order)).isEqualTo(new Reply.Later("429", Duration.ofMinutes(2)));
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.plusSeconds(90).atOffset(ZoneOffset.UTC));
        remote.answersInTurn(new Answer(503, Map.of("Retry-After", date), ""));
        assertThat(client.send(order)).isEqualTo(new Reply.Later("503", Duration.ofSeconds(90)));
        remote.answersInTurn(new Answer(503, Map.of("Retry-After", "soon"), ""));
        assertThat(client.send(order)).isEqualTo(new Reply.Later("503", null));
        client.close();

        remote.answersInTurn(new Answer(503, Map.of("Retry-After", "120"), ""));
        jdbc().sql("UPDATE effects SET due_at = now()").update();
        dispatcher(true, QUICK);
        await().until(() -> !column("coalesce(last_error, '')", String.class).isEmpty());
        assertThat(jdbc().sql("SELECT extract(epoch FROM due_at - updated_at)::int FROM effects")
                        .query(Integer.class)
                        .single())
                .isEqualTo(120);
    }

    @Test
    void a_process_stopped_between_sending_and_marking_sends_the_same_again() throws Exception {
        add(brief(D1));
        // The first process sends, and is gone before it can write down that it did.
        try (GatewayClient client = client()) {
            Order order = desk(true, QUICK).take(10).orders().getFirst();
            assertThat(client.send(order)).isEqualTo(new Reply.Taken());
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
    void a_taken_effect_is_nobody_elses_until_its_lease_ends() {
        add(brief(D1));

        assertThat(desk(true, QUICK).take(10).orders()).hasSize(1);
        assertThat(desk(true, QUICK).take(10).looked()).isZero();
        jdbc().sql("UPDATE effects SET due_at = now()").update();
        assertThat(desk(true, QUICK).take(10).orders()).hasSize(1);
    }

    @Test
    void one_that_was_killed_again_and_again_is_given_up() {
        add(brief(D1));
        Desk desk = desk(true, QUICK);
        for (int i = 0; i < QUICK.attempts(); i++) {
            assertThat(desk.take(1).orders()).hasSize(1);
            jdbc().sql("UPDATE effects SET due_at = now()").update();
        }

        assertThat(desk.take(1).orders()).isEmpty();
        assertThat(effects()).containsExactly(D1 + " failed gave-up");
    }

    @Test
    void a_late_word_of_one_whose_lease_has_ended_changes_nothing_but_that_it_was_taken_does() {
        add(brief(D1));
        EffectTable table = new EffectTable(jdbc());
        Order late = desk(true, QUICK).take(1).orders().getFirst();
        jdbc().sql("UPDATE effects SET due_at = now()").update();
        Order present = desk(true, QUICK).take(1).orders().getFirst();

        assertThat(table.failed(late, Reasons.REFUSED, "late")).isFalse();
        table.again(late, Duration.ZERO, "late");
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
            add(java.util.Arrays.copyOfRange(briefs, i, i + 20));
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> new EffectTable(jdbc()).pending() == 0);

        assertThat(remote.received()).hasSize(briefs.length);
        assertThat(remote.received().stream().map(Received::key).distinct()).hasSize(briefs.length);
        assertThat(remote.overlapping()).isEmpty();
        assertThat(entered("done")).isEqualTo(briefs.length);
    }

    @Test
    void without_a_gateway_what_is_left_over_is_suppressed() {
        add(brief(D1));

        dispatcher(false, QUICK);

        awaitEffects(D1 + " suppressed no-gateway");
    }

    @Test
    void a_released_effect_is_sent_whatever_the_conditions_say() {
        add(fact("media.mediaplan.drafted", PLAN, Duration.ofHours(2), D1));
        Fact brief = fact("crm.brief.submitted", D1, Duration.ofDays(30));
        store.add(List.of(told(brief, true)));
        assertThat(effects()).containsExactly(D1 + " suppressed replayed");

        EffectTable table = new EffectTable(jdbc());
        assertThat(table.release(effect(D1, brief))).isTrue();
        assertThat(table.release(effect(D1, brief))).isFalse();
        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");

        assertThat(remote.received()).hasSize(1);
        assertThat(table.release(effect(D1, brief))).isFalse();
    }

    @Test
    void a_released_effect_that_had_been_sent_keeps_its_bytes_and_gets_all_its_attempts() {
        Fact brief = brief(D1);
        add(brief);
        remote.answersInTurn(Answer.of(422), Answer.of(503), Answer.of(503), Answer.of(503), RemoteSystem.ACCEPTED);
        dispatcher(true, QUICK);
        awaitEffects(D1 + " failed refused");
        add(with(fact("crm.deal.updated", D1, Duration.ofMinutes(1)), Map.of("budget", "9")));

        new EffectTable(jdbc()).release(effect(D1, brief));
        awaitEffects(D1 + " done");

        assertThat(remote.received()).hasSize(5);
        assertThat(remote.received().stream().map(Received::body).distinct()).hasSize(1);
    }

    @Test
    void ten_attempts_with_the_usual_pauses_take_about_an_hour() {
        Retries usual = new Retries(10, Duration.ofSeconds(2));
        Duration all = Duration.ZERO;
        for (int attempt = 1; attempt < 10; attempt++) {
            all = all.plus(usual.pause(attempt, null));
        }

        assertThat(all).isBetween(Duration.ofMinutes(45), Duration.ofMinutes(70));
        assertThat(usual.pause(1, Duration.ofDays(9))).isEqualTo(Duration.ofDays(1));
    }
}
