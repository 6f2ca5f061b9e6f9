package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows the clocks of one deal: of each its last cycle. */
public final class ClockListing {

    private ClockListing() {}

    /**
     * Shows the clocks.
     *
     * @param report the whole report from the service's answer
     * @return lines
     */
    public static List<String> lines(TerminalText terminal, JsonNode report) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.line(
                cell(text(report, "root"), Style.bold),
                cell(text(report, "stage"), Style.bold, Style.fg_cyan),
                cell(text(report, "outcome"), DealDetails.outcome(text(report, "outcome")))));
        List<List<Cell>> rows = new ArrayList<>();
        report.path("clocks").forEach(clock -> rows.add(row(clock)));
        if (rows.isEmpty()) {
            lines.add("  no clocks: no policy applies");
        }
        terminal.columns(rows).forEach(line -> lines.add("  " + line));
        if (report.hasNonNull("next_at")) {
            lines.add("changes next at " + text(report, "next_at"));
        }
        return lines;
    }

    /**
     * The clocks of a deal that have started, each a row.
     *
     * @param clocks in short, as a deal has them
     */
    static List<List<Cell>> rows(JsonNode clocks) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode clock : clocks) {
            int cycle = clock.path("cycle").intValue(1);
            String target = duration(clock.path("target").longValue());
            rows.add(List.of(
                    cell(text(clock, "policy") + (cycle > 1 ? " (cycle " + cycle + ")" : "")),
                    cell(text(clock, "object")),
                    cell(text(clock, "state"), style(text(clock, "state"))),
                    cell(
                            clock.hasNonNull("spent")
                                    ? duration(clock.path("spent").longValue()) + " of " + target
                                    : target),
                    cell(end(clock), late(clock))));
        }
        return rows;
    }

    private static IStyle[] late(JsonNode cycle) {
        return cycle.hasNonNull("breached_at") ? new IStyle[] {Style.fg_red} : new IStyle[0];
    }

    private static List<Cell> row(JsonNode clock) {
        String state = text(clock, "state").replace('_', ' ');
        JsonNode cycles = clock.path("cycles");
        List<Cell> row = new ArrayList<>(List.of(
                cell(text(clock, "policy") + (cycles.size() > 1 ? " (cycle " + cycles.size() + ")" : "")),
                cell(text(clock, "object")),
                cell(state, style(text(clock, "state")))));
        if (!cycles.isEmpty()) {
            JsonNode cycle = cycles.path(cycles.size() - 1);
            row.add(cell(duration(cycle.path("spent").longValue()) + " of "
                    + duration(cycle.path("target").longValue())));
            row.add(cell(end(cycle), late(cycle)));
        }
        return row;
    }

    private static String end(JsonNode cycle) {
        if (cycle.hasNonNull("breached_at")) {
            long over = overrun(cycle);
            return "breached at " + text(cycle, "breached_at") + (over > 0 ? ", " + duration(over) + " over" : "");
        }
        if (cycle.hasNonNull("stopped_at")) {
            return "done at " + text(cycle, "stopped_at");
        }
        if (cycle.hasNonNull("cancelled_at")) {
            return "cancelled at " + text(cycle, "cancelled_at");
        }
        JsonNode warnings = cycle.path("warned_at");
        String warned = warnings.isEmpty()
                ? ""
                : ", past " + warnings.path(warnings.size() - 1).path(0).intValue() + " %";
        return (cycle.hasNonNull("due_at") ? "due " + text(cycle, "due_at") : "no due time: " + text(cycle, "no_due"))
                + warned;
    }

    /** 0 if it is not known, as of a clock in short that is open. */
    private static long overrun(JsonNode cycle) {
        if (cycle.has("remaining")) {
            return -cycle.path("remaining").longValue();
        }
        return cycle.hasNonNull("spent")
                ? cycle.path("spent").longValue() - cycle.path("target").longValue()
                : 0;
    }

    /** As policies write it, down to the two largest units: {@code 79h30m}. */
    static String duration(long ms) {
        Duration duration = Duration.ofMillis(ms);
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + (duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" : "");
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + "m" + (duration.toSecondsPart() > 0 ? duration.toSecondsPart() + "s" : "");
        }
        return duration.toSeconds() > 0 || ms == 0 ? duration.toSeconds() + "s" : ms + "ms";
    }

    static IStyle[] style(String state) {
        return switch (state) {
            case "met" -> new IStyle[] {Style.fg_green};
            case "breached" -> new IStyle[] {Style.bold, Style.fg_red};
            case "paused" -> new IStyle[] {Style.fg_yellow};
            case "running" -> new IStyle[] {Style.fg_cyan};
            default -> new IStyle[] {Style.faint};
        };
    }
}
