package io.masterdeal.app.demo;

import io.masterdeal.client.PlatformClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Controls the simulated systems through their API. */
final class SimulationClient {

    private static final int PAGE = 200;

    private final PlatformClient sandbox;

    SimulationClient(PlatformClient sandbox) {
        this.sandbox = sandbox;
    }

    void start(SimulationSettings settings) throws InterruptedException {
        ObjectNode faults = JsonMapper.shared().createObjectNode();
        faults.put("seed", settings.seed())
                .put("lose", settings.faults().lose())
                .put("duplicate", settings.faults().duplicates())
                .put("reorder", settings.faults().reorder())
                .put("delay", settings.faults().delay())
                .put("slow", settings.faults().slow())
                .put("fail", settings.faults().fail())
                .put("down", settings.faults().down());
        sandbox.send("PUT", "/simulation/misbehaviour", faults);
        ObjectNode start = JsonMapper.shared().createObjectNode();
        start.put("deals", settings.deals())
                .put("rate", settings.rate())
                .put("seed", settings.seed())
                .put("tag", settings.tag());
        sandbox.send("POST", "/simulation", start);
    }

    /** Starts no more deals; those in progress continue. */
    void stopStarting() throws InterruptedException {
        sandbox.delete("/simulation");
    }

    SimulationStatus status() throws InterruptedException {
        JsonNode status = sandbox.get("/simulation");
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String name : new String[] {"emitted", "lost", "duplicated", "reordered", "delayed"}) {
            counts.put(name, status.path(name).longValue());
        }
        Map<String, Long> stories = new LinkedHashMap<>();
        status.path("stories")
                .properties()
                .forEach(story -> stories.put(story.getKey(), story.getValue().longValue()));
        return new SimulationStatus(
                status.path("state").stringValue(""),
                status.path("started").longValue(),
                status.path("finished").longValue(),
                status.path("in_flight").longValue(),
                status.path("unsent").longValue(),
                counts,
                stories,
                SlaCounts.Tasks.of(status));
    }

    /** Counts of faults other than in events: in REST answers, and outages of systems, by name. */
    Map<String, Long> troubles() throws InterruptedException {
        JsonNode status = sandbox.get("/simulation");
        Map<String, Long> troubles = new LinkedHashMap<>();
        troubles.put("slow answers", status.path("slow_answers").longValue());
        troubles.put("failed answers", status.path("failed_answers").longValue());
        troubles.put("outages", status.path("outages").longValue());
        return troubles;
    }

    /** How often the context answered that it was away. */
    long contextAway() throws InterruptedException {
        return sandbox.get("/notifications")
                .path(LedgerClient.CONTEXT)
                .path("away")
                .longValue();
    }

    /**
     * Part of what the systems emitted, in the order of emission.
     *
     * @param items events
     * @param next cursor of the next page; null if this is the last page so far
     */
    record Page(List<EmittedEvent> items, @Nullable String next) {}

    /**
     * Reads some of what the systems emitted.
     *
     * @param cursor where to start; empty for the beginning
     */
    Page emitted(String cursor) throws InterruptedException {
        JsonNode page = sandbox.get("/simulation/events?limit=" + PAGE
                + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
        return new Page(
                page.path("items").valueStream().map(EmittedEvent::of).toList(),
                page.path("next").stringValue(null));
    }

    /** Reads all emitted events that the systems still remember. */
    List<EmittedEvent> everythingEmitted() throws InterruptedException {
        List<EmittedEvent> all = new ArrayList<>();
        sandbox.forEach("/simulation/events", item -> all.add(EmittedEvent.of(item)));
        return all;
    }

    /** Reads the deals of the run. */
    void deals(Consumer<JsonNode> each) throws InterruptedException {
        sandbox.forEach("/simulation/deals", each);
    }
}
