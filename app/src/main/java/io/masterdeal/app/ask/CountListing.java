package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows how many deals there are, one group a line. */
public final class CountListing {

    private CountListing() {}

    /**
     * Shows the groups.
     *
     * @param counts from the service's answer
     * @param limit how many groups at most
     * @return lines, the first with the names of the columns, then the groups, and the sum of all deals
     */
    public static List<String> lines(TerminalText terminal, JsonNode counts, int limit) {
        boolean amounts = counts.path("total").has("amounts");
        List<String> by =
                counts.path("by").valueStream().map(JsonNode::asString).toList();
        List<List<Cell>> rows = new ArrayList<>();
        List<Cell> head = new ArrayList<>();
        by.forEach(name -> head.add(cell(name.toUpperCase(Locale.ROOT), Style.bold)));
        head.add(cell("DEALS", Style.bold));
        if (amounts) {
            head.add(cell("AMOUNTS", Style.bold));
        }
        rows.add(head);
        JsonNode groups = counts.path("groups");
        for (int i = 0; i < groups.size() && i < limit; i++) {
            JsonNode values = groups.path(i).path("values");
            rows.add(row(by.stream().map(name -> value(values, name)).toList(), groups.path(i), amounts));
        }
        List<String> all = new ArrayList<>(List.of("all"));
        by.stream().skip(1).forEach(_ -> all.add(""));
        rows.add(row(all, counts.path("total"), amounts));
        List<String> lines = new ArrayList<>(terminal.columns(rows));
        long more = Math.max(0, groups.size() - limit)
                + counts.path("others").path("groups").asLong(0);
        if (more > 0) {
            lines.add("");
            lines.add("There %s %,d more, with fewer deals each; --limit shows up to 1000."
                    .formatted(more == 1 ? "is" : "are", more));
        }
        return lines;
    }

    private static String value(JsonNode values, String name) {
        return values.hasNonNull(name) ? text(values, name) : "-";
    }

    private static List<Cell> row(List<String> values, JsonNode sums, boolean amounts) {
        List<Cell> row = new ArrayList<>();
        values.forEach(value -> row.add(cell(value)));
        row.add(cell(text(sums, "deals")));
        if (amounts) {
            row.add(cell(amounts(sums)));
        }
        return row;
    }

    private static String amounts(JsonNode sums) {
        StringJoiner amounts = new StringJoiner(", ");
        for (JsonNode amount : sums.path("amounts")) {
            amounts.add(text(amount, "amount")
                    + (amount.hasNonNull("currency") ? " " + text(amount, "currency") : " without currency"));
        }
        long without = sums.path("without_amount").asLong(0);
        if (without > 0) {
            amounts.add(without + " without amount");
        }
        return amounts.toString();
    }
}
