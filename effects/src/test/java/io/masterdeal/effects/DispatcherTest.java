package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.effects.servers.RemoteSystem;
import io.masterdeal.effects.servers.RemoteSystem.Answer;
import io.masterdeal.effects.servers.RemoteSystem.Received;
import io.masterdeal.model.Fact;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How effects are sent, again and again if it must be, and which are not. */
class DispatcherTest extends DispatchCase {

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

        claims(true, QUICK).take(10);
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
    void a_request_without_an_answer_is_tried_again() {
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
        ClaimedEffect claimed = claims(true, QUICK).take(1).claimed().getFirst();

        remote.answersInTurn(new Answer(429, Map.of("Retry-After", "120"), ""));
        assertThat(client.send(claimed)).isEqualTo(new Reply.Later("429", Duration.ofMinutes(2)));
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.plusSeconds(90).atOffset(ZoneOffset.UTC));
        remote.answersInTurn(new Answer(503, Map.of("Retry-After", date), ""));
        assertThat(client.send(claimed)).isEqualTo(new Reply.Later("503", Duration.ofSeconds(90)));
        remote.answersInTurn(new Answer(503, Map.of("Retry-After", "soon"), ""));
        assertThat(client.send(claimed)).isEqualTo(new Reply.Later("503", null));
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
    void without_a_gateway_what_is_left_over_is_suppressed() {
        add(brief(D1));

        dispatcher(false, QUICK);

        awaitEffects(D1 + " suppressed no-gateway");
    }

    @Test
    void a_process_without_a_gateway_leaves_effects_to_one_that_has_it() {
        inUse(REACTIONS, true);
        add(brief(D1));

        assertThat(claims(false, QUICK).take(10)).isEqualTo(new EffectClaims.Round(0, List.of()));
        assertThat(effects()).containsExactly(D1 + " pending");

        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");
    }

    @Test
    void a_process_with_other_reactions_leaves_effects_to_one_that_has_the_right_ones() {
        inUse(REACTIONS, true);
        add(brief(D1));

        assertThat(claims(true, List.of(), QUICK).take(10)).isEqualTo(new EffectClaims.Round(0, List.of()));
        assertThat(effects()).containsExactly(D1 + " pending");

        dispatcher(true, QUICK);
        awaitEffects(D1 + " done");
    }

    @Test
    void reactions_that_were_switched_off_suppress_what_is_left_over_also_without_a_gateway() {
        add(brief(D1));
        inUse(List.of(), false);

        assertThat(claims(false, List.of(), QUICK).take(10).looked()).isEqualTo(1);

        assertThat(effects()).containsExactly(D1 + " suppressed no-reaction");
    }

    @Test
    void a_system_without_a_route_suppresses_and_the_answer_of_the_gateway_says_so() {
        add(brief(D1));
        remote.answersInTurn(new Answer(
                404,
                Map.of("Content-Type", "application/problem+json"),
                "{\"type\":\"urn:masterdeal:problem:no-route\",\"title\":\"There is no route\"}"));

        dispatcher(true, QUICK);
        awaitEffects(D1 + " suppressed no-route");

        assertThat(column("last_error", String.class)).isEqualTo("404 There is no route");
        assertThat(entered("suppressed")).isEqualTo(1);
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
