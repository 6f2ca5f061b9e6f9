package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows the way of an event: where it was accepted, whether it is committed, what it caused, and who received it. */
public final class MessageDetails {

    private static final String IN = "  ";

    private MessageDetails() {}

    /**
     * Shows the event.
     *
     * @param way a message from the router's answer
     */
    public static List<String> lines(TerminalText terminal, JsonNode way) {
        JsonNode message = way.path("message");
        var lines = new ArrayList<String>();
        lines.add(terminal.line(
                cell(text(message, "event_id"), Style.bold),
                cell(text(message, "type"), Style.fg_cyan),
                cell(text(message, "subject"))));
        lines.add(terminal.line(
                cell(IN + "accepted"),
                cell(text(message, "accepted_at")),
                cell(text(message, "topic") + "/" + text(message, "partition") + " offset "
                        + text(message, "offset"))));
        if (way.has("committed")) {
            lines.add(terminal.line(cell(IN + "committed"), cell(text(way, "committed"))));
        }
        for (JsonNode it : message.path("published")) {
            lines.add(terminal.line(
                    cell(IN + "published"),
                    cell(text(it, "accepted_at")),
                    cell(text(it, "type") + " " + text(it, "event_id"))));
        }
        message.path("deliveries").forEach(it -> delivery(terminal, it, lines));
        return lines;
    }

    private static void delivery(TerminalText terminal, JsonNode delivery, List<String> lines) {
        String reason = text(delivery, "reason");
        lines.add(terminal.line(
                cell(IN + text(delivery, "subscription")),
                cell(text(delivery, "changed_at")),
                cell(text(delivery, "state"), style(text(delivery, "state"))),
                cell(reason.isEmpty() ? "" : "(" + reason + ")")));
        for (JsonNode attempt : delivery.path("tries")) {
            lines.add(terminal.line(
                    cell(IN + IN + "attempt"),
                    cell(text(attempt, "at")),
                    cell((text(attempt, "status") + " " + text(attempt, "answer")).strip()),
                    cell(text(attempt, "ms") + " ms")));
        }
    }

    private static IStyle style(String state) {
        return switch (state) {
            case "delivered" -> Style.fg_green;
            case "dead_lettered" -> Style.fg_red;
            case "parked", "pending" -> Style.fg_yellow;
            default -> Style.reset;
        };
    }
}
