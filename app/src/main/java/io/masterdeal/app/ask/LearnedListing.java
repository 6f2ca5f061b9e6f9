package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.list;
import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows what was learned of a deal in a period. */
public final class LearnedListing {

    private LearnedListing() {}

    /**
     * Shows it.
     *
     * @param learned the first page of the service's answer
     * @return lines
     */
    public static List<String> lines(TerminalText terminal, JsonNode learned) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.line(
                cell(text(learned, "root"), Style.bold), cell(text(learned, "master_deal_id"), Style.faint)));
        lines.add("");
        List<List<Cell>> ends = new ArrayList<>();
        ends.add(List.of(cell(""), cell(text(learned, "from"), Style.bold), cell(text(learned, "to"), Style.bold)));
        for (String part : List.of("stage", "outcome", "gaps", "facts")) {
            ends.add(List.of(cell(part), end(learned.path("before"), part), end(learned.path("after"), part)));
        }
        ends.add(List.of(
                cell("rules"),
                cell(text(learned.path("before").path("rules"), "identity")),
                cell(text(learned.path("after").path("rules"), "identity"))));
        indented(terminal, ends, lines);
        objects(terminal, learned, lines);
        items(terminal, learned, lines);
        lines.add("");
        lines.add(terminal.line(cell(text(learned, "not_reproducible"), Style.faint)));
        return lines;
    }

    private static Cell end(JsonNode end, String part) {
        if (!end.path("known").asBoolean(false)) {
            return part.equals("stage") ? cell("not known", Style.faint) : cell("");
        }
        if (part.equals("gaps")) {
            String gaps = list(end.path("gaps"));
            return cell(gaps.isEmpty() ? "none" : gaps);
        }
        return cell(text(end, part));
    }

    private static void objects(TerminalText terminal, JsonNode learned, List<String> lines) {
        heading(terminal, "Objects that changed", lines);
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode object : learned.path("objects")) {
            rows.add(List.of(
                    cell(text(object, "key")),
                    cell(text(object, "change")),
                    cell(status(object, "before") + " -> " + status(object, "after"))));
        }
        if (rows.isEmpty()) {
            lines.add("  none");
        }
        indented(terminal, rows, lines);
    }

    private static String status(JsonNode object, String end) {
        String status = text(object, end);
        return status.isEmpty() ? "no status" : status;
    }

    private static void items(TerminalText terminal, JsonNode learned, List<String> lines) {
        heading(terminal, "Received", lines);
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode item : learned.path("items")) {
            boolean fact = text(item, "kind").equals("fact");
            rows.add(List.of(
                    cell(text(item, "received_at")),
                    fact ? cell(text(item, "type")) : cell("retraction", Style.fg_red),
                    cell(fact ? text(item, "subject") : "of " + list(item.path("retracts"))),
                    cell(fact ? "of " + text(item, "occurred_at") : ""),
                    cell(text(item, "event_id"), Style.faint),
                    cell(item.path("read_again").asBoolean(false) ? "again, after a restore" : "", Style.fg_yellow)));
        }
        if (rows.isEmpty()) {
            lines.add("  nothing");
        }
        indented(terminal, rows, lines);
        if (learned.has("next")) {
            lines.add("  and more");
        }
    }

    private static void heading(TerminalText terminal, String text, List<String> lines) {
        lines.add("");
        lines.add(terminal.line(cell(text, Style.bold, Style.underline)));
    }

    private static void indented(TerminalText terminal, List<List<Cell>> rows, List<String> lines) {
        terminal.columns(rows).forEach(line -> lines.add("  " + line));
    }
}
