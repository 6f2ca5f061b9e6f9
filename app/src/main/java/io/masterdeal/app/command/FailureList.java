package io.masterdeal.app.command;

import io.masterdeal.app.ask.FailureListing;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Prints what the router answers about failures: dead letters or refusals. */
final class FailureList {
    private FailureList() {}

    /**
     * Prints it.
     *
     * @param answer of the router: counts by reason, and a page of failures
     * @param table how to show it
     * @param none printed if there are no failures
     */
    static void print(CommandLine command, JsonNode answer, ListOptions options, FailureListing table, String none) {
        PrintWriter out = command.getOut();
        JsonNode failures = answer.path("page").path("items");
        if (options.json()) {
            out.println(answer);
        } else if (failures.isEmpty()) {
            out.println(none);
        } else {
            var terminal = new TerminalText(command.getColorScheme().ansi());
            table.reasons(terminal, answer.path("reasons")).forEach(out::println);
            out.println();
            table.lines(terminal, failures).forEach(out::println);
        }
        out.flush();
    }
}
