package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealSheet.list;
import static io.masterdeal.app.ask.DealSheet.text;
import static io.masterdeal.app.ask.Screen.cell;

import io.masterdeal.app.ask.Screen.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Many deals on the screen, one a line. */
public final class DealTable {
    private DealTable() {}

    /**
     * Writes it.
     *
     * @param deals of a page, as the service tells them
     * @return lines, the first with the names of the columns
     */
    public static List<String> lines(Screen screen, JsonNode deals) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(List.of(
                cell("DEAL", Style.bold),
                cell("STAGE", Style.bold),
                cell("OUTCOME", Style.bold),
                cell("FACTS", Style.bold),
                cell("GAPS", Style.bold)));
        for (JsonNode deal : deals) {
            boolean contradictory = deal.path("contradictory").asBoolean(false);
            rows.add(List.of(
                    cell(text(deal, "root")),
                    cell(text(deal, "stage"), Style.fg_cyan),
                    contradictory
                            ? cell(text(deal, "outcome") + " (contradictory)", Style.bold, Style.fg_red)
                            : cell(text(deal, "outcome"), DealSheet.outcome(text(deal, "outcome"))),
                    cell(text(deal, "facts")),
                    cell(list(deal.path("gaps")), Style.fg_yellow)));
        }
        return screen.columns(rows);
    }
}
