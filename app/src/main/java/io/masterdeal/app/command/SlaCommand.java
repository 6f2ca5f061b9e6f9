package io.masterdeal.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "sla",
        mixinStandardHelpOptions = true,
        description = "Shows the clocks of a deal; checks and tries SLA policies before a platform uses them.",
        subcommands = {SlaShowCommand.class, SlaCheckCommand.class, SlaTryCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; the message says why", "2:wrong usage"})
final class SlaCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: show, check or try.");
    }
}
