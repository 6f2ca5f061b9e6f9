package io.masterdeal.facts.whatif;

import org.jspecify.annotations.Nullable;

/**
 * Which deals a trial is about.
 *
 * @param stage those in this stage by the rule set in use; null for any
 * @param outcome those with this outcome by it; null for any
 */
public record TrialFilter(@Nullable String stage, @Nullable String outcome) {

    /** All deals. */
    public static final TrialFilter ALL = new TrialFilter(null, null);

    boolean fits(StageByRules standing) {
        return (stage == null || stage.equals(standing.stage()))
                && (outcome == null || outcome.equals(standing.outcome()));
    }
}
