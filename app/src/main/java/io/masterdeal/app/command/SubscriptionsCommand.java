package io.masterdeal.app.command;

import io.masterdeal.app.ask.SubscriptionListing;
import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.router.subscription.SubscriptionFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "subscriptions",
        mixinStandardHelpOptions = true,
        description =
                "Shows the subscriptions. 'put' creates or changes one, 'delete' ends one, 'resume' resumes a stopped one.",
        footer = {
            "",
            "Examples:",
            "  ./masterdeal subscriptions",
            "  ./masterdeal subscriptions put crm.yaml",
            "  ./masterdeal subscriptions delete crm"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:failed; the message says why", "2:wrong usage"})
final class SubscriptionsCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print the answer of the API instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode subscriptions = RoleClients.router(data.path(), "operator").get("/subscriptions");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(subscriptions);
        } else {
            SubscriptionListing.lines(
                            new TerminalText(spec.commandLine().getColorScheme().ansi()), subscriptions.path("items"))
                    .forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = {
                "Creates the subscriptions of a file, or changes those with the same names, and prints their versions.",
                "The file has the form of 'up --subscriptions': YAML with one list, subscriptions."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "1:failed; the message says what is wrong and where", "2:wrong usage"})
    Integer put(
            @Parameters(paramLabel = "FILE", description = "The file with the subscriptions.") Path file,
            @Mixin DataOption where)
            throws InterruptedException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), file + ": there is no such file. Check the path.");
        }
        for (JsonNode definition : SubscriptionFile.read(file)) {
            String name = definition.path("name").asString("");
            JsonNode stored = operator(name, where).send("PUT", "/subscriptions/" + name, definition);
            say(name + " is version " + stored.path("version") + " now; it counts from the next event");
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = {
                "Resumes a subscription that was stopped by its filter, at the event where it stopped.",
                "If the filter exceeds its limits again at that event, it stops again: then change the filter with 'put'."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "1:failed; the message says why", "2:wrong usage"})
    Integer resume(@Parameters(paramLabel = "NAME", description = "Its name.") String name, @Mixin DataOption where)
            throws InterruptedException {
        operator(name, where)
                .send(
                        "POST",
                        "/subscriptions/" + name + "/resume",
                        JsonMapper.shared().createObjectNode());
        say(name + " goes on");
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Ends a subscription; events that are not delivered yet are discarded.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "1:failed; the message says why", "2:wrong usage"})
    Integer delete(@Parameters(paramLabel = "NAME", description = "Its name.") String name, @Mixin DataOption where)
            throws InterruptedException {
        operator(name, where).delete("/subscriptions/" + name);
        say(name + " is deleted");
        return CommandLine.ExitCode.OK;
    }

    private PlatformClient operator(String name, DataOption where) {
        if (!NAME.matcher(name).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "A name is up to 63 lower-case letters, digits and hyphens, a letter first; '" + name
                            + "' is not a name.");
        }
        return RoleClients.router(where.path(), "operator");
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}
