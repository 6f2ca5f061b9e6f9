package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows how long events take, one step of their way a line. */
public final class DelayListing {

    private DelayListing() {}

    /**
     * Shows delays.
     *
     * @param service the steps of the service's answer
     * @param router the steps of the router's answer
     * @return lines, the first with the names of the columns
     */
    public static List<String> lines(TerminalText terminal, JsonNode service, JsonNode router) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Cell> head = new ArrayList<>();
        Stream.of("STEP", "LAST MINUTE", "P50", "P99", "MAX", "LAST HOUR", "P50", "P99", "MAX")
                .forEach(title -> head.add(cell(title, Style.bold)));
        rows.add(head);
        Stream.concat(service.valueStream(), router.valueStream()).forEach(step -> {
            List<Cell> row = new ArrayList<>();
            row.add(cell(
                    step.path("from").asString("") + " to " + step.path("to").asString("")));
            add(row, step.path("last_minute"));
            add(row, step.path("last_hour"));
            rows.add(row);
        });
        return terminal.columns(rows);
    }

    private static void add(List<Cell> row, JsonNode window) {
        row.add(cell(window.path("count").asString("0")));
        Stream.of("p50_ms", "p99_ms", "max_ms")
                .forEach(name ->
                        row.add(cell(window.has(name) ? text(window.path(name).longValue()) : "-")));
    }

    /** A duration in the unit that people read: ms, s, min, h or d. */
    static String text(long ms) {
        Duration duration = Duration.ofMillis(ms);
        if (ms < 1000) {
            return ms + " ms";
        }
        if (ms < 120_000) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
        }
        if (duration.toMinutes() < 120) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " d";
    }
}
