package io.masterdeal.app.command;

import io.masterdeal.app.ask.ArrivalListing;
import io.masterdeal.app.ask.DealLookup;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "arrival",
        mixinStandardHelpOptions = true,
        description = {
            "Shows when the facts of a deal arrived, how late, and how long its objects were orphans.",
            "Unlike clocks this is not reproducible from facts: a replay gives other times."
        },
        footer = {"", "Example:", "  ./masterdeal sla arrival crm:deal:D-1"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:there is no such deal, or it failed; the message says why", "2:wrong usage"})
final class SlaArrivalCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The deal's id, or the key of any of its objects.")
    private String id = "";

    @Option(names = "--json", description = "Print the answer of the API instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode report = new DealLookup(RoleClients.service(data.path(), "reader")).arrival(id);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            ArrivalListing.lines(terminal, report).forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
