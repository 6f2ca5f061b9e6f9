package io.masterdeal.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.RouteResult.Verdict;
import io.masterdeal.routes.files.RouteFile;
import io.masterdeal.routes.servers.Endpoint;
import io.masterdeal.routes.servers.Infrastructure;
import io.masterdeal.routes.servers.RouteFolderOf;
import io.masterdeal.routes.trial.Trial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What routes decide, split and ask; a trial shows the same without sending anything. */
class RoutingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String PLANS = """
            - route:
                id: plans
                from:
                  uri: timer:plans
                  parameters: {period: '300', delay: '0'}
                  steps:
                    - to: {uri: "MEDIA/plans", parameters: {httpMethod: GET}}
                    - unmarshal: {json: {useList: true}}
                    - split:
                        simple: ${body}
                        steps:
                          - setVariable: {name: plan, simple: "${body[id]}"}
                          - enrich:
                              expression: {simple: "MEDIA/client?httpMethod=GET"}
                              aggregationStrategy: string
                          - choice:
                              when:
                                - simple: ${variable.plan} contains 'ready'
                                  steps:
                                    - to:
                                        uri: masterdeal:events
                                        parameters:
                                          domain: media
                                          type: media.mediaplan.ready
                                          subject: media:mediaplan:${variable.plan}
                                          time: '2026-03-04T10:00:00Z'
                                - simple: ${variable.plan} contains 'draft'
                                  steps:
                                    - to: MEDIA/draft
                              otherwise:
                                steps:
                                  - throwException: {exceptionType: java.lang.IllegalStateException, message: "unknown plan"}
            """;

    private static final String TWO_WAYS = """
            - route:
                id: two-ways
                from:
                  uri: direct:two-ways
                  steps:
                    - choice:
                        when:
                          - simple: ${header.ce-type} == 'crm.deal.lost'
                            steps:
                              - to: {uri: "masterdeal:json", parameters: {text: "lost: ${header.ce-subject}"}}
                              - to: CHAT/lost
                          - simple: ${header.ce-type} == 'crm.deal.reopened'
                            steps:
                              - to:
                                  uri: masterdeal:events
                                  parameters: {domain: task, type: task.task.created, subject: "task:thing:1", time: "${header.ce-time}"}
                        otherwise:
                          steps:
                            - to: CHAT/other
            """;

    private RouteFolderOf folder;

    private Endpoint far;

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        folder = new RouteFolderOf(root);
        far = Endpoint.start();
    }

    @AfterEach
    void close() {
        far.close();
    }

    private static byte[] event(String type) {
        return ("{\"specversion\":\"1.0\",\"id\":\"11111111-1111-4111-8111-111111111111\",\"source\":\"/crm\",\"type\":\""
                        + type
                        + "\",\"subject\":\"crm:deal:D-\\\"1\\\"\",\"time\":\"2026-03-10T09:00:00Z\",\"data\":{}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void events_are_routed_by_their_content_and_a_rejection_goes_to_the_ledger() throws Exception {
        // given
        folder.write("ways.yaml", TWO_WAYS.replace("CHAT", far.url()));
        try (RouteEngine engine = folder.start()) {
            // when
            RouteResult lost =
                    engine.send("two-ways", event("crm.deal.lost"), PATIENCE).join();
            RouteResult refused = engine.send("two-ways", event("crm.deal.reopened"), PATIENCE)
                    .join();

            // then
            assertThat(lost.verdict()).isEqualTo(Verdict.TAKEN);
            assertThat(far.received()).containsExactly("POST /lost {\"text\":\"lost: crm:deal:D-\\\"1\\\"\"}");
            assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(refused.text()).contains("subject");
            assertThat(folder.rejectedBy("two-ways")).isEmpty();
        }
    }

    @Test
    void a_trial_shows_which_branch_is_taken_and_why_and_sends_nothing() throws Exception {
        // given
        folder.write("ways.yaml", TWO_WAYS.replace("CHAT", far.url()));
        try (RouteEngine engine = folder.start()) {
            // when
            ObjectNode told = engine.explain("two-ways", JsonMapper.shared().readTree(event("crm.brief.submitted")));

            // then
            assertThat(told.path("conditions"))
                    .extracting(it -> it.path("condition").stringValue() + " "
                            + it.path("matched").booleanValue())
                    .containsExactly(
                            "${header.ce-type} == 'crm.deal.lost' false",
                            "${header.ce-type} == 'crm.deal.reopened' false");
            assertThat(told.path("sends")).singleElement().satisfies(it -> {
                assertThat(it.path("to").stringValue()).isEqualTo(far.url() + "/other");
                assertThat(it.path("method").stringValue()).isEqualTo("POST");
                assertThat(it.at("/body/type").stringValue()).isEqualTo("crm.brief.submitted");
            });
            assertThat(told.path("failed")).isEmpty();
            assertThat(far.received()).isEmpty();
        }
    }

    @Test
    void a_poll_is_split_enriched_and_branched_and_a_failing_item_is_kept_once() throws Exception {
        // given
        far.answers(200, "[{\"id\": \"R-ready\"}, {\"id\": \"R-draft\"}, {\"id\": \"R-odd\"}]");
        folder.write(
                "plans.yaml",
                PLANS.replace("MEDIA", far.url())
                        .replace("aggregationStrategy: string", "aggregateOnException: false"));
        try (RouteEngine _ = folder.start()) {
            // then
            await().atMost(PATIENCE)
                    .until(() -> !Infrastructure.shared()
                            .events("media.events", "media:mediaplan:R-ready")
                            .isEmpty());
            await().atMost(PATIENCE).until(() -> !folder.rejectedBy("plans").isEmpty());
            await().atMost(PATIENCE)
                    .until(() -> far.received().stream()
                                    .filter(it -> it.startsWith("GET /plans"))
                                    .count()
                            > 1);
        }
        assertThat(far.received()).anyMatch(it -> it.startsWith("GET /client"));
        assertThat(far.received()).anyMatch(it -> it.startsWith("POST /draft"));
        assertThat(folder.rejectedBy("plans")).singleElement().satisfies(it -> {
            assertThat(it.path("place").stringValue()).isEqualTo("item 3");
            assertThat(it.at("/problem/detail").stringValue()).isEqualTo("unknown plan");
        });
        assertThat(Infrastructure.shared().events("media.events", "media:mediaplan:R-ready"))
                .extracting(it -> it.envelope().id())
                .containsOnly(Infrastructure.shared()
                        .events("media.events", "media:mediaplan:R-ready")
                        .getFirst()
                        .envelope()
                        .id());
    }

    @Test
    void the_examples_do_what_they_promise_with_their_samples() throws Exception {
        Path examples = Path.of(System.getProperty("masterdeal.home", ".")).resolve("samples/routes");

        JsonNode invoices = trial(examples, "billing-invoices", "invoices.csv");
        JsonNode plans = trial(examples, "mediapush-plans", "plans.json");

        assertThat(invoices.path("sends"))
                .extracting(it -> it.at("/event/type").stringValue() + " "
                        + it.at("/event/subject").stringValue())
                .containsExactly("dcm.invoice.issued dcm:invoice:I-1", "dcm.invoice.paid dcm:invoice:I-1");
        assertThat(invoices.path("failed"))
                .extracting(it -> it.path("item").stringValue())
                .containsExactly("line 3", "line 4");
        assertThat(plans.path("sends"))
                .extracting(it -> it.path("to").stringValue())
                .containsExactly("http://127.0.0.1:9099/plans?httpMethod=GET", "masterdeal:events");
        assertThat(plans.path("ok").booleanValue()).isTrue();
    }

    @Test
    void a_table_of_a_russian_accounting_system_becomes_times_and_numbers_in_the_form_of_the_contracts()
            throws Exception {
        Path examples = Path.of(System.getProperty("masterdeal.home", ".")).resolve("samples/routes");

        JsonNode told = trial(examples, "accounting-invoices", "accounting-invoices.csv");

        assertThat(told.path("sends"))
                .extracting(it -> it.at("/event/subject").stringValue() + " "
                        + it.at("/event/time").stringValue() + " "
                        + it.at("/event/data/amount").stringValue() + " "
                        + it.at("/event/data/client").stringValue())
                .containsExactly(
                        "dcm:invoice:СЧ-0001 2026-03-10T12:00:00+03:00 120000.00 ООО \"Янтарь\"",
                        "dcm:invoice:СЧ-0002 2026-03-11T09:05:00+03:00 1250000.50 ООО \"Волна\", Омск");
        assertThat(told.path("failed")).singleElement().satisfies(it -> {
            assertThat(it.path("item").stringValue()).isEqualTo("line 4");
            assertThat(it.at("/reason/detail").stringValue()).contains("31.02.2026 10:00", "dd.MM.yyyy H:mm[:ss]");
        });
    }

    @Test
    void a_row_that_does_not_fit_its_table_is_reported_even_if_a_filter_would_drop_it() throws Exception {
        RouteFile file = new RouteFile("rows.yaml", """
                - route:
                    id: rows
                    from:
                      uri: file:data/drop/rows
                      steps:
                        - unmarshal: {custom: {ref: csv}}
                        - split:
                            simple: ${body}
                            steps:
                              - filter:
                                  simple: ${body[state]} == 'ready'
                                  steps:
                                    - to: http://127.0.0.1:9/x
                """);
        try (Trial trial = Trial.of(List.of(file), null, EventCatalog.bundled())) {
            JsonNode told = trial.run(
                    "rows",
                    Trial.Sample.file("a.csv", "id,state\n1,ready\n2\n3,draft\n".getBytes(StandardCharsets.UTF_8)));

            assertThat(told.path("sends")).hasSize(1);
            assertThat(told.path("failed")).singleElement().satisfies(it -> {
                assertThat(it.path("item").stringValue()).isEqualTo("line 3");
                assertThat(it.at("/reason/detail").stringValue())
                        .isEqualTo("The row has 1 fields where the first line names 2");
            });
        }
    }

    private static JsonNode trial(Path examples, String route, String sample) throws Exception {
        RouteFile file = new RouteFile(route + ".yaml", Files.readString(examples.resolve(route + ".yaml")));
        try (Trial trial = Trial.of(List.of(file), null, EventCatalog.bundled())) {
            return trial.run(
                    route,
                    Trial.Sample.file(
                            sample, Files.readAllBytes(examples.resolve("data").resolve(sample))));
        }
    }
}
