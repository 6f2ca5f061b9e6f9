package io.masterdeal.app.command;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.files.RouteFile;
import io.masterdeal.routes.files.RouteFileException;
import io.masterdeal.routes.trial.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the *.yaml files of a folder of routes and prints a line for each: its routes, or what is wrong with it"
                    + " and where. Nothing is started.",
            "Errors in the parameters of a component are found only when the route starts."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every file can be used", "1:some cannot; the output says why", "2:wrong usage"})
final class RoutesCheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The folder.")
    private Path folder = Path.of("");

    @Option(names = "--secrets", paramLabel = "FILE", description = "Properties for {{name}} in routes.")
    private @Nullable Path secrets;

    @Override
    public Integer call() throws IOException {
        RoutesCommand.quietenCamel();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(it -> it.toString().endsWith(".yaml")).sorted().toList();
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean good = true;
        for (Path file : files) {
            RouteFile read = new RouteFile(String.valueOf(file.getFileName()), Files.readString(file));
            try (Trial trial = Trial.of(List.of(read), secrets, EventCatalog.bundled())) {
                out.println(file + ": " + String.join(", ", trial.routes()));
            } catch (RouteFileException e) {
                good = false;
                out.println(problem(file, e));
            }
        }
        out.flush();
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** As compilers write it, so that editors find the place. */
    static String problem(Path file, RouteFileException e) {
        return file + (e.line() > 0 ? ":" + e.line() : "") + ": " + e.getMessage();
    }
}
