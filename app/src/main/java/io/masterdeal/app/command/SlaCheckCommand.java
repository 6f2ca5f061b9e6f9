package io.masterdeal.app.command;

import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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

    @Parameters(paramLabel = "FILE", description = "The policies: YAML, or 'default' for the bundled ones.")
    private String policies = "";

    @Option(
            names = "--calendars",
            paramLabel = "FILE",
            description = "The calendars that the policies name (default: the bundled ones).")
    private String calendars = SlaFiles.DEFAULT;

    @Option(
            names = "--rules",
            paramLabel = "NAME|FILE",
            description = "The rule set whose stages and statuses they name (default: default).")
    private String rules = "default";

    @Override
    public void run() {
        SlaEvaluator evaluator = SlaFiles.load(policies, calendars, RuleSets.load(rules));
        PrintWriter out = spec.commandLine().getOut();
        out.println(evaluator.label() + ": " + String.join(", ", evaluator.policies()));
        out.flush();
    }
}
