package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.list;
import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows deals, one a line. */
public final class DealListing {
    private DealListing() {}

    /**
     * Shows the deals.
     *
     * @param deals a page from the service's answer
     * @return lines, the first with the names of the columns
     */
    public static List<String> lines(TerminalText terminal, JsonNode deals) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(List.of(
                cell("DEAL", Style.bold),
                cell("STAGE", Style.bold),
                cell("SINCE", Style.bold),
                cell("OUTCOME", Style.bold),
                cell("AMOUNT", Style.bold),
                cell("FACTS", Style.bold),
                cell("GAPS", Style.bold)));
        for (JsonNode deal : deals) {
            boolean contradictory = deal.path("contradictory").asBoolean(false);
            rows.add(List.of(
                    cell(text(deal, "root")),
                    cell(text(deal, "stage"), Style.fg_cyan),
                    cell(text(deal, "stage_since")),
                    contradictory
                            ? cell(text(deal, "outcome") + " (contradictory)", Style.bold, Style.fg_red)
                            : cell(text(deal, "outcome"), DealDetails.outcome(text(deal, "outcome"))),
                    cell(amount(deal.path("attributes"))),
                    cell(text(deal, "facts")),
                    cell(list(deal.path("gaps")), Style.fg_yellow)));
        }
        return terminal.columns(rows);
    }

    private static String amount(JsonNode attributes) {
        return (text(attributes, "amount") + " " + text(attributes, "currency")).strip();
    }
}
