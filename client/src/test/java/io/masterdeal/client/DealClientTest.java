package io.masterdeal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which addresses are asked, what is repeated, and what a problem becomes. */
@Timeout(60)
class DealClientTest {

    private static final RetryPolicy QUICK = new RetryPolicy(
            Duration.ofSeconds(20), Duration.ofMillis(2), Duration.ofMillis(10), Duration.ofMillis(50), false);

    private final ScriptedServer service;

    private final PlatformClient platform;

    private final DealClient deals;

    DealClientTest() throws IOException {
        service = new ScriptedServer();
        platform = new PlatformClient(
                "service",
                ClientSettings.of(service.address(), ApiKey.of(ScriptedServer.KEY))
                        .withRetry(QUICK)
                        .withTimeout(Duration.ofSeconds(2)));
        deals = new DealClient(platform);
    }

    @AfterEach
    void close() {
        deals.close();
        service.close();
    }

    private List<String> asked() {
        return service.asked.stream().map(it -> it.method() + " " + it.path()).toList();
    }

    @Test
    void a_read_is_repeated_until_it_is_answered() throws Exception {
        // given
        service.problem(503, "all connections are in use")
                .lost()
                .silence()
                .problem(504, "too late")
                .body(200, "{\"stage\":\"closed\"}");

        // when
        JsonNode deal = deals.deal("crm:deal:D-1");

        // then
        assertThat(deal.path("stage").stringValue()).isEqualTo("closed");
        assertThat(asked()).hasSize(5).containsOnly("GET /masterdeal/crm:deal:D-1");
    }

    @Test
    void a_deal_is_awaited_and_its_parts_are_read_by_page() throws Exception {
        // given
        service.problem(503, "the revision is not stored yet")
                .body(200, "{\"revision\":3}")
                .body(200, "{\"items\":[{\"master_deal_id\":\"4-2\"}]}")
                .body(200, "{\"items\":[],\"next\":\"a=\"}")
                .body(200, "{\"items\":[]}");

        // when
        JsonNode deal = deals.deal("crm:deal:D-1", 3);
        JsonNode facts = deals.part("crm:deal:D/1", DealClient.Part.FACTS, 2, null);
        deals.part(
                "crm:deal:D-1",
                DealClient.Part.REVISIONS,
                1000,
                facts.path("next").stringValue());

        // then
        assertThat(deal.path("revision").intValue()).isEqualTo(3);
        assertThat(asked())
                .containsExactly(
                        "GET /masterdeal/crm:deal:D-1?min_revision=3",
                        "GET /masterdeal/crm:deal:D-1?min_revision=3",
                        "GET /masterdeal?limit=20&object=crm%3Adeal%3AD%2F1",
                        "GET /masterdeal/4-2/facts?limit=2",
                        "GET /masterdeal/crm:deal:D-1/revisions?limit=1000&cursor=a%3D");
    }

    @Test
    void only_reads_are_repeated() {
        service.problem(503, "away").problem(503, "away").problem(503, "away");

        assertThatThrownBy(() -> platform.post("/operations/rebuild")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> platform.delete("/subscriptions/a")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> platform.send(
                        "PUT", "/subscriptions/a", JsonMapper.shared().createObjectNode()))
                .isInstanceOf(ApiException.class);

        assertThat(asked())
                .containsExactly("POST /operations/rebuild", "DELETE /subscriptions/a", "PUT /subscriptions/a");
    }

