package io.masterdeal.app.command;

import io.masterdeal.app.ask.DelayListing;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
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
        name = "delays",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how long events take on their way: occurred, accepted, committed, published, read by the router, delivered.",
            "Of the last minute and the last hour, as the running processes have measured it."
        },
        footer = {"", "Example:", "  ./masterdeal delays"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:failed; the message says why", "2:wrong usage"})
final class DelaysCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print the answers of the service and the router instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        JsonNode service = RoleClients.service(data.path(), "reader").get("/delays");
        JsonNode router = RoleClients.router(data.path(), "reader").get("/delays");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode both = JsonMapper.shared().createObjectNode();
            both.set("service", service);
            both.set("router", router);
            out.println(both);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            DelayListing.lines(terminal, service.path("steps"), router.path("steps"))
                    .forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
