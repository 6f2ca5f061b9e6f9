package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows objects that reach no deal. */
public final class OrphanListing {
    private OrphanListing() {}

    /**
     * Shows orphans, one a line.
     *
     * @param orphans a page from the service's answer
     * @return lines, the first with the names of the columns
     */
    public static List<String> lines(TerminalText terminal, JsonNode orphans) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(List.of(
                cell("OBJECT", Style.bold),
                cell("FACTS", Style.bold),
                cell("WAITS FOR", Style.bold),
                cell("REASON", Style.bold),
                cell("NAMES", Style.bold)));
        for (JsonNode orphan : orphans) {
            rows.add(List.of(
                    cell(text(orphan, "object")),
                    cell(text(orphan, "facts")),
                    cell(age(orphan)),
                    cell(reason(text(orphan, "reason")), Style.fg_yellow),
                    cell(text(orphan, "parent"))));
        }
        return terminal.columns(rows);
    }

    /**
     * Shows how many orphans there are.
     *
     * @param counts from the service's answer
     * @return one line
     */
    public static String total(JsonNode counts) {
        long orphans = 0;
        long dismissed = 0;
        for (JsonNode each : counts) {
            orphans += each.path("orphans").longValue();
            dismissed += each.path("dismissed").longValue();
        }
        return "In all: %,d orphans, %,d of them dismissed.".formatted(orphans, dismissed);
    }

    /**
     * Shows one orphan with its facts, and deals it may belong to.
     *
     * @param detail the service's answer
     */
    public static List<String> detail(TerminalText terminal, JsonNode detail) {
        JsonNode orphan = detail.path("orphan");
        List<String> lines = new ArrayList<>();
        lines.add(terminal.line(
                cell(text(orphan, "object"), Style.bold),
                cell(reason(text(orphan, "reason")), Style.fg_yellow),
                cell(text(orphan, "parent"))));
        lines.add(text(orphan, "facts") + " facts, the first received at " + text(orphan, "waiting_since"));
        JsonNode dismissal = detail.path("dismissal");
        if (dismissal.isObject()) {
            lines.add(terminal.line(cell("dismissed by " + text(dismissal, "acted_by") + " at "
                    + text(dismissal, "dismissed_at") + ": " + text(dismissal, "reason"))));
        }
        var facts = new ArrayList<List<Cell>>();
        for (JsonNode fact : detail.path("facts")) {
            facts.add(List.of(
                    cell(text(fact, "occurred_at")),
                    cell(text(fact, "type")),
                    cell(text(fact, "event_id")),
                    cell(fact.path("retracted").asBoolean(false) ? "retracted" : "")));
        }
        terminal.columns(facts).forEach(line -> lines.add("  " + line));
        lines.add("");
        lines.add(detail.path("candidates").isEmpty() ? "Nothing hints at a deal." : "It may belong to:");
        for (JsonNode candidate : detail.path("candidates")) {
            lines.add(terminal.line(
                    cell("  " + text(candidate, "root"), Style.bold),
                    cell("by a link to " + text(candidate, "parent"))));
            for (JsonNode evidence : candidate.path("evidence")) {
                lines.add(terminal.line(cell("    " + text(evidence, "object") + ": " + text(evidence, "what"))));
            }
        }
        return lines;
    }

    private static String age(JsonNode orphan) {
        return ClockListing.duration(orphan.path("age_seconds").longValue() * 1000);
    }

    private static String reason(String code) {
        return code.replace('_', ' ');
    }
}
