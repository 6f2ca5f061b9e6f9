package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows failures: how many there are by party and reason, then one a line. */
public final class FailureListing {

    private static final int MAX_ANSWER_LENGTH = 100;

    /** What subscribers did not take, with the last answer of the sink. */
    public static final FailureListing DEAD_LETTERS = new FailureListing(
            "subscription",
            List.of(
                    Column.of("EVENT", "event_id"),
                    Column.of("TYPE", "type"),
                    Column.of("SUBJECT", "subject"),
                    Column.of("SUBSCRIPTION", "subscription"),
                    Column.of("SINCE", "changed_at"),
                    new Column("LAST ANSWER", FailureListing::lastAnswer, List.of(Style.fg_red))));

    /** What the gateway refused. */
    public static final FailureListing REFUSALS = new FailureListing(
            "sender",
            List.of(
                    Column.of("AT", "at"),
                    Column.of("SENDER", "sender"),
                    Column.of("EVENT", "event_id"),
                    Column.of("TYPE", "event_type"),
                    new Column("WHY", it -> text(it, "reason") + ": " + text(it, "detail"), List.of())));

    private record Column(String title, Function<JsonNode, String> text, List<IStyle> styles) {
        static Column of(String title, String field) {
            return new Column(title, it -> DealDetails.text(it, field), List.of());
        }
    }

    private final Column party;

    private final List<Column> columns;

    /**
     * @param party the field that names the other party
     */
    private FailureListing(String party, List<Column> columns) {
        this.party = Column.of(party.toUpperCase(Locale.ROOT), party);
        this.columns = columns;
    }

    /**
     * Shows how many failures of each party have which reason.
     *
     * @param reasons from the router's answer
     */
    public List<String> reasons(TerminalText terminal, JsonNode reasons) {
        return table(
                terminal, List.of(Column.of("COUNT", "count"), party, Column.of("REASON CODE", "reason")), reasons);
    }

    /**
     * Shows failures, one a line.
     *
     * @param failures from the router's answer
     */
    public List<String> lines(TerminalText terminal, JsonNode failures) {
        return table(terminal, columns, failures);
    }

    private static List<String> table(TerminalText terminal, List<Column> columns, JsonNode items) {
        var rows = new ArrayList<List<Cell>>();
        rows.add(columns.stream().map(it -> cell(it.title(), Style.bold)).toList());
        items.forEach(item -> rows.add(columns.stream()
                .map(it -> cell(it.text().apply(item), it.styles().toArray(IStyle[]::new)))
                .toList()));
        return terminal.columns(rows);
    }

    private static String lastAnswer(JsonNode letter) {
        JsonNode tries = letter.path("tries");
        if (tries.isEmpty()) {
            return text(letter, "reason");
        }
        JsonNode last = tries.path(tries.size() - 1);
        String said = (text(last, "status") + " " + text(last, "answer")).strip();
        return said.length() > MAX_ANSWER_LENGTH ? said.substring(0, MAX_ANSWER_LENGTH) + "..." : said;
    }
}
