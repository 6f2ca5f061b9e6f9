package io.masterdeal.service.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.service.servers.RunningService;
import io.masterdeal.testbed.servers.TestServers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** Stored clocks over HTTP: lists, totals, what was told, and the clocks of a deal. */
class ClockApiTest {

    private static final String DEAL = "crm:deal:clocks-1";

    private static RunningService service;

    /** Nothing is taken in, so that there is what the test stores. */
    @BeforeAll
    static void store_clocks() {
        service = RunningService.shared()
                .another(Map.of(
                        "spring.datasource.url",
                        TestServers.get().createDatabase("clocks"),
                        "masterdeal.kafka.group",
                        "service-clocks",
                        "masterdeal.service.intake.enabled",
                        "false",
                        "masterdeal.relay.slot",
                        "service_clocks"));
        service.jdbc()
                .sql("INSERT INTO deals (id, root_key, known, revision, stage) VALUES (?, ?, true, 1, 'briefed')")
                .params(MasterDealId.of(new ObjectKey(DEAL)).value(), DEAL)
                .update();
        clock(DEAL, "brief-to-offer", "", "running", "at_risk", "2026-04-09 09:00Z");
        clock(DEAL, "lead-to-close", "", "running", "", "2026-05-01 09:00Z");
        clock(DEAL, "legal-review", "legal:case:2", "paused", "", null);
        clock(DEAL, "legal-review", "legal:case:1", "met", "", "2026-04-05 09:00Z");
        clock("crm:deal:clocks-2", "brief-to-offer", "", "breached", "open", "2026-04-07 09:00Z");
        clock("crm:deal:clocks-3", "brief-to-offer", "", "breached", "", "2026-04-08 09:00Z");
        clock("crm:deal:clocks-4", "brief-to-offer", "", "cancelled", "breached", "2026-04-06 09:00Z");
        statement("breached", "told", null, 5L, null, "2026-04-07 09:00Z");
        statement("breached", "suppressed", "replayed", null, null, "2026-04-08 09:00Z");
        statement("warned", "retracted", null, 6L, 9L, "2026-04-09 09:00Z");
        service.jdbc()
                .sql("INSERT INTO sla_deadlines (deal_id, due_at) VALUES (?, now() - interval '1 hour')")
                .param(MasterDealId.of(new ObjectKey(DEAL)).value())
                .update();
        aDealThatCannotBeFolded();
        ManyClocks.count(service.jdbc());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** It has been due for long, and the metrics of folds say so. */
    private static void aDealThatCannotBeFolded() {
        UUID deal = MasterDealId.of(new ObjectKey("crm:deal:clocks-5")).value();
        service.jdbc()
                .sql("INSERT INTO sla_deadlines (deal_id, due_at) VALUES (?, now() - interval '9 hours')")
                .param(deal)
                .update();
        service.jdbc()
                .sql(
                        "INSERT INTO pending_folds (deal_id, snapshot, due_at, failure) VALUES (?, false, 'infinity', 'too large')")
                .param(deal)
                .update();
    }

    private static void clock(
            String root, String policy, String object, String state, String how, @Nullable String due) {
        boolean ended = state.equals("met") || (state.equals("breached") && how.isEmpty());
        boolean breached = state.equals("breached") || how.equals("breached");
        boolean cancelled = state.equals("cancelled");
        service.jdbc()
                .sql("""
                        INSERT INTO sla_clocks VALUES (:root, :policy, :object, :deal, 1, :state, :open, :risk,
                            timestamptz '2026-04-01 09:00Z', :due::timestamptz, :no_due, ARRAY[50], ARRAY[timestamptz '2026-04-02 09:00Z'],
                            CASE WHEN :breached THEN :due::timestamptz END,
                            CASE WHEN :ended THEN timestamptz '2026-04-10 09:00Z' END,
                            CASE WHEN :cancelled THEN timestamptz '2026-04-10 09:00Z' END,
                            'default', 'moscow', 86400000, CASE WHEN :ended OR :cancelled THEN 90000000 END,
                            CASE :policy WHEN 'legal-review' THEN 'legal' ELSE 'masterdeal' END,
                            CASE WHEN :root = 'crm:deal:clocks-1' THEN 'Yantar Clinics' END)
                        """)
                .param("root", root)
                .param("policy", policy)
                .param("object", object)
                .param("deal", MasterDealId.of(new ObjectKey(root)).value())
                .param("state", state)
                .param("open", !ended && !cancelled)
                .param("risk", how.equals("at_risk"))
                .param("due", due)
                .param("no_due", due == null ? state : null)
                .param("breached", breached)
                .param("ended", ended)
                .param("cancelled", cancelled)
                .update();
    }

    private static void statement(
            String kind,
            String state,
            @Nullable String reason,
            @Nullable Long revision,
            @Nullable Long retractedBy,
            String madeAt) {
        service.jdbc()
                .sql("""
                        INSERT INTO sla_statements (deal_id, policy, object, started_at, kind, percent, at, state, reason,
                            revision, retracted_by, made_at)
                        VALUES (:deal, 'brief-to-offer', '', timestamptz '2026-04-01 09:00Z', :kind, 100, :made::timestamptz, :state,
                            :reason, :revision::bigint, :by::bigint, :made::timestamptz)
                        """)
                .param("deal", MasterDealId.of(new ObjectKey(DEAL)).value())
                .param("kind", kind)
                .param("state", state)
                .param("reason", reason)
                .param("revision", revision)
                .param("by", retractedBy)
                .param("made", madeAt)
                .update();
    }

    /** What is listed, as {@code deal policy object}. */
    private static List<String> listed(String query) throws Exception {
        List<String> clocks = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = service.get("/sla?limit=2&" + query + "&cursor=" + cursor);
            page.path("items")
                    .forEach(clock -> clocks.add((clock.path("root").stringValue() + " "
                                    + clock.path("policy").stringValue() + " "
                                    + clock.path("object").stringValue(""))
                            .replace("crm:deal:clocks-", "")
                            .strip()));
            cursor = page.path("next").stringValue("");
        } while (!cursor.isEmpty());
        return clocks;
    }

