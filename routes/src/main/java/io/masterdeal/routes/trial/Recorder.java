package io.masterdeal.routes.trial;

import io.masterdeal.routes.events.ItemSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records what happens in a trial. Thread-safe. */
final class Recorder {

    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key");

    private final ArrayNode sent = JsonNodeFactory.instance.arrayNode();

    private final ArrayNode conditions = JsonNodeFactory.instance.arrayNode();

    private final ArrayNode failed = JsonNodeFactory.instance.arrayNode();

    private byte @Nullable [] answer;

    /** Starts recording; the first HTTP call gets the given answer, if there is one. */
    synchronized void begin(byte @Nullable [] first) {
        sent.removeAll();
        conditions.removeAll();
        failed.removeAll();
        answer = first;
    }

    /**
     * An endpoint other than ours was reached.
     *
     * @param method the HTTP method; empty if the endpoint does not say
     * @return its answer; null for none
     */
    synchronized byte @Nullable [] call(String uri, String method, Exchange exchange) {
        ObjectNode line = sent.addObject().put("to", uri);
        place(line, exchange);
        boolean http = uri.startsWith("http");
        if (http) {
            line.put("method", method(exchange, method));
        }
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        Map<String, Object> sorted = new TreeMap<>(exchange.getMessage().getHeaders());
        sorted.forEach((name, value) -> {
            if (!name.startsWith("Camel") && value != null) {
                headers.put(
                        name, SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? "***" : String.valueOf(value));
            }
        });
        if (!headers.isEmpty()) {
            line.set("headers", headers);
        }
        Object name = exchange.getMessage().getHeader(Exchange.FILE_NAME);
        if (uri.startsWith("file") && name != null) {
            line.put("file", String.valueOf(name));
        }
        line.set("body", body(exchange));
        byte[] given = http ? answer : null;
        if (http) {
            answer = null;
        }
        return given;
    }

    private static String method(Exchange exchange, String told) {
        Object header = exchange.getMessage().getHeader(Exchange.HTTP_METHOD);
        if (header != null) {
            return header.toString();
        }
        return told.isEmpty() ? exchange.getMessage().getBody() == null ? "GET" : "POST" : told;
    }

    /** An event would be published. */
    synchronized void event(String domain, JsonNode event) {
        ObjectNode line = sent.addObject().put("to", "masterdeal:events").put("domain", domain);
        line.set("event", event);
    }

    /** A condition was evaluated. */
    synchronized void condition(String step, String condition, boolean matched, Exchange exchange) {
        ObjectNode line = conditions
                .addObject()
                .put("step", step)
                .put("condition", condition)
                .put("matched", matched);
        place(line, exchange);
    }

    /** An item or the whole message failed. */
    synchronized void failed(String place, @Nullable JsonNode item, JsonNode reason) {
        ObjectNode line = failed.addObject();
        if (!place.isEmpty()) {
            line.put("item", place);
        }
        if (item != null) {
            line.set("content", item);
        }
        line.set("reason", reason);
    }

    private static void place(ObjectNode line, Exchange exchange) {
        String place = ItemSource.place(exchange, exchange.getMessage().getBody(), -1);
        if (!place.isEmpty()) {
            line.put("item", place);
        }
    }

    private static JsonNode body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        String text = exchange.getMessage().getBody(String.class);
        if (text == null) {
            return ItemSource.json(body);
        }
        exchange.getMessage().setBody(body instanceof java.io.InputStream ? text : body);
        try {
            return body instanceof Map<?, ?>
                    ? ItemSource.json(body)
                    : JsonMapper.shared().readTree(text);
        } catch (JacksonException _) {
            return ItemSource.json(text);
        }
    }

    /** Everything recorded. */
    synchronized void writeTo(ObjectNode report) {
        report.put("ok", failed.isEmpty());
        report.set("sends", sent.deepCopy());
        report.set("conditions", conditions.deepCopy());
        report.set("failed", failed.deepCopy());
    }
}
