package io.masterdeal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A hundred deals, which play every story, to their ends while all goes well. */
class StoriesTest {
    private static RunningSandbox sandbox;
    private static JsonNode status;
    private static final Map<String, List<String>> DEALS = new TreeMap<>();

    @BeforeAll
    static void play(@TempDir Path directory) throws Exception {
        sandbox = RunningSandbox.start(directory, Map.of());
        assertThat(sandbox.post("/simulation", """
                {"deals": 100, "rate": 50, "seed": 7, "tag": "t1"}""").status()).isEqualTo(202);
        status = sandbox.awaitIdle(Duration.ofSeconds(40));
        for (JsonNode deal : sandbox.all("/simulation/deals")) {
            DEALS.computeIfAbsent(deal.path("story").asString(), story -> new ArrayList<>())
                    .add(deal.path("deal").asString());
        }
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void all_stories_end_and_every_event_is_sent() {
        assertThat(status.path("started").asInt()).isEqualTo(100);
        assertThat(status.path("finished").asInt()).isEqualTo(100);
        assertThat(status.path("in_flight").asInt()).isZero();
        assertThat(status.path("unsent").asInt()).isZero();
        assertThat(status.path("emitted").asInt()).isEqualTo(sandbox.gateway.taken.size());
        assertThat(DEALS).hasSize(21);
    }

    @Test
    void the_gateway_refuses_nothing() {
        assertThat(sandbox.gateway.refused).isEmpty();
    }

    @Test
    void no_story_is_aborted_and_nobody_has_to_phone() {
        var varieties = new TreeSet<String>();
        sandbox.all("/simulation/deals")
                .forEach(deal -> deal.path("varieties").forEach(variety -> varieties.add(variety.asString())));

        assertThat(varieties).doesNotContain("broken", "by-phone", "offered-without-plan", "went-on-without-legal");
    }

    @Test
    void a_straight_story_goes_through_all_systems() {
        for (String deal : deals("straight")) {
            assertThat(sandbox.gateway.typesOf(deal))
                    .as(deal)
                    .contains(
                            "crm.lead.created",
                            "crm.contact.created",
                            "crm.deal.created",
                            "task.task.created",
                            "task.task.completed",
                            "crm.brief.submitted",
                            "media.mediaplan.drafted",
                            "media.mediaplan.ready",
                            "crm.offer.sent",
                            "docflow.contract.drafted",
                            "docflow.contract.signed",
                            "legal.requested",
                            "legal.started",
                            "legal.approved",
                            "dcm.invoice.issued",
                            "dcm.invoice.paid",
                            "media.placement.completed",
                            "docflow.upd.signed",
                            "dcm.act.signed",
                            "dcm.closeout.completed",
                            "crm.deal.updated")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void every_other_story_has_its_events() {
        told("closed-by-act", List.of("docflow.act.completed"), List.of("dcm.closeout.completed"));
        told("lead-only", List.of("crm.deal.created"), List.of("crm.brief.submitted"));
        told("briefed-and-stuck", List.of("media.mediaplan.drafted"), List.of("media.mediaplan.ready"));
        told("stays-at-offer", List.of("crm.offer.sent"), List.of("docflow.contract.drafted"));
        told("stays-at-contracting", List.of("legal.approved"), List.of("dcm.invoice.issued"));
        told("stays-at-closing", List.of("dcm.invoice.issued"), List.of("dcm.invoice.paid"));
        told("rejected-then-signed", List.of("docflow.contract.rejected", "docflow.contract.signed"), List.of());
        told("legal-refusal", List.of("legal.rejected", "legal.approved", "dcm.closeout.completed"), List.of());
        told("lost", List.of("crm.deal.lost", "task.task.cancelled"), List.of("docflow.contract.drafted"));
        told("cancelled", List.of("crm.deal.cancelled"), List.of("docflow.contract.drafted"));
        told("reopened-and-won", List.of("crm.deal.reopened", "dcm.closeout.completed"), List.of());
        told("two-invoices", List.of("dcm.invoice.cancelled", "dcm.invoice.paid"), List.of());
        told("wrong-link", List.of("dcm.event.retracted", "dcm.closeout.completed"), List.of());
        told("plan-reopened", List.of("media.mediaplan.reopened", "dcm.closeout.completed"), List.of());
        told("sla-warned", List.of("media.mediaplan.ready", "dcm.closeout.completed"), List.of());
        told("sla-breached", List.of("legal.approved", "dcm.closeout.completed"), List.of("legal.rejected"));
        told("sla-over-closing-time", List.of("legal.approved", "dcm.closeout.completed"), List.of());
        told("sla-retracted", List.of("media.mediaplan.ready", "dcm.closeout.completed"), List.of());
        told("frame-contract", List.of("dcm.closeout.completed", "crm.offer.sent"), List.of());
    }

    @Test
    void late_facts_are_sent_after_later_ones() {
        for (String deal : deals("late-facts")) {
            List<JsonNode> offers = eventsOf(deal, "crm.offer.sent");
            assertThat(offers).hasSize(1);
            long toldAt = offers.getFirst().path("sent_at").asLong();
            assertThat(toldAt - timeOf(offers.getFirst())).as(deal).isGreaterThanOrEqualTo(60);
        }
        assertThat(deals("late-facts")).anySatisfy(deal -> {
            List<JsonNode> events = eventsOf(deal, "");
            assertThat(events)
                    .anyMatch(late -> events.stream()
                            .anyMatch(later -> timeOf(later) > timeOf(late) + 20
                                    && later.path("sent_at").asLong()
                                            < late.path("sent_at").asLong()));
        });
    }

    @Test
    void the_deals_about_sla_say_what_was_promised_and_last_as_long_as_they_should() {
        promised("sla-warned", "quick-plan");
        promised("sla-breached", "quick-review");
        promised("sla-over-closing-time", "quick-contract");
        promised("sla-retracted", "quick-plan");
        for (String deal : deals("straight")) {
            assertThat(eventsOf(deal, "crm.deal.created").getFirst().toString()).doesNotContain("service_level");
        }
        // at a hundredth of the pace of a demonstration
        for (String deal : deals("sla-warned")) {
            assertThat(between(deal, "crm.brief.submitted", "media.mediaplan.ready"))
                    .isGreaterThanOrEqualTo(60);
        }
        for (String deal : deals("sla-breached")) {
            assertThat(between(deal, "legal.started", "legal.approved")).isGreaterThanOrEqualTo(120);
        }
        for (String deal : deals("sla-over-closing-time")) {
            assertThat(between(deal, "media.mediaplan.ready", "legal.approved")).isGreaterThanOrEqualTo(200);
        }
        for (String deal : deals("sla-retracted")) {
            JsonNode ready = eventsOf(deal, "media.mediaplan.ready").getFirst();
            assertThat(ready.path("sent_at").asLong() - timeOf(ready)).isGreaterThanOrEqualTo(160);
        }
    }

    private static void promised(String story, String level) {
        for (String deal : deals(story)) {
            assertThat(eventsOf(deal, "crm.deal.created"))
                    .as(story)
                    .singleElement()
                    .extracting(item ->
                            item.at("/event/data/attributes/service_level").asString())
                    .isEqualTo(level);
        }
    }

    private static long between(String deal, String first, String second) {
        return timeOf(eventsOf(deal, second).getFirst())
                - timeOf(eventsOf(deal, first).getFirst());
    }

    private static List<JsonNode> eventsOf(String deal, String type) {
        return sandbox.all("/simulation/events").stream()
                .filter(item -> item.path("deal").asString("").equals(deal)
                        && item.at("/event/type").asString().startsWith(type))
                .toList();
    }

    private static long timeOf(JsonNode item) {
        return Instant.parse(item.at("/event/time").asString()).toEpochMilli();
    }

    @Test
    void a_frame_contract_is_linked_to_two_deals() {
        List<JsonNode> contracts = sandbox.all("/docflow/contracts");
        List<String> deals = deals("frame-contract");

        assertThat(deals).hasSize(4);
        assertThat(contracts.stream().filter(contract -> contract.path("links").size() == 2))
                .hasSize(2);
    }

    @Test
    void deals_and_contracts_count_their_versions_and_others_do_not() {
        sandbox.gateway.taken.forEach(event -> {
            boolean counts = event.envelope().subject().startsWith("crm:deal:")
                    || event.envelope().subject().startsWith("docflow:contract:");
            assertThat(event.envelope().sequence() != null)
                    .as(event.envelope().type())
                    .isEqualTo(counts);
            assertThat(event.envelope().correlationId()).isNotNull();
        });
    }

    @Test
    void the_list_of_events_matches_what_the_gateway_received() {
        List<JsonNode> listed = sandbox.all("/simulation/events");

        var ids = new HashSet<String>();
        for (JsonNode item : listed) {
            ids.add(item.at("/event/id").asString());
            assertThat(item.path("copies").asInt()).isEqualTo(1);
            assertThat(item.path("sent_at").isNumber()).isTrue();
            assertThat(item.path("lost").asBoolean()).isFalse();
            assertThat(item.path("deal").asString("")).startsWith("crm:deal:D-t1-");
        }
        assertThat(sandbox.gateway.taken)
                .extracting(event -> event.envelope().id().toString())
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void a_retracted_event_shows_in_the_history() {
        String deal = deals("wrong-link").getFirst();
        String id = "I-" + deal.substring(deal.indexOf("t1-"));
        var invoices = sandbox.all("/dcm/invoices").stream()
                .filter(invoice -> invoice.path("correlation_id").asString().equals(storyOf(deal)))
                .toList();
        assertThat(invoices).as(id).hasSize(1);
        String key = invoices.getFirst().path("key").asString();

        JsonNode history = sandbox.get("/dcm/invoices/" + key.substring(key.lastIndexOf(':') + 1) + "/history")
                .json()
                .path("items");

        assertThat(history.get(0).path("retracted").asBoolean()).isTrue();
        assertThat(history.get(1).path("type").asString()).isEqualTo("dcm.event.retracted");
        assertThat(history.get(2).path("type").asString()).isEqualTo("dcm.invoice.issued");
        assertThat(history.get(2).path("retracted").asBoolean()).isFalse();
        assertThat(invoices.getFirst().path("links").get(0).asString()).startsWith("docflow:contract:");
    }

    private static List<String> deals(String story) {
        List<String> deals = DEALS.getOrDefault(story, List.of());
        assertThat(deals).as(story).isNotEmpty();
        return deals;
    }

    private static String storyOf(String deal) {
        return sandbox.get("/crm/deals/" + deal.substring(deal.lastIndexOf(':') + 1))
                .at("/correlation_id");
    }

    private static void told(String story, List<String> some, List<String> none) {
        for (String deal : deals(story)) {
            List<String> types = sandbox.gateway.typesOf(deal);
            assertThat(types).as(story + " " + deal).containsAll(some);
            none.forEach(type -> assertThat(types).as(story + " " + deal).doesNotContain(type));
        }
    }
}
