package io.masterdeal.app.command;

import io.masterdeal.app.ask.FailureListing;
import io.masterdeal.app.ask.QueryString;
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
        name = "refusals",
        mixinStandardHelpOptions = true,
        description = {
            "Shows which events the gateway refused, from which senders, and why.",
            "The senders were told and have to send again; no decision is needed. What the platform itself could not handle is among"
                    + " 'dead-letters'."
        },
        footer = {"", "Example:", "  ./masterdeal refusals --sender crm"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown, even if there are none", "1:failed; the message says why", "2:wrong usage"})
final class RefusalsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--sender", paramLabel = "NAME", description = "Only what came with this system's key.")
    private @Nullable String sender;

    @Option(names = "--code", paramLabel = "CODE", description = "Only those with this reason code.")
    private @Nullable String code;

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = RoleClients.router(data.path(), "reader")
                .get(new QueryString()
                        .add("sender", sender)
                        .add("reason", code)
                        .add("limit", list.limit())
                        .after("/refusals"));
        FailureList.print(spec.commandLine(), answer, list, FailureListing.REFUSALS, "There are no such refusals.");
        return CommandLine.ExitCode.OK;
    }
}
