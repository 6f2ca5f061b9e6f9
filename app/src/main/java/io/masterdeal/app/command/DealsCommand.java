package io.masterdeal.app.command;

import io.masterdeal.app.ask.DealListing;
import io.masterdeal.app.ask.DealLookup;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import java.util.StringJoiner;
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
        name = "deals",
        mixinStandardHelpOptions = true,
        description = "Lists deals page by page, and says how to get the next page. All that is asked for has to hold.",
        footer = {
            "",
            "Examples:",
            "  ./masterdeal deals --stage closed --outcome won",
            "  ./masterdeal deals --object docflow:contract:K-9",
            "  ./masterdeal deals --stuck-longer-than P5D --manager 'Olga Orlova'",
            "  ./masterdeal deals --outcome open --currency RUB --sort -amount"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed, even if there are none", "1:failed; the message says why", "2:wrong usage"})
final class DealsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DealFilterOptions filter = new DealFilterOptions();

    @Mixin
    private ListOptions list = new ListOptions();

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "The next page, as printed below the previous one.")
    private @Nullable String cursor;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode page =
                new DealLookup(RoleClients.service(data.path(), "reader")).deals(filter.filter(), list.limit(), cursor);
        PrintWriter out = spec.commandLine().getOut();
        if (list.json()) {
            out.println(page);
        } else if (page.path("items").isEmpty()) {
            out.println(page.has("next") ? "None of the deals looked through so far." : "There are no such deals.");
            printNext(out, page);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            DealListing.lines(terminal, page.path("items")).forEach(out::println);
            printNext(out, page);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private void printNext(PrintWriter out, JsonNode page) {
        if (page.has("next")) {
            out.println();
            out.println("The next page: " + next(page.path("next").asString("")));
        }
    }

    /** The command line that shows the next page. */
    private String next(String following) {
        var command = new StringJoiner(" ").add("./masterdeal deals");
        filter.options().forEach((option, value) -> add(command, option, value));
        add(command, "--limit", Integer.toString(list.limit()));
        add(command, "--data", data.isGiven() ? data.path().toString() : null);
        add(command, "--cursor", following);
        return command.toString();
    }

    private static void add(StringJoiner command, String option, @Nullable String value) {
        if (value != null) {
            command.add(option);
        }
        if (value != null && !value.isEmpty()) {
            command.add(ShellWord.of(value));
        }
    }
}
