package io.masterdeal.app.command;

import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The policies that a command looks at before a platform uses them. */
final class SlaFileOptions {

    @Parameters(paramLabel = "FILE", description = "The policies: YAML, or 'default' for the bundled ones.")
    private String policies = "";

    @Option(
            names = "--calendars",
            paramLabel = "FILE",
            description = "The calendars that the policies name (default: the bundled ones).")
    private @Nullable String calendars;

    @Option(
            names = "--rules",
            paramLabel = "NAME|FILE",
            description = "The rule set whose stages and statuses they name (default: default).")
    private @Nullable String rules;

    /** The name or file of the policies. */
    String policies() {
        return policies;
    }

    /** The name or file of the calendars, if one is given. */
    @Nullable
    String calendars() {
        return calendars;
    }

    /** Whether a rule set is given. */
    boolean hasRules() {
        return rules != null;
    }

    /**
     * The rule set.
     *
     * @throws io.masterdeal.rulesets.InvalidRuleSetException if there is none, or something is wrong with it
     */
    RuleSet rules() {
        return RuleSets.load(rules == null ? "default" : rules);
    }

    /**
     * The policies with their calendars.
     *
     * @throws io.masterdeal.rulesets.sla.InvalidSlaFileException if they cannot be used; says file, line and reason
     */
    SlaEvaluator load(RuleSet ruleSet) {
        return SlaFiles.load(policies, calendars == null ? SlaFiles.DEFAULT : calendars, ruleSet);
    }
}
