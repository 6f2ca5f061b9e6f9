package io.masterdeal.app.command;

import io.masterdeal.app.ask.OperationListing;
import io.masterdeal.app.ask.QueryString;
import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "operations",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what became of an operation on many items, in the router or in the service: 'operations show ID', with each item if"
                    + " --items is given. 'operations stop ID' ends one that runs. Operations are kept for 30 days; './masterdeal"
                    + " audit' names them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown, or stopped", "1:failed; the message says why", "2:wrong usage"})
final class OperationsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'show ID' or 'stop ID'.");
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description =
                    "Shows an operation: its state, who started it and why, and how many items have which result.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:shown", "1:failed; the message says why", "2:wrong usage"})
    Integer show(
            @Parameters(paramLabel = "ID", description = "Of the operation.") UUID id,
            @Option(names = "--items", description = "Show its items and what became of each since.") boolean items,
            @Mixin ListOptions list,
            @Mixin DataOption where)
            throws InterruptedException {
        PlatformClient role = roleOf(id, where, "reader");
        JsonNode operation = role.get("/operations/" + id);
        JsonNode page = items
                ? role.get(new QueryString().add("limit", list.limit()).after("/operations/" + id + "/items"))
                : null;
        PrintWriter out = spec.commandLine().getOut();
        if (list.json()) {
            out.println(page == null ? operation : page);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            OperationListing.operation(terminal, operation).forEach(out::println);
            if (page != null) {
                out.println();
                OperationListing.items(terminal, page.path("items")).forEach(out::println);
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = {
                "Stops a running operation. What it has done stays done.",
                "To go on, ask for the same again: nothing is done twice."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:stopped", "1:failed; the message says why", "2:wrong usage"})
    Integer stop(@Parameters(paramLabel = "ID", description = "Of the operation.") UUID id, @Mixin DataOption where)
            throws InterruptedException {
        JsonNode stopped = roleOf(id, where, "operator").post("/operations/" + id + "/stop");
        PrintWriter out = spec.commandLine().getOut();
        out.println("stopped after " + stopped.path("items") + " items");
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    /** The role that has the operation: the last one if none has, whose answer tells that. */
    private static PlatformClient roleOf(UUID id, DataOption where, String principal) throws InterruptedException {
        Iterator<PlatformClient> roles =
                OperatingRoles.of(where.path(), principal).values().iterator();
        PlatformClient role = roles.next();
        while (roles.hasNext()) {
            try {
                role.get("/operations/" + id);
                return role;
            } catch (ApiException e) {
                if (e.isTransient() || e.isCallerRefused()) {
                    throw e;
                }
                role = roles.next();
            }
        }
        return role;
    }
}
