package io.masterdeal.app.command;

import io.masterdeal.app.ask.DealLookup;
import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.app.ask.WhyDetails;
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
        name = "why",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a deal waits for: which facts are missing for the next stage and for gaps, which system can say them, and"
                    + " who was asked.",
            "Each alternative is enough, and no part of it is."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal why crm:deal:D-1",
            "  ./masterdeal why crm:deal:D-1 --stage closed",
            "  ./masterdeal why docflow:contract:K/9 --stage all --json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown",
            "1:there is no such deal or stage, or it failed; the message says why",
            "2:wrong usage"
        })
final class WhyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The deal's id, or the key of any of its objects.")
    private String id = "";

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "A stage, or 'all'. If it is left out: the gaps and the next stage.")
    private @Nullable String stage;

    @Option(names = "--json", description = "Print the answer of the API instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode why = new DealLookup(RoleClients.service(data.path(), "reader")).why(id, stage);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(why);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            WhyDetails.lines(terminal, why).forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
