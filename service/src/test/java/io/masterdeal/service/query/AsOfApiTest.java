package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.service.servers.RunningService;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answers about what was known earlier. */
class AsOfApiTest {

    private static final String ROOT = "crm:deal:asof-1";

    private static final String GONE = "crm:deal:asof-gone";

    private static final String OTHER = "crm:deal:asof-2";

    private static final String PLAN = "media:mediaplan:asof";

    private static final String SHARED = "docflow:contract:asof";

    private static final Fact READY = fact("media.mediaplan.ready", PLAN, "Plan Ready", 3, ROOT);

    private static RunningService service;

    @BeforeAll
    static void tell_a_story() throws Exception {
        service = RunningService.shared();
        service.jdbc()
                .sql("INSERT INTO rule_set_history (identity, content, active_from) VALUES"
                        + " ('strict-table@1#asof', ?, '2026-04-03T12:00:00Z'), ('broken@1#asof', 'name: [', '2026-04-05T12:00:00Z'),"
                        + " (?, '', '2026-04-07T12:00:00Z')")
                .params(strictTable(), ruleSet())
                .update();
        service.jdbc()
                .sql(
                        "INSERT INTO intake_incidents (at, consumer_group, topic, partition, kind, what, cure, waits, from_offset,"
                                + " to_offset) VALUES ('2026-04-04T11:00:00Z', 'asof', 'asof.events', 2, 'store-behind', '', '', false,"
                                + " 40, 45)")
                .update();
        received(1, "asof.events-2@10", fact("crm.deal.created", ROOT, "Deal Created", 1));
        received(2, "asof.events-2@11", fact("crm.brief.submitted", ROOT, "Brief Submitted", 2), READY);
        Fact only = fact("crm.deal.created", GONE, "Deal Created", 1);
        received(
                2,
                "asof.events-2@12",
                only,
                fact("docflow.contract.signed", SHARED, "Contract Signed", 4, ROOT, OTHER));
        received(4, "asof.events-2@41", fact("crm.deal.lost", ROOT, "Deal Lost", 5));
        received(
                6,
                "asof.events-2@50",
                retraction(READY),
                Retraction.ofOwnDomain(fact("x", "crm:deal:x", null, 9), List.of(only.eventId())),
                fact("legal.approved", "legal:case:asof-waits", "Legal Approved", 6));
        Fact contract = fact("docflow.contract.drafted", SHARED, "Contract Drafted", 3, ROOT);
        received(7, "asof.events-2@51", contract, retraction(contract));
    }

    @AfterAll
    static void leave_no_rule_sets() {
        service.jdbc()
                .sql("DELETE FROM rule_set_history WHERE active_from < '2026-04-08T00:00:00Z'")
                .update();
        service.jdbc()
                .sql("DELETE FROM intake_incidents WHERE consumer_group = 'asof'")
                .update();
    }

