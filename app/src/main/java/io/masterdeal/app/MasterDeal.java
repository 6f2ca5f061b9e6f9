package io.masterdeal.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line {@code masterdeal}: the launcher script of that name hands over to {@link #main}. */
@Command(
        name = "masterdeal",
        mixinStandardHelpOptions = true,
        version = "MasterDeal 0.1.0-SNAPSHOT",
        description = "Where every deal stands, and why.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the message says why",
            "2:wrong usage",
            "70:the launcher could not build MasterDeal",
            "78:the launcher found no JDK to run with"
        })
public final class MasterDeal implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * Runs the command given by {@code args} and ends the process with its exit code.
     *
     * @param args as typed by the user, relative paths being relative to the user's working directory
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MasterDeal()).execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command.");
    }
}
