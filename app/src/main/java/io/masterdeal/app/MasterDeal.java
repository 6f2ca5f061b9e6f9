package io.masterdeal.app;

import io.masterdeal.app.command.RootCommand;
import io.masterdeal.worker.WorkerDeaths;
import picocli.CommandLine;

/** The program {@code masterdeal}: the launcher script of that name hands over to {@link #main}. */
public final class MasterDeal {
    private MasterDeal() {}

    /**
     * Runs the command given by {@code args} and ends the process with its exit code.
     *
     * @param args as typed by the user, relative paths being relative to the user's working directory
     */
    public static void main(String[] args) {
        WorkerDeaths.endProcess();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return RootCommand.commandLine();
    }
}
