package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows clocks of many deals, one a line, and how many there are. */
public final class ClockColumns {

    private static final List<String> COLUMNS =
            List.of("DUE", "STATE", "DEAL", "POLICY", "OBJECT", "DOMAIN", "TARGET", "");

    private static final List<String> FIGURES =
            List.of("clocks", "running", "paused", "met", "breached", "cancelled", "at_risk", "breached_in_period");

    private ClockColumns() {}

    /**
     * Shows clocks.
     *
     * @param clocks in short
     * @return lines, the first with the names of the columns
     */
    public static List<String> lines(TerminalText terminal, List<JsonNode> clocks) {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(COLUMNS.stream().map(name -> cell(name, Style.bold)).toList());
        clocks.forEach(clock -> rows.add(row(clock)));
        return terminal.columns(rows);
    }

    private static List<Cell> row(JsonNode clock) {
        String state = text(clock, "state");
        return List.of(
                cell(clock.hasNonNull("due_at") ? text(clock, "due_at") : "-"),
                cell(state, ClockListing.style(state)),
                cell(text(clock, "root")),
                cell(text(clock, "policy")),
                cell(text(clock, "object")),
                cell(text(clock, "domain")),
                cell(ClockListing.duration(clock.path("target").longValue())),
                cell(
                        remark(clock),
                        clock.path("at_risk").asBoolean(false) ? new IStyle[] {Style.fg_yellow} : new IStyle[0]));
    }

    private static String remark(JsonNode clock) {
        if (clock.hasNonNull("stopped_at")) {
            return "done at " + text(clock, "stopped_at");
        }
        if (clock.hasNonNull("breached_at")) {
            return "not done";
        }
        JsonNode warnings = clock.path("warned_at");
        return warnings.isEmpty()
                ? ""
                : "past " + warnings.path(warnings.size() - 1).path(0).intValue() + " %";
    }

    /**
     * Shows how many clocks there are.
     *
     * @param summary from the service's answer
     * @return lines, the first with the names of the columns, the last with the sums
     */
    public static List<String> summary(TerminalText terminal, JsonNode summary) {
        List<String> figures =
                FIGURES.stream().filter(name -> summary.path("total").has(name)).toList();
        List<List<Cell>> rows = new ArrayList<>();
        List<Cell> head = new ArrayList<>();
        head.add(cell(text(summary, "by").toUpperCase(Locale.ROOT), Style.bold));
        figures.forEach(name -> head.add(cell(name.replace('_', ' ').toUpperCase(Locale.ROOT), Style.bold)));
        rows.add(head);
        summary.path("groups").forEach(group -> rows.add(figures(text(group, "name"), group, figures)));
        rows.add(figures("all", summary.path("total"), figures));
        return terminal.columns(rows);
    }

    private static List<Cell> figures(String name, JsonNode group, List<String> figures) {
        List<Cell> row = new ArrayList<>();
        row.add(cell(name));
        figures.forEach(figure -> row.add(cell(text(group, figure), style(figure, group))));
        return row;
    }

    private static IStyle[] style(String figure, JsonNode group) {
        boolean none = group.path(figure).longValue() == 0;
        return switch (figure) {
            case "breached" -> none ? new IStyle[0] : new IStyle[] {Style.fg_red};
            case "at_risk" -> none ? new IStyle[0] : new IStyle[] {Style.fg_yellow};
            default -> new IStyle[0];
        };
    }
}
