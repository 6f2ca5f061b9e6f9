package io.masterdeal.facts.whatif;

import io.masterdeal.model.deal.Judgement;
import java.util.List;
import java.util.Locale;

/**
 * Where a deal stands by a rule set.
 *
 * @param stage the stage; {@code none} if no condition holds
 * @param outcome open, won, lost or cancelled
 * @param gaps lower stages whose condition does not hold, from first to last
 * @param contradictory whether it is in the final stage, and yet lost or cancelled
 */
public record StandingByRules(String stage, String outcome, List<String> gaps, boolean contradictory) {

    /** Copies the gaps. */
    public StandingByRules {
        gaps = List.copyOf(gaps);
    }

    static StandingByRules of(Judgement judgement) {
        return new StandingByRules(
                judgement.stage(),
                judgement.outcome().name().toLowerCase(Locale.ROOT),
                judgement.gaps(),
                judgement.contradictory());
    }
}