    @Test
    void a_clock_is_told_in_short() throws Exception {
        JsonNode clock = service.get("/sla?at_risk=true").path("items").path(0);

        assertThat(clock).isEqualTo(JsonMapper.shared().readTree("""
                {"root":"crm:deal:clocks-1","master_deal_id":"%s","policy":"brief-to-offer","object":null,"cycle":1,"state":"running",
                 "at_risk":true,"started_at":"2026-04-01T09:00:00.000Z","due_at":"2026-04-09T09:00:00.000Z","no_due":null,
                 "warned_at":[[50,"2026-04-02T09:00:00.000Z"]],"breached_at":null,"stopped_at":null,"cancelled_at":null,
                 "segment":"default","calendar":"moscow","target":86400000,"domain":"masterdeal","client":"Yantar Clinics"}
                """.formatted(MasterDealId.of(new ObjectKey(DEAL)))));
        JsonNode ended = service.get("/sla?state=met").path("items").path(0);
        assertThat(ended.path("spent").longValue()).isEqualTo(90_000_000);
        assertThat(ended.path("object").stringValue()).isEqualTo("legal:case:1");
    }

    @Test
    void clocks_are_found_by_all_that_is_known_of_them() throws Exception {
        assertThat(listed(""))
                .containsExactly(
                        "1 brief-to-offer",
                        "1 lead-to-close",
                        "1 legal-review legal:case:1",
                        "1 legal-review legal:case:2",
                        "2 brief-to-offer",
                        "3 brief-to-offer",
                        "4 brief-to-offer");
        assertThat(listed("domain=legal"))
                .containsExactly("1 legal-review legal:case:1", "1 legal-review legal:case:2");
        assertThat(listed("policy=brief-to-offer&state=breached"))
                .containsExactly("2 brief-to-offer", "3 brief-to-offer");
        assertThat(listed("segment=strategic")).isEmpty();
        assertThat(listed("policy=brief-to-offer&domain=legal")).isEmpty();
        assertThat(listed("client=Yantar%20Clinics&state=running"))
                .containsExactly("1 brief-to-offer", "1 lead-to-close");
        assertThat(listed("at_risk=true")).containsExactly("1 brief-to-offer");
    }

