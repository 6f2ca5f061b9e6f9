package io.masterdeal.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "sla",
        mixinStandardHelpOptions = true,
        description = "Checks SLA policies before a platform uses them.",
        subcommands = {SlaCheckCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the file can be used", "1:it cannot; the message says where and why", "2:wrong usage"})
final class SlaCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: check.");
    }
}
