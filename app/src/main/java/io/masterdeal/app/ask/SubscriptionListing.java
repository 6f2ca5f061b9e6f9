package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows subscriptions, one a line. */
public final class SubscriptionListing {
    private SubscriptionListing() {}

    /**
     * Shows the subscriptions.
     *
     * @param subscriptions from the router's answer
     */
    public static List<String> lines(TerminalText terminal, JsonNode subscriptions) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(List.of(
                cell("SUBSCRIPTION", Style.bold),
                cell("VERSION", Style.bold),
                cell("FROM", Style.bold),
                cell("TYPES", Style.bold),
                cell("SINK", Style.bold)));
        for (JsonNode it : subscriptions) {
            JsonNode definition = it.path("definition");
            boolean paused = definition.path("paused").asBoolean(false);
            rows.add(List.of(
                    cell(text(definition, "name")),
                    cell(text(it, "version")),
                    cell(text(it, "origin")),
                    cell(String.join(
                            ", ",
                            definition
                                    .path("types")
                                    .valueStream()
                                    .map(type -> type.asString(""))
                                    .toList())),
                    cell(sink(definition.path("sink"))
                            + (paused ? " (paused)" : "")
                            + (it.has("stopped") ? " (stopped)" : ""))));
        }
        List<String> lines = new ArrayList<>(terminal.columns(rows));
        for (JsonNode it : subscriptions) {
            if (it.has("stopped")) {
                lines.add(terminal.line(
                        cell(text(it.path("definition"), "name") + " is stopped since"),
                        cell(text(it.path("stopped"), "since")),
                        cell("at the event " + text(it.path("stopped"), "event_id") + ":"),
                        cell(text(it.path("stopped"), "because"), Style.fg_red)));
            }
        }
        return lines;
    }

    private static String sink(JsonNode sink) {
        StringBuilder text = new StringBuilder(text(sink, "type"));
        sink.properties().stream()
                .filter(it -> !it.getKey().equals("type"))
                .forEach(it -> text.append(' ').append(it.getValue().asString("")));
        return text.toString();
    }
}
