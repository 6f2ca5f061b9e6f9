package io.masterdeal.routes.events;

import io.masterdeal.routes.csv.Row;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where the item of a message comes from. */
public final class ItemSource {

    private static final int MOST_CHARACTERS = 100_000;

    private ItemSource() {}

    /** The id of the route that received it. */
    public static String route(Exchange exchange) {
        String from = exchange.getFromRouteId();
        return from == null ? "" : from;
    }

    /** The path of the file it came in; null if it did not come in a file. */
    static @Nullable String file(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelFileAbsolutePath", String.class);
    }

    /**
     * Its place in the input: {@code line 4}, {@code item 2}, or an empty text.
     *
     * @param item the item
     * @param index its index in the message, from 0; -1 if the message has no other items
     */
    public static String place(Exchange exchange, @Nullable Object item, int index) {
        if (item instanceof Row row) {
            return "line " + row.line();
        }
        Integer split = exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class);
        String outer = split == null ? "" : "item " + (split + 1);
        String inner = index < 0 ? "" : "item " + (index + 1);
        return outer.isEmpty() || inner.isEmpty() ? outer + inner : outer + ", " + inner;
    }

    /** The item as JSON; as a text if it is not JSON. */
    public static JsonNode json(@Nullable Object item) {
        if (item instanceof CharSequence || item == null) {
            return text(item == null ? "" : item.toString());
        }
        try {
            return JsonMapper.shared().valueToTree(item);
        } catch (JacksonException e) {
            return text(item.toString());
        }
    }

    /**
     * The content of a message, as far as it can be read; invalid UTF-8 in a file becomes U+FFFD. Never throws.
     */
    static JsonNode content(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        try {
            if (body instanceof Map<?, ?>) {
                return json(body);
            }
            if (body instanceof WrappedFile<?> dropped && dropped.getFile() instanceof File file) {
                try (InputStream in = Files.newInputStream(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
                    return text(new String(in.readNBytes(MOST_CHARACTERS + 1), StandardCharsets.UTF_8));
                }
            }
            return text(String.valueOf(exchange.getMessage().getBody(String.class)));
        } catch (IOException | RuntimeException e) {
            return text("(cannot be read: " + e.getMessage() + ")");
        }
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(
                text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "..." : text);
    }

    /**
     * The body of a message as JSON.
     *
     * @throws JacksonException if it is not JSON
     */
    static JsonNode tree(@Nullable Object body, Exchange exchange) {
        if (body instanceof Map<?, ?> || body instanceof JsonNode) {
            return JsonMapper.shared().valueToTree(body);
        }
        String text = exchange.getMessage().getBody(String.class);
        return JsonMapper.shared().readTree(text == null ? "" : text);
    }
}
