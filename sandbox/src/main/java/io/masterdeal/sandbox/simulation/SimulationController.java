package io.masterdeal.sandbox.simulation;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulatedDeals;
import io.masterdeal.sandbox.call.SlaClock;
import io.masterdeal.sandbox.fault.FaultInjection;
import io.masterdeal.sandbox.fault.FaultInjectionSettings;
import io.masterdeal.sandbox.fault.FaultInjections;
import io.masterdeal.sandbox.publish.Ledger;
import io.masterdeal.sandbox.publish.LedgerEntry;
import io.masterdeal.sandbox.publish.Publishers;
import io.masterdeal.sandbox.rest.Cursors;
import io.masterdeal.sandbox.rest.JsonBodies;
import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.sandbox.system.ResultPage;
import io.masterdeal.sandbox.system.SystemJson;
import io.masterdeal.sandbox.task.TaskModel;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The control of the sandbox. */
@RestController
@RequestMapping("/simulation")
final class SimulationController {
    private static final Set<String> FAULT_SETTINGS =
            Set.of("seed", "lose", "duplicate", "reorder", "delay", "slow", "fail", "down", "domain");
    private static final JsonMapper JSON = new JsonMapper();

    private final Simulation simulation;
    private final DealRegister register;
    private final SimulatedDeals openDeals;
    private final Publishers publishers;
    private final Ledger ledger;
    private final FaultInjections faults;
    private final Clock clock;

    SimulationController(
            Simulation simulation,
            DealRegister register,
            SimulatedDeals openDeals,
            Publishers publishers,
            Ledger ledger,
            FaultInjections faults,
            Clock clock) {
        this.simulation = simulation;
        this.register = register;
        this.openDeals = openDeals;
        this.publishers = publishers;
        this.ledger = ledger;
        this.faults = faults;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<ObjectNode> begin(HttpServletRequest request) {
        simulation.begin(RunRequest.read(JsonBodies.read(request)));
        return ResponseEntity.accepted().body(status());
    }

    @DeleteMapping
    ObjectNode end() {
        simulation.end();
        return status();
    }

    @GetMapping
    ObjectNode status() {
        ObjectNode json = JSON.createObjectNode();
        // In this order: a finished deal has emitted all its events, so unsent events are counted after it.
        Simulation.State state = simulation.state();
        long inFlight = register.inFlight();
        json.put("state", state.name().toLowerCase(Locale.ROOT));
        Run run = simulation.run();
        if (run != null) {
            json.put("tag", run.request().tag()).put("seed", run.request().seed());
        }
        json.put("started", register.startedDeals()).put("finished", register.finishedCount());
        json.put("in_flight", inFlight).put("unsent", publishers.unsent());
        Ledger.Counts counts = ledger.counts();
        json.put("emitted", counts.emitted()).put("lost", counts.lost()).put("duplicated", counts.duplicated());
        json.put("reordered", counts.reordered())
                .put("delayed", counts.delayed())
                .put("refused", counts.refused());
        json.put("slow_answers", sum(FaultInjection::slowAnswers))
                .put("failed_answers", sum(FaultInjection::failedAnswers));
        json.put("outages", sum(FaultInjection::outages));
        json.put("events_per_second", ledger.perSecond(clock.millis()));
        TaskModel.SlaTasks tasks = register.slaTasks();
        json.putObject("sla_tasks").put("open", tasks.open()).put("closed", tasks.closed());
        ObjectNode stories = json.putObject("stories");
        register.stories().forEach(stories::put);
        return json;
    }

    private long sum(ToLongFunction<FaultInjection> count) {
        return faults.all().values().stream().mapToLong(count).sum();
    }

    @GetMapping("/misbehaviour")
    ObjectNode faults() {
        ObjectNode json = JSON.createObjectNode();
        new TreeMap<>(faults.all())
                .forEach((domain, domainFaults) -> json.set(domain, JSON.valueToTree(domainFaults.settings())));
        return json;
    }

    @PutMapping("/misbehaviour")
    ObjectNode setFaults(HttpServletRequest request) {
        JsonNode body = JsonBodies.read(request);
        var errors = new ArrayList<Violation>();
        Members.checkKnown(body, FAULT_SETTINGS, errors);
        var wanted = new FaultInjectionSettings(
                Members.number(body, "seed", 0, Long.MIN_VALUE, Long.MAX_VALUE, errors),
                percent(body, "lose", errors),
                percent(body, "duplicate", errors),
                percent(body, "reorder", errors),
                percent(body, "delay", errors),
                percent(body, "slow", errors),
                percent(body, "fail", errors),
                percent(body, "down", errors));
        Map<String, FaultInjection> meant = faults.all();
        if (!body.path("domain").isMissingNode()) {
            FaultInjection one = meant.get(body.path("domain").asString(""));
            if (one == null) {
                errors.add(new Violation("/domain", "must be one of " + new TreeMap<>(meant).keySet()));
            } else {
                meant = Map.of(body.path("domain").asString(), one);
            }
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(List.copyOf(errors));
        }
        meant.values().forEach(each -> each.set(wanted));
        return faults();
    }

    @GetMapping("/events")
    ObjectNode events(
            @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
        ResultPage<LedgerEntry> page = ledger.list(Cursors.after(cursor), Cursors.limit(limit));
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        for (LedgerEntry entry : page.items()) {
            ObjectNode item = items.addObject();
            JsonNode event = JSON.readTree(entry.json());
            item.set("event", event);
            item.put("deal", deal(entry, event)).put("sent_at", entry.sentAt());
            item.put("lost", entry.lost()).put("copies", entry.copies()).put("refused", entry.refused());
        }
        SystemJson.next(json, page);
        return json;
    }

    @GetMapping("/deals")
    ObjectNode deals(
            @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
        ResultPage<DealRegister.Listed> page = register.list(Cursors.after(cursor), Cursors.limit(limit));
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        for (DealRegister.Listed deal : page.items()) {
            ObjectNode item = items.addObject();
            item.put("deal", deal.deal()).put("story", deal.story()).put("finished", deal.finished());
            SystemJson.texts(item.putArray("varieties"), deal.varieties());
            ObjectNode sla = item.putObject("sla");
            deal.sla()
                    .forEach((domain, clocks) -> SystemJson.texts(
                            sla.putArray(domain),
                            clocks.stream().map(SlaClock::text).toList()));
        }
        SystemJson.next(json, page);
        return json;
    }

    /** The deal of the story; for an event created by hand, the deal that it is about or linked to, if any. */
    private @Nullable String deal(LedgerEntry entry, JsonNode event) {
        return openDeals.find(entry.correlationId()).map(SimulatedDeal::key).orElseGet(() -> {
            var keys = new ArrayList<String>();
            keys.add(event.path("subject").asString(""));
            event.path("data").path("links").forEach(link -> keys.add(link.asString("")));
            return keys.stream()
                    .filter(key -> key.startsWith("crm:deal:"))
                    .findFirst()
                    .orElse(null);
        });
    }

    private static double percent(JsonNode body, String name, List<Violation> errors) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 100) {
            errors.add(new Violation("/" + name, "must be a number from 0 to 100"));
            return 0;
        }
        return value.doubleValue();
    }
}