    @Test
    void a_problem_becomes_an_exception_with_all_it_says() {
        service.body(400, """
                {"type":"urn:masterdeal:problem:test","title":"bad question","status":400,"detail":"Correct it.",
                 "errors":[{"pointer":"/limit","detail":"must be 1 to 1000"},{"pointer":"/cursor","message":"is no cursor"}]}
                """);

        assertThatThrownBy(() -> deals.deals(DealFilter.ALL, 0, "%")).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e)
                    .hasMessage("the service answers /masterdeal?limit=0&cursor=%25 with 400: bad question"
                            + "\n  /limit must be 1 to 1000\n  /cursor is no cursor");
            assertThat(e.problem()).satisfies(problem -> {
                assertThat(problem.title()).isEqualTo("bad question");
                assertThat(problem.detail()).isEqualTo("Correct it.");
                assertThat(problem.errors())
                        .extracting(ApiProblem.Fault::pointer)
                        .containsExactly("/limit", "/cursor");
            });
        });
        assertThat(service.asked).hasSize(1);
    }

    @Test
    void a_key_that_cannot_be_part_of_a_path_is_looked_up_in_the_list() throws Exception {
        // given
        service.body(200, "{\"items\":[{\"master_deal_id\":\"0-1\",\"root\":\"crm:deal:D-1\"}]}")
                .body(200, "{\"stage\":\"closed\"}")
                .body(200, "{\"items\":[{\"root\":\"crm:deal:D-1\"},{\"root\":\"crm:deal:D-2\"}]}")
                .body(200, "{\"items\":[]}");

        // then
        assertThat(deals.deal("docflow:contract:К/9").path("stage").stringValue())
                .isEqualTo("closed");
        assertThatThrownBy(() -> deals.deal("a b"))
                .hasMessage("'a b' belongs to several deals: crm:deal:D-1, crm:deal:D-2. Ask for one of them.");
        assertThat(deals.find("..")).isEmpty();
        assertThat(asked())
                .containsExactly(
                        "GET /masterdeal?limit=20&object=docflow%3Acontract%3A%D0%9A%2F9",
                        "GET /masterdeal/0-1",
                        "GET /masterdeal?limit=20&object=a%20b",
                        "GET /masterdeal?limit=20&object=..");
    }

    @Test
    void a_deal_nobody_names_is_empty_and_a_refused_key_is_not() throws Exception {
        service.problem(404, "No fact names it.").problem(401, "no such key");

        assertThat(deals.find("crm:deal:D-9")).isEmpty();
        assertThatThrownBy(() -> deals.find("crm:deal:D-9")).hasMessageContaining("with 401: no such key");
    }

    @Test
    void a_list_is_read_page_by_page() throws Exception {
        // given
        service.body(200, "{\"items\":[{\"root\":\"a\"},{\"root\":\"b\"}],\"next\":\"x/y\"}")
                .body(200, "{\"items\":[{\"root\":\"c\"}]}")
                .body(200, "[{\"type\":\"crm.deal.created\"}]");
        List<String> roots = new ArrayList<>();

        // when
        deals.forEach(
                new DealFilter("closed", null, null),
                deal -> roots.add(deal.path("root").stringValue()));

        // then
        assertThat(roots).containsExactly("a", "b", "c");
        assertThat(deals.facts("e-1"))
                .singleElement()
                .extracting(fact -> fact.path("type").stringValue())
                .isEqualTo("crm.deal.created");
        assertThat(asked())
                .containsExactly(
                        "GET /masterdeal?stage=closed&limit=1000",
                        "GET /masterdeal?stage=closed&limit=1000&cursor=x%2Fy",
                        "GET /facts/e-1");
    }

    @Test
    void filters_say_what_is_wanted_and_in_which_order() throws Exception {
        // given
        service.body(200, "{\"items\":[]}")
                .body(200, "{\"items\":[],\"missing\":[\"crm:deal:D-1\"]}")
                .body(200, "{\"groups\":[]}");

        // when
        deals.deals(
                DealFilter.ALL
                        .stage("briefed")
                        .field("client", "Yantar & Co")
                        .gap("briefed")
                        .stuckLongerThan(Duration.ofDays(5))
                        .updatedSince(Instant.parse("2026-04-01T00:00:00Z"))
                        .sort("-amount"),
                10,
                null);
        deals.deals(List.of("crm:deal:D-1", "0-1"));
        deals.counts(List.of("stage", "client"), DealFilter.ALL.outcome("open"), true);

        // then
        assertThat(asked())
                .containsExactly(
                        "GET /masterdeal?limit=10&stage=briefed&client=Yantar%20%26%20Co&gap=briefed&stuck_longer_than=PT120H"
                                + "&updated_since=2026-04-01T00%3A00%3A00Z&sort=-amount",
                        "GET /masterdeal?id=crm%3Adeal%3AD-1&id=0-1",
                        "GET /counts?by=stage%2Cclient&amounts=true&outcome=open");
    }
}
