package io.masterdeal.app.command;

import io.masterdeal.app.ask.OperationListing;
import io.masterdeal.app.ask.QueryString;
import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.client.PlatformClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Shows what operators did in the service and in the router, and why, the latest first.",
        footer = {
            "",
            "Examples:",
            "  ./masterdeal audit",
            "  ./masterdeal audit --from 2026-03-06T00:00:00Z --actor 'Anna Reed'"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown, even if there is nothing", "1:failed; the message says why", "2:wrong usage"})
final class AuditCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--from", paramLabel = "INSTANT", description = "Only what was done from then on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Only what was done before then.")
    private @Nullable String to;

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            description = "Only what this person did, or what was done with this principal's key.")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this, such as redrive or rebuild.")
    private @Nullable String action;

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        for (Map.Entry<String, PlatformClient> role :
                OperatingRoles.of(data.path(), "reader").entrySet()) {
            found.addAll(actions(role.getKey(), role.getValue()));
        }
        found.sort(Comparator.comparing((JsonNode it) -> it.path("acted_at").stringValue())
                .reversed());
        List<JsonNode> shown = found.subList(0, Math.min(found.size(), list.limit()));
        PrintWriter out = spec.commandLine().getOut();
        if (list.json()) {
            out.println(JsonMapper.shared().createArrayNode().addAll(shown));
        } else if (shown.isEmpty()) {
            out.println("Operators did nothing of that kind.");
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            OperationListing.actions(terminal, shown).forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    /** A page may be short although more follow, since it looks at a limited number of actions. */
    private List<JsonNode> actions(String role, PlatformClient client) throws InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        String next = null;
        do {
            JsonNode page = client.get(new QueryString()
                    .add("from", from)
                    .add("to", to)
                    .add("actor", actor)
                    .add("action", action)
                    .add("limit", list.limit())
                    .add("cursor", next)
                    .after("/operator-actions"));
            page.path("items").forEach(it -> found.add(((ObjectNode) it).put("role", role)));
            next = page.path("next").stringValue(null);
        } while (next != null && found.size() < list.limit());
        return found;
    }
}
