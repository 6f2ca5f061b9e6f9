package io.masterdeal.app.command;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.files.RouteFile;
import io.masterdeal.routes.files.RouteFileException;
import io.masterdeal.routes.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a route on a sample and prints as JSON what it would send where, which conditions matched, and which items failed"
                    + " and why. Nothing is sent, and no platform has to run.",
            "The sample replaces the input of the route's source: the file of a file drop, the event of a direct: route, and for a"
                    + " route that polls (timer:) the answer to its first HTTP call."
        },
        footer = {
            "",
            "Example:",
            "  ./masterdeal routes try samples/routes/billing-invoices.yaml --sample samples/routes/data/invoices.csv"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every item went through",
            "1:an item failed, or the file cannot be used; the output says why",
            "2:wrong usage"
        })
final class RoutesTryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ROUTE-FILE", description = "The YAML file with the route.")
    private Path file = Path.of("");

    @Option(names = "--route", paramLabel = "ID", description = "Which route of the file, if it has several.")
    private @Nullable String route;

    @Option(names = "--sample", paramLabel = "FILE", required = true, description = "The input from the source.")
    private Path sample = Path.of("");

    @Option(names = "--secrets", paramLabel = "FILE", description = "Properties for {{name}} in routes.")
    private @Nullable Path secrets;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RoutesCommand.quietenCamel();
        byte[] content = Files.readAllBytes(sample);
        RouteFile read = new RouteFile(String.valueOf(file.getFileName()), Files.readString(file));
        try (Trial trial = Trial.of(List.of(read), secrets, EventCatalog.bundled())) {
            ObjectNode report =
                    trial.run(chosen(trial.routes()), Trial.Sample.file(String.valueOf(sample.getFileName()), content));
            spec.commandLine().getOut().println(report.toPrettyString());
            spec.commandLine().getOut().flush();
            return report.path("ok").booleanValue() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (RouteFileException e) {
            spec.commandLine().getErr().println("masterdeal: " + RoutesCheckCommand.problem(file, e));
            spec.commandLine().getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private String chosen(List<String> routes) {
        String asked = route;
        if (asked != null && routes.contains(asked)) {
            return asked;
        }
        if (asked != null || routes.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--route: name one of the routes in " + file + ": " + String.join(", ", routes));
        }
        return routes.getFirst();
    }
}
