package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The facts, the objects and the revisions of a deal over HTTP, and the wait for a revision. */
class DealPartsApiTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String ROOT = "crm:deal:parts-1";

    private static final UUID ID = MasterDealId.of(new ObjectKey(ROOT)).value();

    private static final String OTHER = "crm:deal:parts-2";

    private static final String FRAME = "docflow:contract:parts-frame";

    private static final String PLAN = "media:mediaplan:parts";

    private static final String CASE = "legal:case:parts";

    private static final Event CREATED =
            event("crm.deal.created", ROOT, 1, null, Map.of("client", "Yantar", "amount", "100"), List.of());

    private static final Event UPDATED =
            event("crm.deal.updated", ROOT, 5, null, Map.of("amount", "250", "title", "x".repeat(300)), List.of());

    private static final Event PLANNED =
            event("media.mediaplan.ready", PLAN, 3, null, Map.of(), List.of(ROOT, "media:brief:parts-unknown"));

    private static final Event SIGNED =
            event("docflow.contract.signed", FRAME, 3, null, Map.of(), List.of(ROOT, OTHER));

    private static final Event STARTED = event("legal.started", CASE, 4, ID, Map.of(), List.of());

    private static final Event LOST = event("crm.deal.lost", ROOT, 2, null, Map.of(), List.of());

    private static RunningService service;

    private static DomainEvents events;

    @BeforeAll
    static void tell_a_story() throws Exception {
        service = RunningService.shared();
        events = new DomainEvents();
        events.send(CREATED, LOST, PLANNED, UPDATED);
        events.send(SIGNED, STARTED, event("crm.deal.created", OTHER, 1, null, Map.of(), List.of()));
        await().atMost(PATIENCE).until(service::isIdle);
        EventType retracted = Objects.requireNonNull(EventCatalog.bundled().type("crm.event.retracted"));
        events.send(new Event(
                Envelope.builder(UUID.randomUUID(), "/crm", retracted.name(), ROOT, DomainEvents.START.plusSeconds(600))
                        .build(),
                new GenericRecordBuilder(retracted.schema())
                        .set("retracts", List.of(id(LOST)))
                        .build()));
        await().atMost(PATIENCE).until(service::isIdle);
    }

    private static Event event(
            String type,
            String subject,
            int minutes,
            @Nullable UUID deal,
            Map<String, Object> fields,
            List<String> links) {
        EventType known = Objects.requireNonNull(EventCatalog.bundled().type(type), type);
        GenericRecordBuilder data = new GenericRecordBuilder(known.schema()).set("links", links);
        fields.forEach(data::set);
        return new Event(
                Envelope.builder(
                                UUID.randomUUID(),
                                "/" + known.domain(),
                                type,
                                subject,
                                DomainEvents.START.plusSeconds(60L * minutes))
                        .masterDealId(deal)
                        .build(),
                data.build());
    }

    private static String id(Event event) {
        return event.envelope().id().toString();
    }

    @Test
    void facts_come_in_the_order_of_time_and_the_retracted_are_marked() throws Exception {
        List<String> tied = List.of(id(PLANNED), id(SIGNED)).stream().sorted().toList();
        List<String> oldest = List.of(id(CREATED), id(LOST), tied.getFirst(), tied.getLast(), id(STARTED), id(UPDATED));
        for (int limit : new int[] {1, 2, 3, 5, 6, 100}) {
            assertThat(pages("/facts?order=oldest", limit).stream()
                            .map(it -> it.path("event_id").stringValue()))
                    .as("oldest, %d a page", limit)
                    .containsExactlyElementsOf(oldest);
            assertThat(pages("/facts?order=newest", limit).stream()
                            .map(it -> it.path("event_id").stringValue()))
                    .as("newest, %d a page", limit)
                    .containsExactlyElementsOf(oldest.reversed());
        }
        JsonNode facts = service.get("/masterdeal/" + PLAN + "/facts").path("items");
        assertThat(facts.valueStream().filter(it -> it.path("retracted").booleanValue()))
                .extracting(it -> it.path("event_id").stringValue())
                .containsExactly(id(LOST));
        assertThat(facts.path(0)).isEqualTo(service.get("/facts/" + id(UPDATED)).path(0));
    }

    private static List<JsonNode> pages(String path, int limit) throws Exception {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = service.get("/masterdeal/" + ROOT + path + (path.contains("?") ? "&" : "?") + "limit="
                    + limit + (next.isEmpty() ? "" : "&cursor=" + next));
            assertThat(page.path("items").size()).isBetween(1, limit);
            page.path("items").forEach(items::add);
            next = page.path("next").stringValue("");
        } while (!next.isEmpty());
        return items;
    }

    @Test
    void objects_tell_what_is_known_of_them_and_links_who_named_them() throws Exception {
        // when
        JsonNode objects = service.get("/masterdeal/" + ROOT + "/objects");

        // then
        assertThat(objects.path("root").stringValue()).isEqualTo(ROOT);
        assertThat(objects.path("total").intValue()).isEqualTo(4);
        assertThat(objects.path("items")).isEqualTo(JsonMapper.shared().readTree("""
                [{"key":"%s","kind":"crm:deal","status":"Deal Created","since":"2026-03-01T10:01:00.000Z","status_fact":"%s",
                  "attributes":{"amount":"250","client":"Yantar","title":"%s"},"deals":1,"facts":2},
                 {"key":"%s","kind":"docflow:contract","status":"Contract Signed","since":"2026-03-01T10:03:00.000Z",
                  "status_fact":"%s","attributes":{},"deals":2,"facts":1},
                 {"key":"%s","kind":"legal:case","status":"Legal Started","since":"2026-03-01T10:04:00.000Z",
                  "status_fact":"%s","attributes":{},"deals":1,"facts":1},
                 {"key":"%s","kind":"media:mediaplan","status":"Plan Ready","since":"2026-03-01T10:03:00.000Z",
                  "status_fact":"%s","attributes":{},"deals":1,"facts":1}]
                """.formatted(
                        ROOT, id(CREATED), "x".repeat(200), FRAME, id(SIGNED), CASE, id(STARTED), PLAN, id(PLANNED))));
        assertThat(objects.path("links")).isEqualTo(JsonMapper.shared().readTree("""
                [{"child":"%s","parent":"%s","by":"link","facts":["%s"]},
                 {"child":"%s","parent":"%s","by":"link","facts":["%s"]},
                 {"child":"%s","parent":"%s","by":"master_deal_id","facts":["%s"]}]
                """.formatted(
                        FRAME, ROOT, id(SIGNED), PLAN, ROOT, id(PLANNED), CASE, ROOT, id(STARTED))));
        assertThat(objects.path("truncated").booleanValue())
                .as("a title was cut")
                .isTrue();
        assertThat(pages("/objects", 1).stream().map(it -> it.path("key").stringValue()))
                .containsExactly(ROOT, FRAME, CASE, PLAN);
    }

    @Test
    void revisions_are_the_events_that_were_published() throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> {
            // when
            List<JsonNode> revisions = pages("/revisions", 2);
            List<Event> published = events.readAll("masterdeal.events").stream()
                    .filter(it -> it.envelope().subject().equals(ROOT))
                    .toList();

            // then
            assertThat(revisions.reversed())
                    .extracting(it -> it.path("event_id").stringValue() + " "
                            + it.path("type").stringValue() + " "
                            + it.path("revision").longValue() + " "
                            + it.path("stage").stringValue() + " "
                            + it.path("outcome").stringValue())
                    .containsExactlyElementsOf(published.stream()
                            .map(it -> id(it) + " " + it.envelope().type() + " "
                                    + it.envelope().sequence() + " " + it.data().get("stage") + " "
                                    + it.data().get("outcome"))
                            .toList());
            assertThat(revisions.getFirst().path("revision").longValue())
                    .isEqualTo(
                            service.get("/masterdeal/" + ROOT).path("revision").longValue());
        });
        assertThat(service.get("/masterdeal/" + ROOT + "/revisions")
                        .path("from_revision")
                        .longValue())
                .isEqualTo(1);
    }

    @Test
    void an_answer_may_be_awaited_before_its_deal_is_known() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // when
            var asked = threads.submit(
                    () -> service.request("GET", "/masterdeal/crm:deal:parts-soon?min_revision=1", "reader"));
            events.send(event("crm.deal.created", "crm:deal:parts-soon", 1, null, Map.of(), List.of()));

            // then: on a busy machine the event may need more than the two seconds
            HttpResponse<String> answer = asked.get();
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
            await().atMost(PATIENCE)
                    .until(() -> service.request("GET", "/masterdeal/crm:deal:parts-soon?min_revision=1", "reader")
                                    .statusCode()
                            == 200);
        }
    }

    @Test
    void a_revision_that_does_not_come_is_told_with_the_one_that_is_stored() throws Exception {
        // when
        HttpResponse<String> answer = service.request("GET", "/masterdeal/" + OTHER + "?min_revision=1000", "reader");

        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("stored_revision").longValue())
                .isEqualTo(service.get("/masterdeal/" + OTHER).path("revision").longValue())
                .isPositive();
        assertThat(problem.path("detail").stringValue()).startsWith("Revision 1000 of '" + OTHER + "' is not stored");
        assertThat(service.request("GET", "/masterdeal/" + FRAME + "?min_revision=1000", "reader")
                        .statusCode())
                .as("an object of several deals")
                .isEqualTo(409);
    }

    @Test
    void only_so_many_requests_wait() throws Exception {
        // given
        UUID deal = UUID.randomUUID();
        NamedDeals deals = service.bean(NamedDeals.class);
        RevisionWait one = new RevisionWait(deals, 1, PATIENCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waits = threads.submit(() -> one.await(deal.toString(), 7));
            await().atMost(PATIENCE).until(() -> one.waiting() == 1);

            // when
            var turnedAway = threads.submit(() -> one.await(deal.toString(), 7));

            // then
            assertThat(turnedAway)
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(Problem.class)
                    .withMessageContaining("too many requests wait");
            service.jdbc()
                    .sql("INSERT INTO deals (id, root_key, revision) VALUES (?, 'crm:deal:parts-' || ?, 7)")
                    .params(deal, deal.toString())
                    .update();
            assertThat(waits).succeedsWithin(PATIENCE);
            assertThat(one.waiting()).isZero();
        } finally {
            service.jdbc().sql("DELETE FROM deals WHERE id = ?").param(deal).update();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/facts?limit=0",
                "/facts?limit=1001",
                "/facts?order=random",
                "/facts?cursor=%25",
                "/facts?cursor=AA",
                "/facts?cursor=b2xkZXN0LzIwMjYtMDMtMDFUMTA6MDE6MDBaL3gveHg",
                "/facts?order=oldest&cursor=b2xkZXN0LzIwMjYtMDMtMDFUMTA6MDE6MDBaL3gveHg",
                "/facts?order=oldest&cursor=b2xkZXN0LysyMDI2MC0wMy0wMVQxMDowMTowMFovMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwLzAw",
                "/objects?limit=0",
                "/objects?limit=201",
                "/objects?cursor=AA",
                "/revisions?limit=1001",
                "/revisions?cursor=YWJj",
                "?min_revision=0",
                "?min_revision=soon"
            })
    void a_bad_request_is_a_problem(String path) throws Exception {
        HttpResponse<String> answer = service.request("GET", "/masterdeal/" + ROOT + path, "reader");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"facts", "objects", "revisions"})
    void a_deal_that_is_not_there_has_no_parts_and_openapi_describes_them(String part) throws Exception {
        assertThat(service.request("GET", "/masterdeal/crm:deal:parts-none/" + part, "reader")
                        .statusCode())
                .isEqualTo(404);
        JsonNode operation = service.get("/openapi")
                .path("paths")
                .path("/masterdeal/{id}/" + part)
                .path("get");
        assertThat(operation.path("summary").stringValue("")).isNotBlank();
        assertThat(operation.path("parameters").valueStream())
                .allMatch(it -> !it.path("description").stringValue("").isBlank());
    }
}
