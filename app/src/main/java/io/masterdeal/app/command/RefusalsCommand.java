package io.masterdeal.app.command;

import io.masterdeal.app.ask.QueryString;
import io.masterdeal.app.ask.RefusalTable;
import io.masterdeal.app.ask.Screen;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "refusals",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what the gateway did not take, of which senders, and why. They were told so, and have to send it again;",
            "nothing waits for an operator. What the platform itself could not handle is among 'dead-letters'."
        },
        footer = {"", "Example:", "  ./masterdeal refusals --sender crm"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown, even if there are none", "1:failed; the message says why", "2:wrong usage"})
final class RefusalsCommand implements Callable<Integer> {

    private static final int MOST = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--sender", paramLabel = "NAME", description = "Only what came with this system's key.")
    private @Nullable String sender;

    @Option(names = "--code", paramLabel = "CODE", description = "Only those with this reason code.")
    private @Nullable String code;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "So many of the latest, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print what the router answers instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit is 1 to " + MOST + ", not " + limit + ".");
        }
        JsonNode answer = RunningRole.router(data.path(), "reader")
                .get(new QueryString()
                        .add("sender", sender)
                        .add("reason", code)
                        .add("limit", limit)
                        .after("/refusals"));
        PrintWriter out = spec.commandLine().getOut();
        JsonNode refusals = answer.path("page").path("items");
        if (json) {
            out.println(answer);
        } else if (refusals.isEmpty()) {
            out.println("There are no such refusals.");
        } else {
            var screen = new Screen(spec.commandLine().getColorScheme().ansi());
            RefusalTable.reasons(screen, answer.path("reasons")).forEach(out::println);
            out.println();
            RefusalTable.lines(screen, refusals).forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
