package io.masterdeal.app.command;

import io.masterdeal.app.ask.OrphanListing;
import io.masterdeal.app.ask.QueryString;
import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.client.PlatformClient;
import java.io.PrintWriter;
import java.util.StringJoiner;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "orphans",
        mixinStandardHelpOptions = true,
        description = {
            "Lists objects that reach no deal, the one that waits longest first, each with the reason.",
            "'show' shows one with its facts and the deals it may belong to; 'link' states where it belongs, 'unlink' takes that"
                    + " back; 'dismiss' hides it until a new fact of it comes, 'restore' shows it again."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal orphans --system legal --reason unknown_parent --older-than P2D",
            "  ./masterdeal orphans show legal:case:L-7",
            "  ./masterdeal orphans link legal:case:L-7 docflow:contract:K-9 --reason 'the case names the contract'"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed, even if there are none", "1:failed; the message says why", "2:wrong usage"})
final class OrphansCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Only objects of this system, such as legal.")
    private @Nullable String system;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only objects of this kind, such as legal:case.")
    private @Nullable String kind;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description =
                    "Only those with this reason: unknown_parent, unknown_deal, no_root, link_retracted, no_parent.")
    private @Nullable String reason;

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            description = "Only those that have waited so long, such as PT12H or P2D.")
    private @Nullable String olderThan;

    @Option(names = "--dismissed", description = "Those that were dismissed instead.")
    private boolean dismissed;

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        PlatformClient service = RoleClients.service(data.path(), "reader");
        JsonNode page = service.get(new QueryString()
                .add("system", system)
                .add("kind", kind)
                .add("reason", reason)
                .add("older_than", olderThan)
                .add("dismissed", dismissed)
                .add("sort", "age")
                .add("limit", list.limit())
                .after("/orphans"));
        PrintWriter out = spec.commandLine().getOut();
        if (list.json()) {
            out.println(page);
        } else {
            JsonNode orphans = page.path("items");
            if (orphans.isEmpty()) {
                out.println(
                        page.has("next") ? "None among the first that were looked at." : "There are no such orphans.");
            } else {
                var terminal =
                        new TerminalText(spec.commandLine().getColorScheme().ansi());
                OrphanListing.lines(terminal, orphans).forEach(out::println);
                out.println();
            }
            out.println((page.has("next") ? "There are more; --limit shows up to 1000, and the API all. " : "")
                    + OrphanListing.total(service.get("/orphans/counts").path("items")));
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description =
                    "Shows an orphan with its facts, and the deals it may belong to, each with what speaks for it.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:shown", "1:there is no such orphan, or it failed; the message says why", "2:wrong usage"
            })
    Integer show(
            @Parameters(paramLabel = "KEY", description = "Key of the object.") String key,
            @Option(names = "--json", description = "Print the answer of the API instead.") boolean json,
            @Mixin DataOption where)
            throws InterruptedException {
        JsonNode detail = RoleClients.service(where.path(), "reader").get(path(key, ""));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(detail);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            OrphanListing.detail(terminal, detail).forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "link",
            mixinStandardHelpOptions = true,
            description = {
                "States that an orphan belongs to an object: an event of its system, made by you. It counts as any other.",
                "'orphans unlink' takes it back."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:linked", "1:failed; the message says why", "2:wrong usage"})
    Integer link(
            @Parameters(paramLabel = "KEY", description = "Key of the orphan.") String key,
            @Parameters(paramLabel = "PARENT", description = "Key of the object or deal it belongs to.") String parent,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why: it is kept.")
                    String why,
            @Mixin DataOption where)
            throws InterruptedException {
        JsonNode done = act(where, key, "/link", request(why).put("parent", parent));
        var deals = new StringJoiner(", ");
        done.path("deals").forEach(deal -> deals.add(deal.path("root").asString()));
        say("linked by event " + done.path("event_id").asString() + "; it belongs to "
                + (deals.length() == 0 ? "no deal yet: its parent is an orphan" : deals.toString()));
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "unlink",
            mixinStandardHelpOptions = true,
            description =
                    "Takes back what operators stated about where an object belongs. What its system has sent stays.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:taken back", "1:failed; the message says why", "2:wrong usage"})
    Integer unlink(
            @Parameters(paramLabel = "KEY", description = "Key of the object.") String key,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why: it is kept.")
                    String why,
            @Mixin DataOption where)
            throws InterruptedException {
        JsonNode done = act(where, key, "/unlink", request(why));
        say("taken back by event " + done.path("event_id").asString()
                + (done.path("orphan").asBoolean(false) ? "; it is an orphan again" : ""));
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "dismiss",
            mixinStandardHelpOptions = true,
            description = "Hides an orphan until a new fact of it comes. That changes no answer.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:dismissed", "1:failed; the message says why", "2:wrong usage"})
    Integer dismiss(
            @Parameters(paramLabel = "KEY", description = "Key of the orphan.") String key,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why: it is kept.")
                    String why,
            @Mixin DataOption where)
            throws InterruptedException {
        act(where, key, "/dismiss", request(why));
        say("dismissed");
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Shows an orphan again that was dismissed.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:restored", "1:failed; the message says why", "2:wrong usage"})
    Integer restore(
            @Parameters(paramLabel = "KEY", description = "Key of the orphan.") String key,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why: it is kept.")
                    String why,
            @Mixin DataOption where)
            throws InterruptedException {
        act(where, key, "/restore", request(why));
        say("restored");
        return CommandLine.ExitCode.OK;
    }

    private static JsonNode act(DataOption where, String key, String action, ObjectNode request)
            throws InterruptedException {
        return RoleClients.service(where.path(), "operator").send("POST", path(key, action), request);
    }

    private static ObjectNode request(String reason) {
        return JsonMapper.shared().createObjectNode().put("reason", reason);
    }

    /** A key with a slash cannot be part of a path. */
    private static String path(String key, String action) {
        return new QueryString().add("key", key).after("/orphans/-" + action);
    }

    private void say(String what) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(TerminalText.clean(what));
        out.flush();
    }
}
