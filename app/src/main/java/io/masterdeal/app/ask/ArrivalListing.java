package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows when the facts of one deal arrived. */
public final class ArrivalListing {

    private static final List<String> COLUMNS =
            List.of("OBJECT", "FACTS", "FIRST RECEIVED", "SOURCE DELAY", "LONGEST", "ORPHAN FOR");

    private ArrivalListing() {}

    /**
     * Shows the report.
     *
     * @param report the whole report from the service's answer
     * @return lines, the first of which says that it is not reproducible from facts
     */
    public static List<String> lines(TerminalText terminal, JsonNode report) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.line(cell(text(report, "why"), Style.fg_yellow)));
        lines.add(terminal.line(cell(text(report, "root"), Style.bold)));
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(COLUMNS.stream().map(name -> cell(name, Style.bold)).toList());
        report.path("objects").forEach(object -> rows.add(row(object)));
        if (rows.size() == 1) {
            lines.add("  no facts");
            return lines;
        }
        terminal.columns(rows).forEach(line -> lines.add("  " + line));
        lines.add("newest fact received at " + text(report, "newest_received_at") + ", "
                + (report.hasNonNull("answered_after")
                        ? "answer computed " + duration(report.path("answered_after")) + " later"
                        : "answer not computed since"));
        return lines;
    }

    private static List<Cell> row(JsonNode object) {
        JsonNode waited = object.path("orphan_waited");
        return List.of(
                cell(text(object, "object")),
                cell(text(object, "facts")),
                cell(text(object, "first_received_at")),
                cell(duration(object.path("source_delay").path("first"))),
                cell(duration(object.path("source_delay").path("longest"))),
                waited.isNumber()
                        ? cell(
                                duration(waited),
                                waited.longValue() > 0 ? new IStyle[] {Style.fg_yellow} : new IStyle[0])
                        : cell("-"));
    }

    /** Less than 0 if the clock of a source is fast. */
    private static String duration(JsonNode ms) {
        long value = ms.longValue();
        return value < 0 ? "-" + ClockListing.duration(-value) : ClockListing.duration(value);
    }
}
