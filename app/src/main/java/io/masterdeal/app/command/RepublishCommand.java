package io.masterdeal.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "republish",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes every deal once more, as a snapshot with its next revision, and waits until all are written.",
            "For consumers that may have missed events: a snapshot tells them to ignore any gap before it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; the message says why", "2:wrong usage"})
final class RepublishCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        new RepairRequest(data.path())
                .run("republish", reason, spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
