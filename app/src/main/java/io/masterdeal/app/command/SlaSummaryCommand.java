package io.masterdeal.app.command;

import io.masterdeal.app.ask.ClockColumns;
import io.masterdeal.app.ask.ClockSearch;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "summary",
        mixinStandardHelpOptions = true,
        description = "Counts the clocks of all deals that have started, by their state.",
        footer = {
            "",
            "Examples:",
            "  ./masterdeal sla summary --by domain",
            "  ./masterdeal sla summary --breached-from 2026-04-01T00:00:00Z --breached-to 2026-05-01T00:00:00Z"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:counted", "1:failed; the message says why", "2:wrong usage"})
final class SlaSummaryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "policy",
            description = "A line for each policy, segment, domain, state; or client, with --client (default:"
                    + " ${DEFAULT-VALUE}).")
    private String by = "";

    @Mixin
    private ClockFilterOptions clocks = new ClockFilterOptions();

    @Option(
            names = "--breached-from",
            paramLabel = "INSTANT",
            description = "Count the breaches of a period too, whatever became of them: from this instant on.")
    private @Nullable String breachedFrom;

    @Option(
            names = "--breached-to",
            paramLabel = "INSTANT",
            description = "Up to this instant, at most 366 days later.")
    private @Nullable String breachedTo;

    @Option(names = "--json", description = "Print the answer of the API instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode summary = new ClockSearch(RoleClients.service(data.path(), "reader"))
                .summary(by, clocks.filter(), breachedFrom, breachedTo);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(summary);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            ClockColumns.summary(terminal, summary).forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
