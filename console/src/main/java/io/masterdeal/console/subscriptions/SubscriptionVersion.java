package io.masterdeal.console.subscriptions;

import io.masterdeal.console.page.TextDifference;
import io.masterdeal.console.page.View;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A change of a subscription.
 *
 * @param told as the router tells it, without what may be secret
 * @param difference from the change before, line by line
 */
public record SubscriptionVersion(JsonNode told, List<TextDifference.Line> difference) {

    /** All changes, the newest first. */
    static List<SubscriptionVersion> of(View view, JsonNode changes) {
        List<SubscriptionVersion> versions = new ArrayList<>();
        String before = "";
        List<JsonNode> inOrder = new ArrayList<>();
        changes.forEach(inOrder::add);
        inOrder.sort((a, b) ->
                a.path("changed_at").asString("").compareTo(b.path("changed_at").asString("")));
        for (JsonNode change : inOrder) {
            JsonNode shown = SubscriptionLine.shown(view, change);
            String text = pretty(shown.path("definition"));
            versions.addFirst(new SubscriptionVersion(shown, TextDifference.of(before, text)));
            before = text;
        }
        return List.copyOf(versions);
    }

    /** A document as people read it. */
    public static String pretty(JsonNode definition) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(definition);
    }
}
