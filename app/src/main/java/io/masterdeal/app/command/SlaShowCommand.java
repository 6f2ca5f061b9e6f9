package io.masterdeal.app.command;

import io.masterdeal.app.ask.ClockListing;
import io.masterdeal.app.ask.DealLookup;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows the clocks of a deal: what each has spent of its target, and when it is due.",
        footer = {"", "Example:", "  ./masterdeal sla show crm:deal:D-1 --at 2026-04-06T12:00:00Z"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:there is no such deal, or it failed; the message says why", "2:wrong usage"})
final class SlaShowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The deal's id, or the key of any of its objects.")
    private String id = "";

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "In the past or the future, such as 2026-04-06T12:00:00Z (default: now).")
    private @Nullable String at;

    @Option(names = "--json", description = "Print the answer of the API instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode report = new DealLookup(RoleClients.service(data.path(), "reader")).clocks(id, at);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            ClockListing.lines(terminal, report).forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