    private static String strictTable() throws Exception {
        try (InputStream text =
                Objects.requireNonNull(AsOfApiTest.class.getResourceAsStream("/masterdeal/rules/strict-table.yaml"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String ruleSet() {
        return service.bean(RuleSet.class).identity();
    }

    private static Fact fact(String type, String subject, @Nullable String status, int minute, String... links) {
        return Fact.of(
                UUID.randomUUID(),
                type,
                new ObjectKey(subject),
                status,
                null,
                Instant.parse("2026-03-01T10:00:00Z").plusSeconds(60L * minute),
                List.of(links).stream().map(ObjectKey::new).toList(),
                Map.of(),
                null);
    }

    private static Retraction retraction(Fact fact) {
        return Retraction.ofOwnDomain(fact("x", fact.subject().value(), null, 9), List.of(fact.eventId()));
    }

    /** Stores statements as if they had been received at noon of a day of April. */
    private static void received(int day, String origin, Statement... statements) {
        Provenance from = new Provenance("/test", null, null, null, false, origin);
        service.bean(FactStore.class)
                .add(List.of(statements).stream()
                        .map(each -> ReceivedStatement.of(each, from))
                        .toList());
        OffsetDateTime at = OffsetDateTime.of(2026, 4, day, 12, 0, 0, 0, ZoneOffset.UTC);
        for (String table : List.of("facts", "retractions")) {
            service.jdbc()
                    .sql("UPDATE " + table + " SET received_at = ? WHERE origin = ?")
                    .params(at, origin)
                    .update();
        }
    }

    @Test
    void a_deal_is_told_as_it_was_known() throws Exception {
        JsonNode then = service.get("/masterdeal/" + ROOT + "?known_at=2026-04-03&zone=Europe/Berlin&rules=now");

        assertThat(then.path("known_at").stringValue()).isEqualTo("2026-04-03T21:59:59.999Z");
        assertThat(then.path("stage").stringValue()).isEqualTo("offer_ready");
        assertThat(then.path("outcome").stringValue()).isEqualTo("open");
        assertThat(then.path("facts").intValue()).isEqualTo(4);
        assertThat(then.path("objects").findValuesAsString("key")).containsExactly(ROOT, SHARED, PLAN);
        assertThat(then.path("timeline").findValuesAsString("stage"))
                .containsExactly("lead_created", "briefed", "offer_ready");
        assertThat(then.path("rules").path("asked").stringValue()).isEqualTo("now");
        assertThat(then.path("rules").path("identity").stringValue()).isEqualTo(ruleSet());
        assertThat(then.path("not_reproducible").stringValue()).contains("time of receipt");
        assertThat(then.path("stage_since").stringValue())
                .isEqualTo(then.path("timeline").path(2).path("effective_at").stringValue());
        assertThat(then.path("left_out").size()).isEqualTo(4);
        assertThat(then.has("revision")).isFalse();
    }

    @ParameterizedTest(name = "at {0}: {1}, {2}, {3} facts")
    @CsvSource({
        "2026-04-01T12:00:00Z, lead_created, open, 1",
        "2026-04-02T11:59:59.999Z, lead_created, open, 1",
        "2026-04-02T14:00:00%2B02:00, offer_ready, open, 4",
        "2026-04-04, offer_ready, lost, 5",
        "2026-04-06, briefed, lost, 4"
    })
    void each_instant_has_its_answer(String at, String stage, String outcome, int facts) throws Exception {
        JsonNode then = service.get("/masterdeal/" + ROOT + "?rules=now&known_at=" + at);

        assertThat(then.path("stage").stringValue()).isEqualTo(stage);
        assertThat(then.path("outcome").stringValue()).isEqualTo(outcome);
        assertThat(then.path("facts").intValue()).isEqualTo(facts);
        assertThat(service.get("/masterdeal/" + MasterDealId.of(new ObjectKey(ROOT)) + "?rules=now&known_at=" + at))
                .isEqualTo(then);
    }

    @Test
    void the_present_answer_is_the_one_for_now() throws Exception {
        JsonNode present = service.get("/masterdeal/" + ROOT);
        JsonNode then = service.get(
                "/masterdeal/" + ROOT + "?known_at=" + Instant.now().toString().substring(0, 19) + "Z");

        for (String part : List.of(
                "master_deal_id",
                "root",
                "stage",
                "outcome",
                "contradictory",
                "gaps",
                "facts",
                "rule_set",
                "timeline",
                "objects",
                "findings",
                "outcome_finding")) {
            assertThat(then.path(part)).as(part).isEqualTo(present.path(part));
        }
    }

    @Test
    void the_rule_set_in_use_then_judges_if_it_was_kept() throws Exception {
        JsonNode before = service.get("/masterdeal/" + ROOT + "?known_at=2026-04-03T11:00:00Z");
        JsonNode after = service.get("/masterdeal/" + ROOT + "?known_at=2026-04-03T13:00:00Z");

        assertThat(before.path("stage").stringValue()).isEqualTo("offer_ready");
        assertThat(before.path("rules").path("note").stringValue()).contains("was not kept");
        assertThat(after.path("stage").stringValue()).isEqualTo("contracting");
        assertThat(after.path("rule_set").stringValue()).startsWith("strict-table@");
        assertThat(after.path("rules").path("identity").stringValue()).isEqualTo("strict-table@1#asof");
        assertThat(after.path("rules").path("active_from").stringValue()).isEqualTo("2026-04-03T12:00:00.000Z");
        assertThat(after.path("rules").has("note")).isFalse();
        assertThat(problem("/masterdeal/" + ROOT + "?known_at=2026-04-06", 422)).contains("broken@1#asof", "rules=now");
        assertThat(service.get("/masterdeal/" + ROOT + "?known_at=2026-04-07")
                        .path("rules")
                        .path("identity")
                        .stringValue())
                .isEqualTo(ruleSet());
    }

    @Test
    void a_deal_that_is_not_known_any_more_is_told_as_it_was() throws Exception {
        assertThat(problem("/masterdeal/" + GONE, 404)).isNotEmpty();
        assertThat(problem("/masterdeal/" + GONE + "?known_at=2026-04-06", 404)).contains("No fact that was known");
        assertThat(service.get("/masterdeal/" + GONE + "?known_at=2026-04-03&rules=now")
                        .path("stage")
                        .stringValue())
                .isEqualTo("lead_created");
        assertThat(service.get("/masterdeal/" + GONE + "/learned?from=2026-04-03&to=2026-04-06&rules=now")
                        .path("after")
                        .path("known")
                        .booleanValue())
                .isFalse();
        assertThat(problem("/masterdeal/" + ROOT + "?known_at=2026-03-31", 404)).contains("2026-03-31T23:59:59.999Z");
        assertThat(problem("/masterdeal/" + SHARED + "?known_at=2026-04-03", 409))
                .contains(ROOT, OTHER);
        assertThat(problem("/masterdeal/legal:case:asof-waits?known_at=2026-04-06", 404))
                .contains("it was an orphan");
        assertThat(service.get("/masterdeal/" + PLAN + "?known_at=2026-04-03&rules=now")
                        .path("root")
                        .stringValue())
                .isEqualTo(ROOT);
        assertThat(problem("/masterdeal/" + PLAN + "?known_at=2026-04-06", 404)).contains("No fact that was known");
    }

    @Test
    void what_was_learned_is_told_in_the_order_of_receipt_with_both_answers() throws Exception {
        JsonNode learned = service.get("/masterdeal/" + ROOT + "/learned?from=2026-04-02&to=2026-04-07&rules=now");

        assertThat(learned.path("before").path("stage").stringValue()).isEqualTo("offer_ready");
        assertThat(learned.path("before").path("outcome").stringValue()).isEqualTo("open");
        assertThat(learned.path("after").path("stage").stringValue()).isEqualTo("briefed");
        assertThat(learned.path("after").path("outcome").stringValue()).isEqualTo("lost");
        assertThat(learned.path("objects").findValuesAsString("key")).containsExactly(ROOT, PLAN);
        assertThat(learned.path("objects").findValuesAsString("change")).containsExactly("changed", "left");
        assertThat(learned.path("items").findValuesAsString("received_at"))
                .containsExactly(
                        "2026-04-04T12:00:00.000Z",
                        "2026-04-06T12:00:00.000Z",
                        "2026-04-07T12:00:00.000Z",
                        "2026-04-07T12:00:00.000Z");
        assertThat(learned.path("items").findValuesAsString("kind"))
                .startsWith("fact", "retraction")
                .containsOnly("fact", "retraction");
        assertThat(learned.path("items").path(1).path("retracts").path(0).stringValue())
                .isEqualTo(READY.eventId().toString());
        assertThat(learned.path("items")
                        .valueStream()
                        .map(item -> item.path("read_again").booleanValue()))
                .containsExactly(true, false, false, false);
    }

    @Test
    void what_was_learned_comes_by_page() throws Exception {
        String question = "/masterdeal/" + ROOT + "/learned?from=2026-03-01&to=2026-04-07&rules=now&limit=3";
        JsonNode first = service.get(question);
        JsonNode second = service.get(question + "&cursor=" + first.path("next").stringValue());
        JsonNode third = service.get(question + "&cursor=" + second.path("next").stringValue());

        assertThat(first.path("before").path("known").booleanValue()).isFalse();
        assertThat(first.path("objects").findValuesAsString("change")).containsExactly("joined", "joined");
        assertThat(second.has("before")).isFalse();
        assertThat(third.has("next")).isFalse();
        assertThat(first.path("items").size()
                        + second.path("items").size()
                        + third.path("items").size())
                .isEqualTo(8);
        assertThat(third.path("items").path(1).path("received_at").stringValue())
                .isEqualTo("2026-04-07T12:00:00.000Z");
    }

    @Test
    void facts_that_were_read_again_after_a_restore_are_counted() throws Exception {
        assertThat(service.get("/masterdeal/" + ROOT + "?rules=now&known_at=2026-04-03")
                        .path("read_again")
                        .intValue())
                .isEqualTo(1);
        assertThat(service.get("/masterdeal/" + ROOT + "?rules=now&known_at=2026-04-06")
                        .path("read_again")
                        .intValue())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?known_at=",
                "?known_at=yesterday",
                "?known_at=2026-02-30",
                "?known_at=2026-04-03T12:00:00",
                "?known_at=2026-04-03T12:00:00.0001Z",
                "?known_at=1969-12-31",
                "?known_at=2199-01-01",
                "?known_at=2026-04-03&zone=Mars/Base",
                "?known_at=2026-04-03&rules=tomorrow",
                "/learned",
                "/learned?from=x",
                "/learned?from=2026-04-03&to=2026-04-02",
                "/learned?from=2026-04-03&to=2199-01-01",
                "/learned?from=2026-04-03&to=2026-04-04&limit=0",
                "/learned?from=2026-04-03&to=2026-04-04&cursor=eHh4"
            })
    void a_bad_question_is_a_problem(String question) throws Exception {
        assertThat(problem("/masterdeal/" + ROOT + question, 400)).isNotEmpty();
    }

    @Test
    void openapi_describes_both() throws Exception {
        JsonNode paths = service.get("/openapi").path("paths");

        assertThat(paths.path("/masterdeal/{id}/learned")
                        .path("get")
                        .path("summary")
                        .stringValue())
                .contains("Not reproducible");
        assertThat(paths.path("/masterdeal/{id}").path("get").path("parameters").findValuesAsString("name"))
                .contains("id", "known_at", "zone", "rules", "min_revision");
        assertThat(paths.path("/masterdeal/{id}").path("get").path("parameters").valueStream())
                .as("who asks for the present answer gives none of them")
                .noneMatch(it -> it.path("required").booleanValue(false)
                        && !it.path("name").stringValue().equals("id"));
        assertThat(paths.path("/masterdeal/{id}")
                        .path("get")
                        .path("responses")
                        .path("200")
                        .toString())
                .contains("AsOfView", "DealView");
    }

    private static String problem(String path, int status) throws Exception {
        HttpResponse<String> response = service.request("GET", path, "reader");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        return JsonMapper.shared().readTree(response.body()).path("detail").stringValue();
    }
}
