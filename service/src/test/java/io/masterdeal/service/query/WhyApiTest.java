package io.masterdeal.service.query;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service says about what a deal waits for. */
class WhyApiTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String BRIEFED = "crm:deal:why-briefed";

    private static final String SIGNED = "crm:deal:why-signed";

    private static final String CONTRACT = "docflow:contract:why-signed";

    private static final Event CREATED = event("crm.deal.created", SIGNED, 1);

    private static RunningService service;

    @BeforeAll
    static void tell_a_story() throws Exception {
        service = RunningService.shared();
        try (DomainEvents events = new DomainEvents()) {
            events.send(
                    event("crm.deal.created", BRIEFED, 1),
                    event("crm.brief.submitted", BRIEFED, Instant.now()),
                    CREATED,
                    event("docflow.contract.signed", CONTRACT, 4, SIGNED),
                    event("dcm.invoice.issued", "dcm:invoice:why-signed", 5, CONTRACT));
        }
        await().atMost(PATIENCE).until(service::isIdle);
    }

    @Test
    void the_next_stage_names_what_is_missing_who_says_it_and_who_was_asked() throws Exception {
        JsonNode why = service.get("/masterdeal/" + BRIEFED + "/why");

        assertThat(why.path("root").stringValue()).isEqualTo(BRIEFED);
        assertThat(why.path("stage").stringValue()).isEqualTo("briefed");
        assertThat(why.path("waits_since").isString()).isTrue();
        assertThat(why.path("stages").findValuesAsString("stage")).containsExactly("offer_ready");
        JsonNode effect = why.path("asked").path(0);
        assertThat(effect.path("reaction").stringValue()).isEqualTo("request-mediaplan");
        assertThat(effect.path("system").stringValue()).isEqualTo("media");
        assertThat(effect.path("state").stringValue()).isEqualTo("suppressed");
        JsonNode offer = why.path("stages").path(0);
        assertThat(offer.path("alternatives").size()).isEqualTo(1);
        JsonNode plan = offer.path("alternatives").path(0).path("facts").path(0);
        assertThat(plan).isEqualTo(JsonMapper.shared().readTree("""
                {"kind":"media:mediaplan","new_object":1,"status":"Plan Ready","link":"%s","system":"media",
                 "types":["media.mediaplan.ready"],"asked":["%s"]}""".formatted(
                        BRIEFED, effect.path("id").stringValue())));
        assertThat(offer.path("unmet").path(0).path("condition").stringValue()).isEqualTo("some");
        assertThat(offer.path("truncated").booleanValue()).isFalse();
        assertThat(why.path("clocks").findValuesAsString("policy")).contains("lead-to-close");
    }

    @Test
    void gaps_are_named_and_the_next_stage() throws Exception {
        JsonNode why = service.get("/masterdeal/" + CONTRACT + "/why");

        assertThat(why.path("stage").stringValue()).isEqualTo("closing");
        assertThat(why.path("stages").findValuesAsString("stage"))
                .containsExactly("briefed", "offer_ready", "contracting", "closed");
        JsonNode contracting = why.path("stages").path(2);
        JsonNode missing =
                contracting.path("alternatives").path(0).path("facts").path(0);
        assertThat(missing.path("kind").stringValue()).isEqualTo("legal:case");
        assertThat(missing.path("link").stringValue()).isEqualTo(CONTRACT);
        assertThat(missing.path("system").stringValue()).isEqualTo("legal");
        assertThat(missing.path("types").path(0).stringValue()).isEqualTo("legal.approved");
        JsonNode unmet = contracting.path("unmet").path(0);
        assertThat(unmet.path("condition").stringValue()).isEqualTo("for");
        assertThat(unmet.path("bearing").stringValue()).isEqualTo("legal:case");
        assertThat(contracting.path("evidence_total").intValue()).isZero();
    }

    @Test
    void a_stage_that_holds_has_its_facts_in_the_answer() throws Exception {
        JsonNode stages =
                service.get("/masterdeal/" + SIGNED + "/why?stage=lead_created").path("stages");

        assertThat(stages.size()).isEqualTo(1);
        assertThat(stages.path(0).path("holds").booleanValue()).isTrue();
        assertThat(stages.path(0).path("alternatives").isEmpty()).isTrue();
        JsonNode fact = stages.path(0).path("evidence").path(0);
        assertThat(fact.path("event_id").stringValue())
                .isEqualTo(CREATED.envelope().id().toString());
        assertThat(fact.path("type").stringValue()).isEqualTo("crm.deal.created");
        assertThat(fact.path("subject").stringValue()).isEqualTo(SIGNED);
        assertThat(fact.path("status").stringValue()).isEqualTo("Deal Created");
        assertThat(fact.path("occurred_at").stringValue()).isEqualTo("2026-03-01T10:01:00.000Z");
        assertThat(fact.path("source").stringValue()).isEqualTo("/crm");
        assertThat(fact.path("conflict").booleanValue()).isFalse();
        assertThat(service.get("/masterdeal/" + SIGNED + "/why?stage=all")
                        .path("stages")
                        .size())
                .isEqualTo(6);
    }

    @Test
    void every_fact_that_is_missing_can_be_said_by_an_event_of_its_system() throws Exception {
        for (JsonNode missing :
                service.get("/masterdeal/" + SIGNED + "/why?stage=all").findValues("facts")) {
            for (JsonNode fact : missing) {
                assertThat(fact.path("types").isEmpty()).as(fact.toString()).isFalse();
                assertThat(fact.path("types").path(0).stringValue())
                        .startsWith(fact.path("system").stringValue() + ".");
            }
        }
    }

    @Test
    void a_wrong_question_is_a_problem() throws Exception {
        HttpResponse<String> response =
                service.request("GET", "/masterdeal/" + SIGNED + "/why?stage=no-such-stage", "reader");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("'stage' is 'all' or one of lead_created, briefed");
        for (String path : List.of("why?stage=none", "why?stage=%00")) {
            assertThat(service.request("GET", "/masterdeal/" + SIGNED + "/" + path, "reader")
                            .statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
        assertThat(service.request("GET", "/masterdeal/crm:deal:why-unknown/why", "reader")
                        .statusCode())
                .isEqualTo(404);
        assertThat(service.request("GET", "/masterdeal/" + SIGNED + "/why", null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_deal_with_very_many_objects_is_not_searched() {
        // given
        SortedMap<ObjectKey, Set<ObjectKey>> members = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            members.put(new ObjectKey("docflow:contract:many-" + i), Set.of());
        }
        WhyAnswers.checkSize(of(members));

        // when
        members.put(new ObjectKey("docflow:contract:one-more"), Set.of());

        // then
        assertThatThrownBy(() -> WhyAnswers.checkSize(of(members)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("3001 objects")
                .hasMessageContaining("at most 3000");
    }

    private static WhyQueries.StoredDeal of(SortedMap<ObjectKey, Set<ObjectKey>> members) {
        ObjectKey root = new ObjectKey("crm:deal:many");
        return new WhyQueries.StoredDeal(
                MasterDealId.of(root).value(),
                root,
                "none",
                "open",
                1,
                "default@1",
                null,
                new DealState(0, null, members, Map.of(), Map.of(), List.of()));
    }

    @Test
    void openapi_describes_it() throws Exception {
        JsonNode operation = service.get("/openapi")
                .path("paths")
                .path("/masterdeal/{id}/why")
                .path("get");

        assertThat(operation.path("summary").stringValue("")).isNotBlank();
        assertThat(operation.path("parameters").findValuesAsString("description"))
                .hasSize(2);
    }
}
