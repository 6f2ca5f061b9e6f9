package io.masterdeal.router.delivery;

import io.masterdeal.router.subscription.Sink;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as it is put into a request.
 *
 * @param headers the headers that CloudEvents requires, including {@code Content-Type}
 * @param body the whole event, or its data
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not copied before sending.
record EventBody(Map<String, String> headers, byte[] body) {

    static EventBody of(byte[] structured, Sink.Mode mode) {
        if (mode == Sink.Mode.STRUCTURED) {
            return new EventBody(Map.of("Content-Type", "application/cloudevents+json; charset=UTF-8"), structured);
        }
        JsonNode event = JsonMapper.shared().readTree(structured);
        Map<String, String> headers = new LinkedHashMap<>();
        event.properties().forEach(it -> {
            switch (it.getKey()) {
                case "data" -> {} // The body.
                case "datacontenttype" ->
                    headers.put("Content-Type", it.getValue().asString());
                default -> headers.put("ce-" + it.getKey(), encode(it.getValue().asString()));
            }
        });
        return new EventBody(headers, event.path("data").toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Percent-encoded where a header could not carry it (HTTP Protocol Binding, section 3.1.3.2). */
    private static String encode(String value) {
        StringBuilder encoded = new StringBuilder(value.length());
        value.codePoints().forEach(c -> {
            if (c > ' ' && c <= '~' && c != '"' && c != '%') {
                encoded.append((char) c);
            } else {
                encoded.append(URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8)
                        .replace("+", "%20"));
            }
        });
        return encoded.toString();
    }
}
