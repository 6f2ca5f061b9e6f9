package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.app.CanonicalTopic.Revision;
import io.masterdeal.app.platform.Role;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end-to-end pipeline, CRM to closeout, a test for each row of its table. The test calls the systems by REST through
 * the gateway, each caller with its own key, and they send their events themselves. A row ends with its canonical event on the topic.
 */
class PipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestPlatform platform;

    private static PlatformClient crm;

    private static PlatformClient media;

    private static PlatformClient docflow;

    private static PlatformClient legal;

    private static PlatformClient dcm;

    private CanonicalTopic canonical;

    @BeforeAll
    static void start() throws Exception {
        // The sandbox keeps its injected faults, so it is restarted.
        TestPlatform.with("default", Role.WITHOUT_PAGES);
        platform = TestPlatform.empty("default", EnumSet.complementOf(EnumSet.of(Role.CONSOLE)));
        crm = caller("crm");
        media = caller("media");
        docflow = caller("docflow");
        legal = caller("legal");
        dcm = caller("dcm");
    }

    @BeforeEach
    void listen() {
        canonical = CanonicalTopic.fromNow(platform);
    }

    @Test
    void row_1_lead__crm_creates_a_deal_and_its_master_deal_exists() throws Exception {
        // given
        TopicEvents crmEvents = TopicEvents.fromNow(platform, "crm.events");

        // when CRM creates a deal
        JsonNode deal = createDeal("D-row-1");

        // then the platform routes crm.deal.created
        Event created = eventually(() -> only(crmEvents, "crm.deal.created", "crm:deal:D-row-1"));
        assertThat(created.envelope().id()).hasToString(deal.path("last_event").stringValue());

        // and MasterDeal creates master_deal_id, stage lead_created
        JsonNode masterDeal = atStage("crm:deal:D-row-1", "lead_created");
        assertThat(masterDeal.path("master_deal_id").stringValue())
                .isEqualTo(MasterDealId.of(new ObjectKey("crm:deal:D-row-1"))
                        .value()
                        .toString());
        assertThat(evidence(masterDeal, "lead_created"))
                .containsExactly(created.envelope().id().toString());

        // and publishes masterdeal.created
        Revision published = published("crm:deal:D-row-1", it -> it.type().equals("masterdeal.created"));
        assertThat(published.revision()).isEqualTo(1);
        assertThat(published.stage()).isEqualTo("lead_created");
    }

    @Test
    void row_2_brief_and_media_plan__masterdeal_asks_mediapush_and_the_offer_is_ready() throws Exception {
        // given
        TopicEvents mediaEvents = TopicEvents.fromNow(platform, "media.events");
        createDeal("D-row-2");

        // when CRM submits the brief
        JsonNode briefed = submitBrief("D-row-2");

        // then MasterDeal calls MediaPush, POST /api/mediaplan/request, once for this brief
        JsonNode effect = eventually(() -> {
            List<JsonNode> effects = items(platform.service().get("/effects?deal=crm:deal:D-row-2"));
            return effects.size() == 1
                            && effects.getFirst().path("state").stringValue().equals("done")
                    ? effects.getFirst()
                    : null;
        });
        assertThat(effect.path("reaction").stringValue()).isEqualTo("request-mediaplan");
        assertThat(effect.path("event_id").stringValue())
                .isEqualTo(briefed.path("last_event").stringValue());
        assertThat(effect.path("attempts").intValue()).isEqualTo(1);

        // and MediaPush recognises that request by its Idempotency-Key: it answers the same request again in the same
        // way, and refuses another one with this key
        String key = effect.path("id").stringValue();
        String body = effect.path("request_body").stringValue();
        List<JsonNode> plans = linkedTo(media, "/media/mediaplans", "crm:deal:D-row-2");
        assertThat(plans).hasSize(1);
        HttpResponse<String> again = requestMediaplan(key, body);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(JsonMapper.shared().readTree(again.body()).path("mediaplan"))
                .isEqualTo(plans.getFirst().path("key"));
        assertThat(requestMediaplan(key, body.replace("D-row-2", "D-row-3")).statusCode())
                .isEqualTo(409);
        assertThat(linkedTo(media, "/media/mediaplans", "crm:deal:D-row-2")).hasSize(1);

        // and MediaPush tells media.mediaplan.ready
        String plan = plans.getFirst().path("key").stringValue();
        Event ready = eventually(() -> only(mediaEvents, "media.mediaplan.ready", plan));

        // and the stage is offer_ready, for both
        JsonNode masterDeal = atStage("crm:deal:D-row-2", "offer_ready");
        assertThat(evidence(masterDeal, "offer_ready"))
                .containsExactlyInAnyOrder(
                        briefed.path("last_event").stringValue(),
                        ready.envelope().id().toString());

        // and masterdeal.stage.changed is published
        publishedStage("crm:deal:D-row-2", "masterdeal.stage.changed", "offer_ready");
    }

    @Test
    void row_3_contract_and_legal__both_delivered_make_the_deal_contracting() throws Exception {
        // given
        TopicEvents docflowEvents = TopicEvents.fromNow(platform, "docflow.events");
        TopicEvents legalEvents = TopicEvents.fromNow(platform, "legal.events");
        offerReady("D-row-3");

        // when CRM asks Docflow by REST for a draft contract
        String contract = askForContract("D-row-3");

        // then Docflow has it
        assertThat(docflow.get(path("/docflow/contracts/", contract))
                        .path("status")
                        .stringValue())
                .isEqualTo("Draft");
        eventually(() -> only(docflowEvents, "docflow.contract.drafted", contract));

        // when it is signed
        String signed = sign(contract);

        // then the platform notifies Legal: the signature was delivered, nobody called Legal
        Event requested = eventually(() -> heardOf(legalEvents, contract));
        assertThat(requested.envelope().causationId()).isEqualTo(signed);
        assertThat(linkedTo(legal, "/legal/cases", contract)).hasSize(1);

        // and Legal approves
        Event approved = eventually(
                () -> only(legalEvents, "legal.approved", requested.envelope().subject()));

        // and the stage is contracting, because of both
        JsonNode masterDeal = atStage("crm:deal:D-row-3", "contracting");
        assertThat(evidence(masterDeal, "contracting"))
                .contains(signed, approved.envelope().id().toString());

        // and publishes masterdeal.stage.changed
        publishedStage("crm:deal:D-row-3", "masterdeal.stage.changed", "contracting");
    }

    @Test
    void row_4_invoice__docflow_asks_dcm_and_the_deal_is_closing() throws Exception {
        // given
        TopicEvents dcmEvents = TopicEvents.fromNow(platform, "dcm.events");
        String contract = contracting("D-row-4");

        // when Docflow asks DCM by REST to create an invoice
        String invoice = askForInvoice(contract);

        // then DCM tells dcm.invoice.issued
        Event issued = eventually(() -> only(dcmEvents, "dcm.invoice.issued", invoice));

        // and the stage is closing
        JsonNode masterDeal = atStage("crm:deal:D-row-4", "closing");
        assertThat(evidence(masterDeal, "closing"))
                .containsExactly(issued.envelope().id().toString());

        // and masterdeal.stage.changed is published
        publishedStage("crm:deal:D-row-4", "masterdeal.stage.changed", "closing");
    }

    @Test
    void row_5_closing__dcm_completes_the_closeout_and_the_deal_is_closed() throws Exception {
        // given an invoice that is paid, or DCM does not close the books
        TopicEvents dcmEvents = TopicEvents.fromNow(platform, "dcm.events");
        String invoice = askForInvoice(contracting("D-row-5"));
        post(dcm, path("/dcm/invoices/", invoice) + "/pay", "{}");

        // when DCM closes the books
        JsonNode closeout = post(dcm, "/dcm/closeouts", """
                {"links": ["crm:deal:D-row-5"]}""");

        // then it tells dcm.closeout.completed
        Event completed = eventually(() ->
                only(dcmEvents, "dcm.closeout.completed", closeout.path("key").stringValue()));

        // and the stage is closed
        JsonNode masterDeal = atStage("crm:deal:D-row-5", "closed");
        assertThat(evidence(masterDeal, "closed"))
                .containsExactly(completed.envelope().id().toString());
        assertThat(masterDeal.path("outcome").stringValue()).isEqualTo("won");

        // and masterdeal.closed is published, once
        publishedStage("crm:deal:D-row-5", "masterdeal.closed", "closed");
        assertThat(canonical.withoutCopies().getOrDefault("crm:deal:D-row-5", List.of()))
                .filteredOn(it -> it.type().equals("masterdeal.closed"))
                .hasSize(1);
    }

    private static JsonNode createDeal(String id) throws InterruptedException {
        return post(crm, "/crm/deals", """
                {"id": "%s", "attributes": {"client": "Yantar Clinics", "amount": "2600000", "currency": "RUB"}}""".formatted(id));
    }

    private static JsonNode submitBrief(String id) throws InterruptedException {
        return post(crm, "/crm/deals/" + id + "/submit-brief", """
                {"attributes": {"target": "25-45, cities"}}""");
    }

    private static void offerReady(String id) throws InterruptedException {
        createDeal(id);
        submitBrief(id);
        atStage("crm:deal:" + id, "offer_ready");
    }

    private static String contracting(String id) throws InterruptedException {
        offerReady(id);
        String contract = askForContract(id);
        sign(contract);
        atStage("crm:deal:" + id, "contracting");
        return contract;
    }

    /** As CRM. */
    private static String askForContract(String deal) throws InterruptedException {
        return post(crm, "/docflow/contracts", """
                {"links": ["crm:deal:%s"], "attributes": {"client": "Yantar Clinics"}}""".formatted(deal)).path("key").stringValue();
    }

    /** Legal opens a case for events with this attribute. */
    private static String sign(String contract) throws InterruptedException {
        return post(docflow, path("/docflow/contracts/", contract) + "/sign", """
                {"attributes": {"legal_review": "required"}}""")
                .path("last_event")
                .stringValue();
    }

    /** As Docflow. */
    private static String askForInvoice(String contract) throws InterruptedException {
        return post(docflow, "/dcm/invoices", """
                {"links": ["%s"], "attributes": {"client": "Yantar Clinics", "amount": "2600000", "currency": "RUB"}}""".formatted(contract))
                .path("key")
                .stringValue();
    }

    private static @Nullable Event heardOf(TopicEvents legalEvents, String contract) {
        return legalEvents.all().stream()
                .filter(it -> it.envelope().type().equals("legal.requested"))
                .filter(it -> String.valueOf(it.data().get("links")).contains(contract))
                .findFirst()
                .orElse(null);
    }

    /** The one event of a type about an object; null if there is none. */
    private static @Nullable Event only(TopicEvents topic, String type, String subject) {
        List<Event> events = topic.all().stream()
                .filter(it -> it.envelope().type().equals(type))
                .filter(it -> it.envelope().subject().equals(subject))
                .toList();
        assertThat(events).hasSizeLessThan(2);
        return events.isEmpty() ? null : events.getFirst();
    }

    /** MasterDeal's answer to a system that asks through the gateway, as soon as it knows the deal. */
    private static JsonNode atStage(String deal, String stage) throws InterruptedException {
        return eventually(() -> {
            PlatformClient.Answer answer = crm.ask("/masterdeal/" + deal);
            return answer.isOk() && answer.body().path("stage").stringValue().equals(stage) ? answer.body() : null;
        });
    }

    /** The facts that brought a deal to a stage. */
    private static List<String> evidence(JsonNode masterDeal, String stage) {
        return masterDeal
                .path("timeline")
                .valueStream()
                .filter(step -> step.path("stage").stringValue().equals(stage))
                .flatMap(step -> step.path("evidence").valueStream().map(JsonNode::stringValue))
                .toList();
    }

    private void publishedStage(String deal, String type, String stage) throws InterruptedException {
        Revision published =
                published(deal, it -> it.type().equals(type) && it.stage().equals(stage));
        assertThat(published.changed()).contains("stage");
    }

    private Revision published(String deal, Predicate<Revision> wanted) throws InterruptedException {
        return eventually(() -> canonical.withoutCopies().getOrDefault(deal, List.of()).stream()
                .filter(wanted)
                .findFirst()
                .orElse(null));
    }

    /** Asks until the answer is not null. */
    private static <T> T eventually(Callable<@Nullable T> question) {
        return await().atMost(PATIENCE).until(question, Objects::nonNull);
    }

    private static List<JsonNode> linkedTo(PlatformClient caller, String path, String key) throws InterruptedException {
        return items(caller.get(path)).stream()
                .filter(object -> object.path("links")
                        .valueStream()
                        .anyMatch(link -> link.stringValue().equals(key)))
                .toList();
    }

    private static List<JsonNode> items(JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.path("items").forEach(items::add);
        return items;
    }

    private static JsonNode post(PlatformClient caller, String path, String body) throws InterruptedException {
        return caller.send("POST", path, JsonMapper.shared().readTree(body));
    }

    private static HttpResponse<String> requestMediaplan(String key, String body)
            throws IOException, InterruptedException {
        URI gateway = Objects.requireNonNull(platform.addresses().gateway());
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(gateway.resolve("/media/api/mediaplan/request"))
                            .header(
                                    "Authorization",
                                    "Bearer "
                                            + ApiKeys.read(platform.addresses().apiKeys(), "masterdeal"))
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", key)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static String path(String collection, String key) {
        return collection + key.substring(key.lastIndexOf(':') + 1);
    }

    private static PlatformClient caller(String domain) {
        return new PlatformClient(
                "gateway",
                Objects.requireNonNull(platform.addresses().gateway()),
                ApiKeys.read(platform.addresses().apiKeys(), domain));
    }
}
