package io.masterdeal.console.subscriptions;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.View;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A subscription as pages show it.
 *
 * @param name its name
 * @param state {@code active}, {@code paused} or {@code stopped}
 * @param told as the router tells it; for those who only look without what may be secret
 * @param ledger what became of its events
 */
public record SubscriptionLine(String name, String state, JsonNode told, LedgerLine ledger) {

    static SubscriptionLine of(View view, JsonNode told, LedgerLine ledger) {
        JsonNode shown = shown(view, told);
        JsonNode definition = shown.path("definition");
        String state = shown.path("stopped").isObject()
                ? "stopped"
                : definition.path("paused").asBoolean(false) ? "paused" : "active";
        return new SubscriptionLine(definition.path("name").asString(""), state, shown, ledger);
    }

    /** What a person may see: the console may see all, and asks for everybody. */
    static JsonNode shown(View view, JsonNode told) {
        if (view.may(Right.OPERATOR) || !told.at("/definition/sink/url").isString()) {
            return told;
        }
        ObjectNode shown = (ObjectNode) told.deepCopy();
        ((ObjectNode) shown.at("/definition/sink"))
                .put("url", withoutSecrets(told.at("/definition/sink/url").stringValue()));
        return shown;
    }

    private static String withoutSecrets(String url) {
        try {
            URI whole = URI.create(url);
            String bare = whole.getScheme() + "://" + whole.getHost()
                    + (whole.getPort() < 0 ? "" : ":" + whole.getPort())
                    + (whole.getRawPath() == null ? "" : whole.getRawPath());
            return whole.getRawQuery() == null ? bare : bare + "?...";
        } catch (IllegalArgumentException _) {
            return "...";
        }
    }

    /** Where its events go, in short. */
    public String sink() {
        JsonNode sink = told.at("/definition/sink");
        String to = sink.path("url")
                .asString(sink.path("topic")
                        .asString(sink.path("queue").asString(sink.path("route").asString(""))));
        return (sink.path("type").asString("") + " " + to).strip();
    }

    /** The types of events that it takes. */
    public List<String> types() {
        List<String> types = new ArrayList<>();
        told.at("/definition/types").forEach(type -> types.add(type.asString("")));
        return types;
    }

    /** Whether it can be changed by the API. */
    public boolean isOfApi() {
        return told.path("origin").asString("").equals("api");
    }
}
