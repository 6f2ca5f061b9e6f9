package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows what a deal waits for: what is missing for each stage, who can say it, and who was asked. */
public final class WhyDetails {

    private final TerminalText terminal;

    private final List<String> lines = new ArrayList<>();

    private WhyDetails(TerminalText terminal) {
        this.terminal = terminal;
    }

    /**
     * Shows the answer.
     *
     * @param why the service's answer
     * @return lines
     */
    public static List<String> lines(TerminalText terminal, JsonNode why) {
        WhyDetails details = new WhyDetails(terminal);
        details.standing(why);
        why.path("stages").forEach(details::stage);
        if (why.path("stages").isEmpty()) {
            details.lines.add("");
            details.lines.add("Nothing is missing: the condition of every stage holds.");
        }
        details.asked(why);
        if (!why.path("clocks").isEmpty()) {
            details.heading("Clocks");
            details.indented("  ", ClockListing.rows(why.path("clocks")));
        }
        return details.lines;
    }

    private void standing(JsonNode why) {
        lines.add(terminal.line(
                cell(text(why, "root"), Style.bold),
                cell(text(why, "stage"), Style.bold, Style.fg_cyan),
                cell(text(why, "outcome"), DealDetails.outcome(text(why, "outcome")))));
        if (why.hasNonNull("waits_since")) {
            lines.add("  in this stage since " + text(why, "waits_since"));
        }
    }

    private void stage(JsonNode stage) {
        boolean holds = stage.path("holds").booleanValue();
        lines.add("");
        lines.add(terminal.line(
                cell(text(stage, "stage"), Style.bold, holds ? Style.fg_green : Style.fg_yellow),
                cell(holds ? "holds" : "does not hold")));
        if (!stage.path("evidence").isEmpty()) {
            lines.add(holds ? "  because of" : "  in the way");
            evidence(stage);
        }
        String word = "  missing";
        for (JsonNode alternative : stage.path("alternatives")) {
            lines.add(word);
            missing(alternative.path("facts"));
            word = "  or";
        }
        if (stage.path("truncated").booleanValue()) {
            lines.add("  and more alternatives");
        }
    }

    private void evidence(JsonNode stage) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode fact : stage.path("evidence")) {
            rows.add(List.of(
                    cell(text(fact, "type")),
                    cell(text(fact, "subject")),
                    cell(text(fact, "occurred_at")),
                    cell(text(fact, "event_id"), Style.faint),
                    cell(fact.path("conflict").booleanValue() ? "one of several contents" : "", Style.fg_red)));
        }
        indented("    ", rows);
        int more = stage.path("evidence_total").intValue() - rows.size();
        if (more > 0) {
            lines.add("    and " + more + " more");
        }
    }

    private void missing(JsonNode facts) {
        List<List<Cell>> rows = new ArrayList<>();
        Map<Integer, String> kinds = new HashMap<>();
        for (JsonNode fact : facts) {
            String kind = text(fact, "kind");
            kinds.put(fact.path("new_object").intValue(0), kind);
            String what = fact.has("object")
                    ? text(fact, "object")
                    : "a new " + kind + " for "
                            + (fact.has("link")
                                    ? text(fact, "link")
                                    : "the new "
                                            + kinds.get(fact.path("link_to_new").intValue()));
            rows.add(List.of(
                    cell(what + " at '" + text(fact, "status") + "'"),
                    cell(text(fact, "system"), Style.bold),
                    cell(DealDetails.list(fact.path("types")), Style.faint)));
        }
        indented("    ", rows);
    }

    /** Only what asks for something that is missing here. */
    private void asked(JsonNode why) {
        Set<String> ids = new LinkedHashSet<>();
        why.path("stages")
                .forEach(stage -> stage.path("alternatives")
                        .forEach(alternative -> alternative
                                .path("facts")
                                .forEach(fact -> fact.path("asked").forEach(id -> ids.add(id.asString(""))))));
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode effect : why.path("asked")) {
            if (ids.contains(text(effect, "id"))) {
                rows.add(List.of(
                        cell(text(effect, "system"), Style.bold),
                        cell(text(effect, "reaction")),
                        cell(text(effect, "state")),
                        cell("since " + text(effect, "since")),
                        cell(text(effect, "reason"))));
            }
        }
        if (!rows.isEmpty()) {
            heading("Asked");
            indented("  ", rows);
        }
    }

    private void heading(String text) {
        lines.add("");
        lines.add(terminal.line(cell(text, Style.bold, Style.underline)));
    }

    private void indented(String indent, List<List<Cell>> rows) {
        terminal.columns(rows).forEach(line -> lines.add((indent + line).stripTrailing()));
    }
}