    @Test
    void what_is_due_and_what_was_late_comes_in_the_order_of_time() throws Exception {
        assertThat(listed("due_before=2026-05-01T09:00:00Z")).containsExactly("2 brief-to-offer", "1 brief-to-offer");
        assertThat(listed("due_before=2026-05-01T09:00:00.001Z"))
                .containsExactly("2 brief-to-offer", "1 brief-to-offer", "1 lead-to-close");
        assertThat(listed("breached_from=2026-04-06T09:00:00Z&breached_to=2026-04-08T09:00:00Z"))
                .as("a cancelled clock was late too")
                .containsExactly("2 brief-to-offer", "4 brief-to-offer");
        assertThat(listed("breached_from=2026-04-01T00:00:00Z&state=breached"))
                .containsExactly("3 brief-to-offer", "2 brief-to-offer");
    }

    @Test
    void a_deal_has_its_clocks_in_the_order_of_the_policies() throws Exception {
        JsonNode clocks = service.get("/masterdeal/" + DEAL).path("sla");

        assertThat(clocks.findValuesAsString("policy"))
                .containsExactly("lead-to-close", "brief-to-offer", "legal-review", "legal-review");
        assertThat(clocks.findValuesAsString("object")).endsWith("legal:case:1", "legal:case:2");
        assertThat(clocks.path(0).has("root")).isFalse();
        assertThat(clocks.path(0).has("client")).isFalse();
        assertThat(clocks.path(0).path("due_at").stringValue()).isEqualTo("2026-05-01T09:00:00.000Z");
        assertThat(service.get("/masterdeal").path("items").path(0).has("sla")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "by=policy, brief-to-offer, 4 1 0 0 2 1 1",
        "by=policy, legal-review, 2 0 1 1 0 0 0",
        "by=policy, invoice-to-close, 0 0 0 0 0 0 0",
        "by=segment, default, 7 2 1 1 2 1 1",
        "by=segment, strategic, 0 0 0 0 0 0 0",
        "by=domain, masterdeal, 5 2 0 0 2 1 1",
        "by=state, running, 2 2 0 0 0 0 1",
        "by=domain&policy=legal-review, legal, 2 0 1 1 0 0 0",
        "by=client&client=Yantar%20Clinics, Yantar Clinics, 4 2 1 1 0 0 1",
        "by=state&client=Yantar%20Clinics, running, 2 2 0 0 0 0 1",
        "by=client&client=nobody, nobody, 0 0 0 0 0 0 0",
    })
    void clocks_are_counted(String query, String name, String expected) throws Exception {
        JsonNode summary = service.get("/sla/summary?" + query);

        List<String> groups = new ArrayList<>();
        summary.path("groups").forEach(group -> {
            if (group.path("name").stringValue().equals(name)) {
                groups.add(figures(group));
            }
        });
        assertThat(groups).as(summary.toString()).containsExactly(expected);
        assertThat(summary.path("policies").stringValue()).isEqualTo("default@1");
        assertThat(summary.path("total").path("clocks").longValue())
                .isEqualTo(summary.path("groups").findValues("clocks").stream()
                        .mapToLong(JsonNode::longValue)
                        .sum());
    }

    private static String figures(JsonNode group) {
        List<String> figures = new ArrayList<>();
        for (String name : List.of("clocks", "running", "paused", "met", "breached", "cancelled", "at_risk")) {
            figures.add(group.path(name).toString());
        }
        return String.join(" ", figures);
    }

    @Test
    void breaches_of_a_period_are_counted_whatever_became_of_them() throws Exception {
        JsonNode summary = service.get(
                "/sla/summary?by=domain&breached_from=2026-04-06T00:00:00Z&breached_to=2026-04-08T00:00:00Z");

        assertThat(summary.path("groups").findValuesAsString("name")).containsExactly("masterdeal", "legal");
        assertThat(summary.path("groups").path(0).path("breached_in_period").intValue())
                .isEqualTo(2);
        assertThat(summary.path("groups").path(1).path("breached_in_period").intValue())
                .isZero();
        assertThat(summary.path("total").path("breached_in_period").intValue()).isEqualTo(2);
        assertThat(service.get("/sla/summary").path("total").has("breached_in_period"))
                .isFalse();
    }

