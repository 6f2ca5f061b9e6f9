package io.masterdeal.router.delivery;

import io.masterdeal.router.routes.OptionalRouteEngine;
import io.masterdeal.router.subscription.Sink;
import io.masterdeal.router.subscription.StoredSubscription;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a subscription would send for an event, without sending it. */
public final class Preview {

    private static final String AT_SENDING = "(made when it is sent)";

    private Preview() {}

    /**
     * The preview for one event.
     *
     * @param event in structured mode
     * @param engine tries routes
     */
    public static JsonNode of(StoredSubscription stored, JsonNode event, OptionalRouteEngine engine)
            throws InterruptedException {
        return switch (stored.subscription().sink()) {
            case Sink.Http sink -> http(stored.name(), sink, event);
            case Sink.Kafka sink -> {
                ObjectNode record = JsonNodeFactory.instance.objectNode().put("topic", sink.topic());
                record.put("key", event.path("subject").asString(""));
                record.withObject("/headers").put("content-type", "application/cloudevents+json; charset=UTF-8");
                record.set("value", event);
                yield record;
            }
            case Sink.Queue sink -> {
                ObjectNode task = JsonNodeFactory.instance.objectNode().put("queue", sink.queue());
                task.put("id", event.path("id").asString(""));
                task.put("type", event.path("type").asString(""));
                task.set("payload", event);
                yield task;
            }
            case Sink.Route sink -> engine.explain(sink.name(), event);
            case Sink.Origin _ -> JsonNodeFactory.instance.objectNode().put("record", "the refused one, as it was");
        };
    }

    private static ObjectNode http(String subscription, Sink.Http sink, JsonNode event) {
        EventBody body = EventBody.of(event.toString().getBytes(StandardCharsets.UTF_8), sink.mode());
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("method", "POST")
                .put("url", sink.url().toString());
        ObjectNode headers = request.putObject("headers");
        body.headers().forEach(headers::put);
        headers.put("webhook-id", event.path("id").asString(""))
                .put("webhook-timestamp", AT_SENDING)
                .put("webhook-signature", AT_SENDING)
                .put("masterdeal-subscription", subscription)
                .put("masterdeal-attempt", "1");
        request.set("body", JsonMapper.shared().readTree(body.body()));
        return request;
    }
}
