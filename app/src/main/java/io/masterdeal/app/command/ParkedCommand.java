package io.masterdeal.app.command;

import io.masterdeal.app.ask.ParkedListing;
import io.masterdeal.app.ask.QueryString;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "parked",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the deals whose canonical events Kafka refuses, mostly because an event is too large for its topic: how many events"
                    + " wait, the size of the first, since when, and what Kafka says. Subscribers miss them until they are published.",
            "Each is tried again by itself, at least once an hour. 'parked publish' tries all again now."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal parked",
            "  ./masterdeal parked publish    once masterdeal.events takes larger events (max.message.bytes)"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown, even if there are none", "1:failed; the message says why", "2:wrong usage"})
final class ParkedCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode parked = RoleClients.service(data.path(), "reader")
                .get(new QueryString().add("limit", list.limit()).after("/relay/parked"));
        PrintWriter out = spec.commandLine().getOut();
        JsonNode deals = parked.path("items");
        if (list.json()) {
            out.println(parked);
        } else if (deals.isEmpty()) {
            out.println("No events are parked.");
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            ParkedListing.lines(terminal, deals).forEach(out::println);
            out.println();
            out.println("Parked events of all deals: " + parked.path("events"));
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            description = {
                "Has the parked events of all deals tried again now, each deal's in order.",
                "First remove the cause, or Kafka refuses them again; './masterdeal parked' shows whether any are left."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:asked for; the service tries within seconds",
                "1:failed; the message says why",
                "2:wrong usage"
            })
    Integer publish(@Mixin ReasonOption reason, @Mixin DataOption where) throws InterruptedException {
        JsonNode released = RoleClients.service(where.path(), "operator").post(reason.in("/operations/publish-parked"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("deals tried again: " + released.path("released_deals"));
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
