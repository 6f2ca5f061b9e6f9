package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealSheet.text;
import static io.masterdeal.app.ask.Screen.cell;

import io.masterdeal.app.ask.Screen.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Dead letters on the screen: how many for which reason, then one a line with what the sink last said. */
public final class DeadLetterTable {

    private static final int MOST_ANSWER = 100;

    private DeadLetterTable() {}

    /** Writes how many there are of which subscription for which reason. */
    public static List<String> reasons(Screen screen, JsonNode reasons) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(List.of(cell("COUNT", Style.bold), cell("SUBSCRIPTION", Style.bold), cell("REASON CODE", Style.bold)));
        reasons.forEach(it ->
                rows.add(List.of(cell(text(it, "count")), cell(text(it, "subscription")), cell(text(it, "reason")))));
        return screen.columns(rows);
    }

    /** Writes dead letters, one a line. */
    public static List<String> lines(Screen screen, JsonNode letters) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(List.of(
                cell("EVENT", Style.bold),
                cell("TYPE", Style.bold),
                cell("SUBJECT", Style.bold),
                cell("SUBSCRIPTION", Style.bold),
                cell("SINCE", Style.bold),
                cell("LAST ANSWER", Style.bold)));
        for (JsonNode it : letters) {
            rows.add(List.of(
                    cell(text(it, "event_id")),
                    cell(text(it, "type")),
                    cell(text(it, "subject")),
                    cell(text(it, "subscription")),
                    cell(text(it, "changed_at")),
                    cell(answer(it), Style.fg_red)));
        }
        return screen.columns(rows);
    }

    private static String answer(JsonNode letter) {
        JsonNode tries = letter.path("tries");
        if (tries.isEmpty()) {
            return text(letter, "reason");
        }
        JsonNode last = tries.path(tries.size() - 1);
        String said = (text(last, "status") + " " + text(last, "answer")).strip();
        return said.length() > MOST_ANSWER ? said.substring(0, MOST_ANSWER) + "..." : said;
    }
}
