package io.masterdeal.app.command;

import io.masterdeal.model.sla.SlaEvaluator;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks a file of SLA policies against a rule set and calendars. Nothing is started.",
        footer = {"", "Example:", "  ./masterdeal sla check our-policies.yaml --calendars our-calendars.yaml"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the file can be used", "1:it cannot; the message says where and why", "2:wrong usage"})
final class SlaCheckCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SlaFileOptions file = new SlaFileOptions();

    @Override
    public void run() {
        SlaEvaluator evaluator = file.load(file.rules());
        PrintWriter out = spec.commandLine().getOut();
        out.println(evaluator.label() + ": " + String.join(", ", evaluator.policies()));
        out.flush();
    }
}
