package io.masterdeal.service.query;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answers over HTTP about many deals. */
class DealListApiTest {

    private static final String FIRST = "crm:deal:list/1é";

    private static final String SECOND = "crm:deal:list-2";

    private static RunningService service;

    @BeforeAll
    static void tell_a_story() throws Exception {
        service = RunningService.shared();
        try (DomainEvents events = new DomainEvents()) {
            events.send(event("crm.deal.created", FIRST, 1), event("crm.brief.submitted", FIRST, 2));
            events.send(event("crm.deal.created", SECOND, 1), event("crm.deal.lost", SECOND, 2));
        }
        await().atMost(Duration.ofMinutes(2)).until(service::isIdle);
    }

    @Test
    void deals_are_listed_in_other_orders_too() throws Exception {
        assertThat(roots("sort=-root")).isEqualTo(roots("sort=root").reversed());
        assertThat(roots("gap=unknown-stage")).isEmpty();
        assertThat(roots("contradictory=true&sort=-root")).doesNotContain(FIRST, SECOND);
        assertThat(roots("client=nobody&outcome=open&gap=briefed&contradictory=true&stuck_longer_than=P5D"
                        + "&updated_since=2026-01-01T00:00:00Z&sort=-amount"))
                .isEmpty();
    }

    @Test
    void several_deals_are_answered_in_the_order_in_which_they_are_named() throws Exception {
        // given
        UUID second = MasterDealId.of(new ObjectKey(SECOND)).value();
        UUID nobody = UUID.randomUUID();

        // when
        JsonNode answer = service.get("/masterdeal?id=" + second + "&id=crm:deal:nobody&id=" + nobody + "&id="
                + encoded(FIRST) + "&id=" + SECOND + "&timeline=true");

        // then
        assertThat(answer.path("items").findValuesAsString("root")).containsExactly(SECOND, FIRST);
        assertThat(answer.path("missing").valueStream().map(JsonNode::stringValue))
                .containsExactly("crm:deal:nobody", nobody.toString());
        assertThat(answer.path("items").path(0).has("timeline")).isTrue();
        assertThat(service.get("/masterdeal?id=crm:deal:nobody,2")
                        .path("missing")
                        .toString())
                .isEqualTo("[\"crm:deal:nobody,2\"]");
        assertThat(service.get("/masterdeal?limit=1").has("missing")).isFalse();
        assertProblem("/masterdeal?id=" + String.join("&id=", Collections.nCopies(101, SECOND)));
    }

    @Test
    void deals_are_counted_as_the_summary_does() throws Exception {
        JsonNode counts = service.get("/counts?by=stage");
        JsonNode summary = service.get("/summary");

        assertThat(counts.path("by").path(0).stringValue()).isEqualTo("stage");
        assertThat(counts.path("total").path("deals")).isEqualTo(summary.path("deals"));
        for (JsonNode group : counts.path("groups")) {
            assertThat(group.path("deals"))
                    .isEqualTo(summary.path("stages")
                            .path(group.path("values").path("stage").stringValue()));
            assertThat(group.has("amounts")).isFalse();
        }
        assertThat(service.get("/counts?by=client,outcome&amounts=true&stage=no-such-stage")
                        .toString())
                .isEqualTo(
                        "{\"by\":[\"client\",\"outcome\"],\"total\":{\"deals\":0,\"amounts\":[],\"without_amount\":0},"
                                + "\"groups\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/masterdeal?client=%00",
                "/masterdeal?gap=%00",
                "/masterdeal?sort=age",
                "/masterdeal?sort=-root&cursor=Y3JtOmRlYWw6RC0x",
                "/masterdeal?contradictory=false",
                "/masterdeal?stuck_longer_than=5d",
                "/masterdeal?stuck_longer_than=-P1D",
                "/masterdeal?stuck_longer_than=P1M",
                "/masterdeal?stuck_longer_than=P40000D",
                "/masterdeal?updated_since=yesterday",
                "/masterdeal?id=docflow:contract:K-9",
                "/masterdeal?id=1",
                "/masterdeal?id=crm:deal:D-1&limit=1",
                "/masterdeal?id=crm:deal:D-1&stage=closed",
                "/masterdeal?id=crm:deal:D-1&sort=root",
                "/counts",
                "/counts?by=weather",
                "/counts?by=stage&amounts=perhaps",
                "/counts?by=stage&region=%00"
            })
    void a_bad_question_is_a_problem_that_says_what_can_be_asked(String path) throws Exception {
        assertProblem(path);
    }

    private static void assertProblem(String path) throws Exception {
        HttpResponse<String> response = service.request("GET", path, "reader");

        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(response.body()).path("detail").stringValue(""))
                .as(path)
                .isNotBlank();
    }

    private static List<String> roots(String query) throws Exception {
        return service.get("/masterdeal?limit=1000&" + query).path("items").findValuesAsString("root");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
