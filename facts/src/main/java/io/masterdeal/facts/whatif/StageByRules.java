package io.masterdeal.facts.whatif;

import io.masterdeal.model.deal.PresentStage;
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
public record StageByRules(String stage, String outcome, List<String> gaps, boolean contradictory) {

    /** Copies the gaps. */
    public StageByRules {
        gaps = List.copyOf(gaps);
    }

    static StageByRules of(PresentStage present) {
        return new StageByRules(
                present.stage(),
                present.outcome().name().toLowerCase(Locale.ROOT),
                present.gaps(),
                present.contradictory());
    }
}
