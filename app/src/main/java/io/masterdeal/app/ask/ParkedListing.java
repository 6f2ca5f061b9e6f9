package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows the deals with parked canonical events, one a line. */
public final class ParkedListing {
    private ParkedListing() {}

    /**
     * Shows the deals.
     *
     * @param deals from the service's answer
     */
    public static List<String> lines(TerminalText terminal, JsonNode deals) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(List.of(
                cell("DEAL", Style.bold),
                cell("EVENTS", Style.bold),
                cell("BYTES", Style.bold),
                cell("SINCE", Style.bold),
                cell("TRIES", Style.bold),
                cell("NEXT TRY", Style.bold),
                cell("WHY", Style.bold)));
        for (JsonNode deal : deals) {
            rows.add(List.of(
                    cell(text(deal, "root")),
                    cell(text(deal, "events")),
                    cell(text(deal, "bytes")),
                    cell(text(deal, "parked_at")),
                    cell(text(deal, "tries")),
                    cell(text(deal, "due_at")),
                    cell(text(deal, "reason"), Style.fg_red)));
        }
        return terminal.columns(rows);
    }
}
