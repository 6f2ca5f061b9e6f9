package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows the sums of the ledger, one subscription a line, and what does not add up. */
public final class LedgerListing {

    private static final List<String> STATES = List.of(
            "accepted",
            "pending",
            "parked",
            "delivered",
            "filtered",
            "filter_failed",
            "dead_lettered",
            "refused",
            "discarded");

    private LedgerListing() {}

    /**
     * Shows the sums.
     *
     * @param sums by subscription, from the router's answer
     * @return lines, the first with the names of the columns, the last with the sums of all
     */
    public static List<String> lines(TerminalText terminal, JsonNode sums) {
        var rows = new ArrayList<List<Cell>>();
        var head = new ArrayList<Cell>();
        head.add(cell("SUBSCRIPTION", Style.bold));
        STATES.forEach(it -> head.add(cell(it.replace('_', '-').toUpperCase(Locale.ROOT), Style.bold)));
        rows.add(head);
        for (JsonNode line : sums) {
            rows.add(row(line.path("subscription").asString(""), line));
        }
        var all = new ArrayList<Cell>();
        all.add(cell("all", Style.bold));
        for (String state : STATES) {
            long sum = sums.valueStream()
                    .mapToLong(it -> it.path(state).longValue())
                    .sum();
            all.add(cell(Long.toString(sum), Style.bold));
        }
        rows.add(all);
        return terminal.columns(rows);
    }

    private static List<Cell> row(String name, JsonNode line) {
        var row = new ArrayList<Cell>();
        row.add(cell(name));
        for (String state : STATES) {
            long count = line.path(state).longValue();
            row.add(
                    (state.equals("dead_lettered") || state.equals("filter_failed")) && count > 0
                            ? cell(Long.toString(count), Style.bold, Style.fg_red)
                            : cell(Long.toString(count)));
        }
        return row;
    }

    /** Describes a difference. */
    public static String difference(JsonNode difference) {
        long from = difference.path("from_offset").longValue();
        long to = difference.path("to_offset").longValue();
        return TerminalText.clean(difference.path("subscription").asString("") + "  "
                + difference.path("topic").asString("") + "/"
                + difference.path("partition").intValue() + "  "
                + (from == to ? "offset " + from : "offsets " + from + " to " + to) + ": "
                + difference.path("what").asString(""));
    }
}
