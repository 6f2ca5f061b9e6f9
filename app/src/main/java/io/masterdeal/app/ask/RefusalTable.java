package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealSheet.text;
import static io.masterdeal.app.ask.Screen.cell;

import io.masterdeal.app.ask.Screen.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Refusals on the screen: how many of whom for which reason, then one a line. */
public final class RefusalTable {

    private RefusalTable() {}

    /**
     * Writes how many there are.
     *
     * @param reasons as the router tells them
     */
    public static List<String> reasons(Screen screen, JsonNode reasons) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(List.of(cell("COUNT", Style.bold), cell("SENDER", Style.bold), cell("REASON CODE", Style.bold)));
        reasons.forEach(
                it -> rows.add(List.of(cell(text(it, "count")), cell(text(it, "sender")), cell(text(it, "reason")))));
        return screen.columns(rows);
    }

    /**
     * Writes them.
     *
     * @param refusals as the router tells them
     */
    public static List<String> lines(Screen screen, JsonNode refusals) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(List.of(
                cell("AT", Style.bold),
                cell("SENDER", Style.bold),
                cell("EVENT", Style.bold),
                cell("TYPE", Style.bold),
                cell("WHY", Style.bold)));
        for (JsonNode it : refusals) {
            rows.add(List.of(
                    cell(text(it, "at")),
                    cell(text(it, "sender")),
                    cell(text(it, "event_id")),
                    cell(text(it, "event_type")),
                    cell(text(it, "reason") + ": " + text(it, "detail"))));
        }
        return screen.columns(rows);
    }
}
