package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.list;
import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import io.masterdeal.client.DealClient.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows a part of a deal: its facts, its objects or its revisions, one a line. */
public final class DealParts {

    private DealParts() {}

    /**
     * Shows a page.
     *
     * @param page from the service's answer
     * @return lines, the first with the names of the columns
     */
    public static List<String> lines(TerminalText terminal, Part part, JsonNode page) {
        return switch (part) {
            case FACTS ->
                table(terminal, page, List.of("HAPPENED", "TYPE", "OBJECT", "STATUS", "EVENT", ""), DealParts::fact);
            case OBJECTS -> objects(terminal, page);
            case REVISIONS ->
                table(
                        terminal,
                        page,
                        List.of("REVISION", "STORED", "TYPE", "STAGE", "OUTCOME", "BY", ""),
                        DealParts::revision);
        };
    }

    private interface Row {
        List<Cell> of(JsonNode item);
    }

    private static List<String> table(TerminalText terminal, JsonNode page, List<String> columns, Row row) {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(columns.stream().map(name -> cell(name, Style.bold)).toList());
        page.path("items").forEach(item -> rows.add(row.of(item)));
        return terminal.columns(rows);
    }

    private static List<Cell> fact(JsonNode fact) {
        boolean retracted = fact.path("retracted").asBoolean(false);
        IStyle[] style = retracted ? new IStyle[] {Style.faint} : new IStyle[0];
        return List.of(
                cell(text(fact, "occurred_at"), style),
                cell(text(fact, "type"), style),
                cell(text(fact, "subject"), style),
                cell(text(fact, "status"), style),
                cell(text(fact, "event_id"), Style.faint),
                cell(
                        Stream.of(
                                        retracted ? "retracted" : "",
                                        fact.path("replayed").asBoolean(false) ? "replayed" : "")
                                .filter(remark -> !remark.isEmpty())
                                .collect(Collectors.joining(", ")),
                        Style.fg_yellow));
    }

    private static List<String> objects(TerminalText terminal, JsonNode page) {
        List<String> lines = new ArrayList<>(table(
                terminal,
                page,
                List.of("OBJECT", "STATUS", "SINCE", "FACTS", "DEALS", "ATTRIBUTES"),
                DealParts::object));
        if (!page.path("links").isEmpty()) {
            List<List<Cell>> rows = new ArrayList<>();
            page.path("links")
                    .forEach(link -> rows.add(List.of(
                            cell(text(link, "child")),
                            cell("belongs to"),
                            cell(text(link, "parent")),
                            cell(list(link.path("facts")), Style.faint))));
            lines.add("");
            lines.add(terminal.line(cell("Links", Style.bold, Style.underline)));
            terminal.columns(rows).forEach(line -> lines.add("  " + line));
        }
        if (page.path("truncated").asBoolean(false)) {
            lines.add("");
            lines.add("Some attributes or links are left out or cut.");
        }
        return lines;
    }

    private static List<Cell> object(JsonNode object) {
        return List.of(
                cell(text(object, "key")),
                cell(text(object, "status"), Style.fg_cyan),
                cell(text(object, "since")),
                cell(count(object, "facts", "more_facts")),
                cell(count(object, "deals", "more_deals")),
                cell(object.path("attributes").properties().stream()
                        .map(DealParts::attribute)
                        .collect(Collectors.joining(", "))));
    }

    private static String attribute(Map.Entry<String, JsonNode> attribute) {
        return attribute.getKey() + "=" + attribute.getValue().asString("");
    }

    private static String count(JsonNode object, String name, String more) {
        return text(object, name) + (object.path(more).asBoolean(false) ? "+" : "");
    }

    private static List<Cell> revision(JsonNode revision) {
        int total = revision.path("causes_total").intValue();
        String first = revision.path("causes").path(0).asString("");
        JsonNode about = revision.path("about");
        return List.of(
                cell(text(revision, "revision")),
                cell(text(revision, "at")),
                cell(text(revision, "type")),
                cell(text(revision, "stage"), Style.fg_cyan),
                cell(text(revision, "outcome"), DealDetails.outcome(text(revision, "outcome"))),
                cell(total > 1 ? first + " and " + (total - 1) + " more" : first, Style.faint),
                cell(
                        about.isObject()
                                ? text(about, "policy") + " " + text(about, "object")
                                        + (text(about, "object").isEmpty() ? "" : " ")
                                        + text(about, "percent") + " % at " + text(about, "at")
                                : list(revision.path("changed"))));
    }
}
