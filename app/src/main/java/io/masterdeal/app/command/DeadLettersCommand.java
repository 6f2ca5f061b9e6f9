package io.masterdeal.app.command;

import io.masterdeal.app.ask.FailureListing;
import io.masterdeal.app.ask.QueryString;
import java.io.PrintWriter;
import java.util.List;
import java.util.UUID;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = {
            "Shows events that subscribers did not take and records that could not be read: how many, for which reasons, and the latest.",
            "Events that the gateway refused are not dead letters: 'refusals' shows them.",
            "'dead-letters redrive' sends them again, 'dead-letters discard' gives them up; both can show first what they would do."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal dead-letters --subscription crm",
            "  ./masterdeal dead-letters redrive --subscription crm --dry-run",
            "  ./masterdeal dead-letters redrive --subscription crm --reason 'CRM has its disk back'"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown, even if there are none", "1:failed; the message says why", "2:wrong usage"})
final class DeadLettersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Selection selection = new Selection();

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private DataOption data = new DataOption();

    /** Which dead letters are meant: those that match every given option. */
    static final class Selection {
        @Option(names = "--subscription", paramLabel = "NAME", description = "Only those of this subscription.")
        @Nullable
        String subscription;

        @Option(names = "--type", paramLabel = "TYPE", description = "Only events of this type.")
        @Nullable
        String type;

        @Option(
                names = "--deal",
                paramLabel = "UUID",
                description = "Only events of the deal with this master_deal_id.")
        @Nullable
        UUID deal;

        @Option(
                names = "--code",
                paramLabel = "CODE",
                description = "Only those with this reason code, such as gave-up or refused.")
        @Nullable
        String code;
    }

    /** The other options of a decision. */
    static final class Decision {
        @Option(names = "--event", paramLabel = "UUID", description = "Only this event; may be repeated.")
        @Nullable
        List<UUID> events;

        @Option(names = "--all", description = "All dead letters; needed if none are selected.")
        boolean all;

        @Option(names = "--dry-run", description = "Only show what would happen.")
        boolean dryRun;

        @Option(
                names = "--limit",
                paramLabel = "N",
                description =
                        "At most the first N, in order of arrival (default: 10000, at most 1000000). More than 10000 are"
                                + " done by and by; the command does not wait for that.")
        @Nullable
        Integer limit;

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                description = "Why: it is kept with the decision. Required unless it is a dry run.")
        @Nullable
        String reason;

        @Option(names = "--json", description = "Print the answer of the API instead.")
        boolean json;
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = RoleClients.router(data.path(), "operator")
                .get(new QueryString()
                        .add("subscription", selection.subscription)
                        .add("type", selection.type)
                        .add("master_deal_id", selection.deal)
                        .add("reason", selection.code)
                        .add("limit", list.limit())
                        .after("/dead-letters"));
        FailureList.print(
                spec.commandLine(), answer, list, FailureListing.DEAD_LETTERS, "There are no such dead letters.");
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "redrive",
            mixinStandardHelpOptions = true,
            description = {
                "Sends dead letters again, those of one deal in order, and then what waits behind them.",
                "Remove the cause first. An event keeps its id; one that was redriven too often already is parked instead."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done, or shown", "1:failed; the message says why", "2:wrong usage"})
    Integer redrive(@Mixin Selection which, @Mixin Decision decision, @Mixin DataOption where)
            throws InterruptedException {
        return decide("redrive", which, decision, where);
    }

    @Command(
            name = "discard",
            mixinStandardHelpOptions = true,
            description = "Decides that dead letters are not sent; what waits behind them is delivered.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done, or shown", "1:failed; the message says why", "2:wrong usage"})
    Integer discard(@Mixin Selection which, @Mixin Decision decision, @Mixin DataOption where)
            throws InterruptedException {
        return decide("discard", which, decision, where);
    }

    private Integer decide(String action, Selection which, Decision decision, DataOption where)
            throws InterruptedException {
        CommandLine command = spec.commandLine().getSubcommands().get(action);
        if (!decision.dryRun && decision.reason == null) {
            throw new ParameterException(command, "Say why with --reason, or check first with --dry-run.");
        }
        JsonNode effect = RoleClients.router(where.path(), "operator")
                .send("POST", "/dead-letters/" + action, request(which, decision));
        PrintWriter out = spec.commandLine().getOut();
        if (decision.json) {
            out.println(effect);
        } else {
            tell(out, action, effect);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static ObjectNode request(Selection which, Decision decision) {
        ObjectNode request = JsonMapper.shared().createObjectNode();
        ObjectNode chosen = JsonMapper.shared().createObjectNode();
        put(chosen, "subscription", which.subscription);
        put(chosen, "type", which.type);
        put(chosen, "master_deal_id", which.deal);
        put(chosen, "reason", which.code);
        if (decision.events != null) {
            var ids = chosen.putArray("event_ids");
            decision.events.forEach(it -> ids.add(it.toString()));
        }
        if (!chosen.isEmpty()) {
            request.set("selection", chosen);
        }
        request.put("all", decision.all).put("dry_run", decision.dryRun);
        put(request, "reason", decision.reason);
        if (decision.limit != null) {
            request.put("limit", decision.limit);
        }
        return request;
    }

    private static void put(ObjectNode object, String name, @Nullable Object value) {
        if (value != null) {
            object.put(name, value.toString());
        }
    }

    private static void tell(PrintWriter out, String action, JsonNode effect) {
        if (!effect.has("selected")) {
            out.println("begun; './masterdeal operations show' tells how far it is");
            out.println("operation: " + effect.path("operation").stringValue());
            return;
        }
        boolean would = effect.path("dry_run").booleanValue();
        long selected = effect.path("selected").longValue();
        if (action.equals("redrive")) {
            out.println((would ? "would be sent again: " : "sent again: ") + effect.path("redriven"));
            if (effect.path("parked").longValue() > 0) {
                out.println((would ? "would be parked" : "parked") + ", redriven too often already: "
                        + effect.path("parked"));
            }
            if (effect.path("unsendable").longValue() > 0) {
                out.println("cannot be sent again, their systems have to: " + effect.path("unsendable"));
            }
        } else {
            out.println((would ? "would be discarded: " : "discarded: ") + selected);
        }
        out.println("waiting behind them: " + effect.path("behind"));
        if (effect.has("operation")) {
            out.println("operation: " + effect.path("operation").stringValue());
        }
    }
}
