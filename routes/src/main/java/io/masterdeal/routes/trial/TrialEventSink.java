package io.masterdeal.routes.trial;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.routes.events.EventSink;
import io.masterdeal.routes.events.RejectedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks events as the gateway does, and publishes none. */
final class TrialEventSink implements EventSink {

    private final EventCatalog catalog;

    private final EventJson json;

    private final Recorder recorder;

    TrialEventSink(EventCatalog catalog, Recorder recorder) {
        this.catalog = catalog;
        this.json = new EventJson(catalog);
        this.recorder = recorder;
    }

    @Override
    public void check(String domain) {
        if (!catalog.domains().contains(domain)) {
            throw new IllegalArgumentException("there is no domain '" + domain + "'; there are " + catalog.domains());
        }
    }

    @Override
    public List<@Nullable JsonNode> publish(String domain, List<ObjectNode> events, BooleanSupplier goOn) {
        List<@Nullable JsonNode> problems = new ArrayList<@Nullable JsonNode>();
        for (ObjectNode event : events) {
            JsonNode problem = problem(domain, event);
            if (problem == null) {
                recorder.event(domain, event);
            }
            problems.add(problem);
        }
        return problems;
    }

    private @Nullable JsonNode problem(String domain, ObjectNode event) {
        EventType type = catalog.type(event.path("type").asString(""));
        if (type != null && !type.domain().equals(domain)) {
            return problem("This key may not do that", "Events of type " + type.name() + " are not for " + domain);
        }
        try {
            var _ = json.read(event.deepCopy());
            return null;
        } catch (InvalidEventException e) {
            ObjectNode problem = problem("The event breaks the contracts", "Correct what errors name.");
            ArrayNode errors = problem.putArray("errors");
            e.violations()
                    .forEach(it ->
                            errors.addObject().put("pointer", it.pointer()).put("message", it.message()));
            return problem;
        }
    }

    private static ObjectNode problem(String title, String detail) {
        return JsonNodeFactory.instance.objectNode().put("title", title).put("detail", detail);
    }

    @Override
    public void keep(RejectedItem rejected) {
        recorder.failed(rejected.place(), rejected.item(), rejected.problem());
    }
}
