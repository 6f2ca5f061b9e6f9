package io.masterdeal.app.command;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "link",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a link that lets one person in to the console of a running platform, once and within five minutes.",
            "Whoever opens it first is let in, and types a name. The platform keeps only a hash of the link."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal console link                    with the right of an operator",
            "  ./masterdeal console link --right viewer     for somebody who only looks"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed",
            "1:failed, or the output is no terminal; the message says what to do",
            "2:wrong usage"
        })
final class ConsoleLinkCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--right",
            paramLabel = "RIGHT",
            defaultValue = "operator",
            description = "viewer or operator (default: operator). An admin needs a key: see './masterdeal keys'.")
    private String right = "operator";

    @Option(
            names = "--force",
            description = "Print it although the output is no terminal. Whoever can read the output can log in.")
    private boolean force;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        if (!right.equals("viewer") && !right.equals("operator")) {
            throw new ParameterException(spec.commandLine(), "--right is viewer or operator, not '" + right + "'.");
        }
        PlatformAddresses running = PlatformAddresses.read(data.path());
        if (running.console() == null) {
            throw new PlatformException(
                    "the platform with data directory " + data.path() + " does not run the console");
        }
        if (!force && !ConsoleLinks.isTerminal()) {
            throw new PlatformException("a link lets in whoever reads it, so it is printed to a terminal only."
                    + " Run this in one, or add --force.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(ConsoleLinks.make(running.console(), running.apiKeys(), right));
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
