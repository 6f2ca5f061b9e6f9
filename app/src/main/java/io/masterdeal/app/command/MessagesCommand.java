package io.masterdeal.app.command;

import io.masterdeal.app.ask.MessageDetails;
import io.masterdeal.app.ask.QueryString;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import java.util.UUID;
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
        name = "messages",
        mixinStandardHelpOptions = true,
        description = {
            "Finds any event by an id and shows its whole way: accepted, committed, published, and each attempt to deliver it.",
            "The latest come first."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal messages --event 11111111-1111-4111-8111-111111111111",
            "  ./masterdeal messages --state dead_lettered --subscription crm"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:there are none, or it failed; the message says why", "2:wrong usage"})
final class MessagesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--event", paramLabel = "UUID", description = "The event with this id.")
    private @Nullable UUID event;

    @Option(names = "--correlation", paramLabel = "ID", description = "All with this correlation_id.")
    private @Nullable String correlation;

    @Option(names = "--deal", paramLabel = "UUID", description = "All of the deal with this master_deal_id.")
    private @Nullable UUID deal;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only events of this type.")
    private @Nullable String type;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those with a delivery that is ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Option(
            names = "--subscription",
            paramLabel = "NAME",
            description = "Only those with a delivery of this subscription.")
    private @Nullable String subscription;

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private DataOption data = new DataOption();

    /** The states of a delivery, as they are written everywhere. */
    enum State {
        pending,
        parked,
        delivered,
        filtered,
        dead_lettered,
        refused,
        discarded
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode page = RoleClients.router(data.path(), "operator")
                .get(new QueryString()
                        .add("event_id", event)
                        .add("correlation_id", correlation)
                        .add("master_deal_id", deal)
                        .add("type", type)
                        .add("state", state)
                        .add("subscription", subscription)
                        .add("limit", list.limit())
                        .after("/messages"));
        PrintWriter out = spec.commandLine().getOut();
        if (list.json()) {
            out.println(page);
        } else if (page.path("items").isEmpty()) {
            out.println("There are no such messages: none was routed, or it is older than the ledger keeps.");
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            page.path("items").forEach(it -> MessageDetails.lines(terminal, it).forEach(out::println));
            if (page.has("next")) {
                out.println("There are more: narrow the search, or raise --limit.");
            }
        }
        out.flush();
        return page.path("items").isEmpty() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
}
