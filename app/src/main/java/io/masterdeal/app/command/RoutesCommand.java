package io.masterdeal.app.command;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "routes",
        mixinStandardHelpOptions = true,
        description = "Tries routes from and to systems that do not send MasterDeal's events, before they run.",
        subcommands = {RoutesTryCommand.class, RoutesCheckCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no errors",
            "1:something failed, or a file cannot be used; the output says what",
            "2:wrong usage"
        })
final class RoutesCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Standard output is for the result, which has all that matters of Camel's log. */
    static void quietenCamel() {
        LoggingSystem.get(RoutesCommand.class.getClassLoader()).setLogLevel("org.apache.camel", LogLevel.OFF);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: try or check.");
    }
}
