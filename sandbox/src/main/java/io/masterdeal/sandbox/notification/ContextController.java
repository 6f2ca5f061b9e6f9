package io.masterdeal.sandbox.notification;

import io.masterdeal.sandbox.notification.IdempotentReceiver.Counts;
import io.masterdeal.sandbox.system.Refusal;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows the counts of all subscribers, and the events in the context. */
@RestController
final class ContextController {

    private final Subscribers subscribers;

    private final Context context;

    ContextController(Subscribers subscribers, Context context) {
        this.subscribers = subscribers;
        this.context = context;
    }

    @GetMapping("/notifications")
    ObjectNode counts() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(subscribers.all()).forEach((name, receiver) -> {
            Counts counts = receiver.counts();
            json.putObject(name)
                    .put("kept", counts.kept())
                    .put("stale", counts.stale())
                    .put("repeated", counts.repeated())
                    .put("unsigned", counts.unsigned())
                    .put("away", counts.away());
        });
        return json;
    }

    @GetMapping("/context")
    JsonNode size() {
        return JsonNodeFactory.instance.objectNode().put("deals", context.size());
    }

    @GetMapping(path = "/context/{deal}", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] event(@PathVariable String deal) {
        return context.of(deal).orElseThrow(() -> Refusal.notFound("There was no event about a deal " + deal + "."));
    }
}
