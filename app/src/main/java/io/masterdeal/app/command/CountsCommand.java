package io.masterdeal.app.command;

import io.masterdeal.app.ask.CountListing;
import io.masterdeal.app.ask.DealLookup;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "counts",
        mixinStandardHelpOptions = true,
        description = "Counts deals by stage, outcome and fields; the largest group comes first.",
        footer = {
            "",
            "Examples:",
            "  ./masterdeal counts --by stage,client",
            "  ./masterdeal counts --by manager --outcome open --amounts"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:counted", "1:failed; the message says why", "2:wrong usage"})
final class CountsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            split = ",",
            defaultValue = "stage",
            description = "One to three of stage, outcome, client, manager, product, region, currency (default:"
                    + " ${DEFAULT-VALUE}).")
    private List<String> by = new ArrayList<>();

    @Option(names = "--amounts", description = "The sums of amounts too, by currency.")
    private boolean amounts;

    @Mixin
    private FieldOptions fields = new FieldOptions();

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode counts =
                new DealLookup(RoleClients.service(data.path(), "reader")).counts(by, fields.filter(), amounts);
        PrintWriter out = spec.commandLine().getOut();
        if (list.json()) {
            out.println(counts);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            CountListing.lines(terminal, counts, list.limit()).forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