    @Test
    void what_was_told_comes_newest_first() throws Exception {
        JsonNode all = service.get("/sla/statements").path("items");
        assertThat(all.findValuesAsString("state")).containsExactly("retracted", "suppressed", "told");
        assertThat(all.path(0))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"root":"crm:deal:clocks-1","master_deal_id":"%s","policy":"brief-to-offer","started_at":"2026-04-01T09:00:00.000Z",
                 "kind":"warned","percent":100,"at":"2026-04-09T09:00:00.000Z","state":"retracted","final":false,"revision":6,
                 "retracted_by":9,"made_at":"2026-04-09T09:00:00.000Z"}
                """.formatted(MasterDealId.of(new ObjectKey(DEAL)))));

        JsonNode first = service.get("/sla/statements?limit=1&kind=breached&deal=" + DEAL);
        assertThat(first.at("/items/0/reason").stringValue()).isEqualTo("replayed");
        JsonNode second = service.get("/sla/statements?limit=1&kind=breached&deal=" + DEAL + "&cursor="
                + first.path("next").stringValue());
        assertThat(second.at("/items/0/state").stringValue()).isEqualTo("told");
        assertThat(second.has("next")).isFalse();
        assertThat(service.get("/sla/statements?from=2026-04-08T09:00:00Z&state=told")
                        .path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/sla?state=late | running, paused, met, breached, cancelled",
                "/sla?policy=lead | lead-to-close, brief-to-offer",
                "/sla?segment=gold | default, strategic, large",
                "/sla?domain=hr | masterdeal, legal",
                "/sla?at_risk=false | 'at_risk' is true or left out",
                "/sla?due_before=soon | 'due_before' is an instant like",
                "/sla?client=%00 | U+0000",
                "/sla?cursor=MTIz | Give the value of 'next'",
                "/sla?cursor=WyJEVUUiLCIiLCJhIiwiYiIsImMiXQ | with the same parameters",
                "/sla?due_before=2026-01-01T00:00:00Z&cursor=WyJEVUUiLCJ4IiwiYSIsImIiLCJjIl0 | Give the value of 'next'",
                "/sla?limit=0 | 1 to 1000",
                "/sla?breached_from=2026-01-02T00:00:00Z&breached_to=2026-01-01T00:00:00Z | not before",
                "/sla/summary?by=deal | policy, segment, domain, state, client",
                "/sla/summary?by=client | name it in 'client'",
                "/sla/summary?breached_from=2026-01-02T00:00:00Z | 366 days",
                "/sla/summary?breached_from=2025-01-01T00:00:00Z&breached_to=2026-01-03T00:00:00Z | 366 days",
                "/sla/summary?by=state&breached_from=2026-01-01T00:00:00Z&breached_to=2026-01-03T00:00:00Z | by policy or by domain",
                "/sla/statements?state=known | told, suppressed, retracted",
                "/sla/statements?kind=late | warned, breached",
                "/sla/statements?cursor=MTIz | Give the value of 'next'",
                "/sla/statements?from=1 | 'from' is an instant",
            })
    void what_nobody_can_answer_is_refused_with_what_can_be_asked(String path, String detail) throws Exception {
        HttpResponse<String> response = service.request("GET", path, "reader");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(response.body()).path("detail").stringValue())
                .contains(detail);
    }

    @Test
    void metrics_tell_how_many_clocks_there_are_and_whether_deadlines_are_late() throws Exception {
        String metrics =
                service.request("GET", "/actuator/prometheus", "reader").body();

        assertThat(metrics)
                .contains("masterdeal_sla_clocks{policy=\"brief-to-offer\",state=\"breached\"} 2.0")
                .contains("masterdeal_sla_clocks{policy=\"legal-review\",state=\"paused\"} 1.0")
                .contains("masterdeal_sla_clocks{policy=\"invoice-to-close\",state=\"running\"} 0.0")
                .contains("masterdeal_sla_at_risk{policy=\"brief-to-offer\"} 1.0")
                .contains("masterdeal_sla_statements{kind=\"breached\",state=\"suppressed\"} 1.0")
                .contains("masterdeal_sla_statements{kind=\"warned\",state=\"told\"} 0.0")
                .containsPattern("masterdeal_sla_deadlines_lag_seconds 36[0-9][0-9]\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sla", "/sla/summary", "/sla/statements"})
    void openapi_describes_every_path(String path) throws Exception {
        JsonNode operation = service.get("/openapi").path("paths").path(path).path("get");

        assertThat(operation.path("summary").stringValue("")).isNotBlank();
    }
}
