package io.masterdeal.app.command;

import io.masterdeal.app.ask.DealDetails;
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
        name = "deal",
        mixinStandardHelpOptions = true,
        description = {
            "Shows where a deal stands, and why: its timeline with the facts behind each step, its objects, and its effects"
                    + " on other systems.",
            "In colour on a terminal, unless NO_COLOR is set."
        },
        footer = {"", "Examples:", "  ./masterdeal deal crm:deal:D-1", "  ./masterdeal deal docflow:contract:K/9 --json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:there is no such deal, or it failed; the message says why", "2:wrong usage"})
final class DealCommand implements Callable<Integer> {

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
        var questions = new DealLookup(RoleClients.service(data.path(), "reader"));
        JsonNode deal = questions.deal(id);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(deal);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            DealDetails.lines(
                            terminal,
                            deal,
                            questions.evidence(deal),
                            questions.effects(deal).orElse(null))
                    .forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
