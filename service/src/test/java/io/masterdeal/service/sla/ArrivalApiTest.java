package io.masterdeal.service.sla;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What depends on arrival, over HTTP: an invoice that is there before its contract, and this before its deal. */
class ArrivalApiTest {

    private static final String DEAL = "crm:deal:arrival-1";

    private static final String CONTRACT = "docflow:contract:arrival-1";

    private static final String INVOICE = "docflow:invoice:arrival-1";

    private static RunningService service;

    @BeforeAll
    static void tell_a_chain_out_of_order() throws Exception {
        service = RunningService.shared();
        try (DomainEvents events = new DomainEvents()) {
            events.send(
                    event("docflow.invoice.issued", INVOICE, Instant.parse("2026-04-06T11:00:00Z"), CONTRACT),
                    event("docflow.contract.drafted", CONTRACT, Instant.parse("2026-04-06T09:00:00Z")),
                    event("docflow.contract.signed", CONTRACT, Instant.parse("2026-04-06T10:00:00Z"), DEAL),
                    event("crm.deal.created", DEAL, Instant.parse("2026-04-06T07:00:00Z")));
        }
        await().atMost(Duration.ofMinutes(2)).until(service::isIdle);
        received("docflow.invoice.issued", INVOICE, "2026-04-06 11:00:05Z");
        received("docflow.contract.drafted", CONTRACT, "2026-04-06 11:00:10Z");
        received("docflow.contract.signed", CONTRACT, "2026-04-06 11:01:05Z");
        received("crm.deal.created", DEAL, "2026-04-06 11:02:00.250Z");
        answered("2026-04-06 11:02:01Z");
    }

    private static void received(String type, String subject, String at) {
        assertThat(service.jdbc()
                        .sql("UPDATE facts SET received_at = ?::timestamptz WHERE type = ? AND subject = ?")
                        .params(at, type, subject)
                        .update())
                .isEqualTo(1);
    }

    private static void answered(String at) {
        assertThat(service.jdbc()
                        .sql("UPDATE deals SET updated_at = ?::timestamptz WHERE root_key = ?")
                        .params(at, DEAL)
                        .update())
                .isEqualTo(1);
    }

    @Test
    void a_deal_tells_how_late_its_facts_came_and_what_waited_for_it() throws Exception {
        JsonNode report = service.get("/masterdeal/" + INVOICE + "/arrival");

        assertThat(report).isEqualTo(JsonMapper.shared().readTree("""
                {"root":"crm:deal:arrival-1","master_deal_id":"%s","reproducible":false,
                 "why":"Not reproducible from facts: it depends on when this platform received them; a replay gives other times.",
                 "objects":[
                  {"object":"crm:deal:arrival-1","facts":1,"first_occurred_at":"2026-04-06T07:00:00.000Z",
                   "first_received_at":"2026-04-06T11:02:00.250Z","source_delay":{"first":14520250,"longest":14520250},"orphan_waited":0},
                  {"object":"docflow:contract:arrival-1","facts":2,"first_occurred_at":"2026-04-06T09:00:00.000Z",
                   "first_received_at":"2026-04-06T11:00:10.000Z","source_delay":{"first":7210000,"longest":7210000},"orphan_waited":55000},
                  {"object":"docflow:invoice:arrival-1","facts":1,"first_occurred_at":"2026-04-06T11:00:00.000Z",
                   "first_received_at":"2026-04-06T11:00:05.000Z","source_delay":{"first":5000,"longest":5000},"orphan_waited":60000}],
                 "newest_received_at":"2026-04-06T11:02:00.250Z","answered_at":"2026-04-06T11:02:01.000Z","answered_after":750}
                """.formatted(MasterDealId.of(new ObjectKey(DEAL)))));
    }

    @Test
    void an_answer_that_is_older_than_the_newest_fact_tells_no_delay() throws Exception {
        answered("2026-04-06 11:02:00Z");
        try {
            JsonNode report = service.get("/masterdeal/" + DEAL + "/arrival");

            assertThat(report.path("answered_after").isNull())
                    .as(report.toString())
                    .isTrue();
        } finally {
            answered("2026-04-06 11:02:01Z");
        }
    }

    @Test
    void a_deal_that_is_not_there_is_told_as_for_its_stage() throws Exception {
        assertThat(service.request("GET", "/masterdeal/crm:deal:nobody/arrival", "reader")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void openapi_says_that_it_is_not_reproducible() throws Exception {
        JsonNode operation = service.get("/openapi")
                .path("paths")
                .path("/masterdeal/{id}/arrival")
                .path("get");

        assertThat(operation.path("summary").stringValue("")).contains("not reproducible from facts");
    }
}
