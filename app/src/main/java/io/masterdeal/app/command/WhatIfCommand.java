package io.masterdeal.app.command;

import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.app.ask.WhatIfListing;
import io.masterdeal.app.replay.ProgressLine;
import io.masterdeal.app.trial.RuleSetTrial;
import io.masterdeal.rulesets.RuleSets;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** The command {@code what-if}. */
@Command(
        name = "what-if",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what another rule set would make of the deals of a running platform: how many would be in another stage, or"
                    + " have another outcome or other gaps, and why. Nothing is changed.",
            "The platform judges its deals in the background, slowly while events come in. If this command is ended before, it goes on."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal what-if our-rules.yaml",
            "  ./masterdeal what-if strict-table --stage offer_ready --limit 20"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown, whether any deal would change or not",
            "1:the rule set cannot be used, another trial runs, or it failed; the message says why",
            "2:wrong usage"
        })
final class WhatIfCommand implements Callable<Integer> {

    private static final int MOST = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME|FILE",
            description = "The rule set: default, strict-table, strict-pipeline or a YAML file.")
    private String rules = "";

    @Option(names = "--stage", paramLabel = "STAGE", description = "Only deals that are in this stage now.")
    private @Nullable String stage;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only deals that have this outcome now: open, won, lost, cancelled.")
    private @Nullable String outcome;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of the changed deals to show, 0 to 100 (default: 10).")
    private int limit = 10;

    @Option(names = "--json", description = "Print the answer of the API instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 0 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit is 0 to " + MOST + ", not " + limit + ".");
        }
        // Fails before anybody is asked.
        String text = RuleSets.loadFile(rules).text();
        RuleSetTrial trial = new RuleSetTrial(
                RoleClients.service(data.path(), "operator"),
                new ProgressLine(spec.commandLine().getErr(), isTerminal()));
        JsonNode job = trial.run(text, stage, outcome);
        print(json ? List.of(job.toString()) : WhatIfListing.lines(terminal(), job, limit));
        return CommandLine.ExitCode.OK;
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private TerminalText terminal() {
        return new TerminalText(spec.commandLine().getColorScheme().ansi());
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
