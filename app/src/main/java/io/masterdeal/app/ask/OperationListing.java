package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows what operators did. */
public final class OperationListing {
    private OperationListing() {}

    /**
     * Shows actions, one a line.
     *
     * @param actions from the answers of the roles, each with its {@code role}
     */
    public static List<String> actions(TerminalText terminal, List<JsonNode> actions) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(titles("AT", "ROLE", "WHO", "ACTION", "ITEMS", "REASON", "OPERATION"));
        for (JsonNode it : actions) {
            rows.add(cells(
                    text(it, "acted_at"),
                    text(it, "role"),
                    text(it, "acted_by"),
                    text(it, "action"),
                    it.path("items").asString(),
                    text(it, "reason"),
                    text(it, "operation")));
        }
        return terminal.columns(rows);
    }

    /**
     * Shows an operation.
     *
     * @param operation from the answer of its role
     */
    public static List<String> operation(TerminalText terminal, JsonNode operation) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(cells("action", text(operation, "action")));
        rows.add(cells("state", text(operation, "state")));
        rows.add(cells("who", text(operation, "acted_by")));
        rows.add(cells("reason", text(operation, "reason")));
        rows.add(cells("selection", operation.path("selection").toString()));
        rows.add(cells("started", text(operation, "started_at")));
        for (String name : List.of("ended_at", "stopped_by", "failure")) {
            if (operation.has(name)) {
                rows.add(cells(name.replace('_', ' ').replace(" at", ""), text(operation, name)));
            }
        }
        rows.add(cells("items", operation.path("items").asString() + results(operation.path("results"))));
        return terminal.columns(rows);
    }

    private static String results(JsonNode results) {
        if (results.isEmpty()) {
            return "";
        }
        var all = new StringJoiner(", ", " (", ")");
        results.properties().forEach(it -> all.add(it.getKey() + ": " + it.getValue()));
        return all.toString();
    }

    /**
     * Shows the items of an operation, one a line.
     *
     * @param items from the answer of the role
     */
    public static List<String> items(TerminalText terminal, JsonNode items) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(titles("ITEM", "OF", "RESULT", "WHY", "NOW", "SINCE"));
        for (JsonNode it : items) {
            JsonNode item = it.path("item");
            boolean effect = item.has("id");
            rows.add(cells(
                    text(item, effect ? "id" : "event_id"),
                    text(item, effect ? "reaction" : "subscription"),
                    text(it, "result"),
                    text(it, "why"),
                    text(it.path("since"), "state"),
                    text(it.path("since"), "changed_at")));
        }
        return terminal.columns(rows);
    }

    private static List<Cell> titles(String... titles) {
        return List.of(titles).stream().map(it -> cell(it, Style.bold)).toList();
    }

    private static List<Cell> cells(String... texts) {
        return List.of(texts).stream().map(it -> cell(it)).toList();
    }
}
