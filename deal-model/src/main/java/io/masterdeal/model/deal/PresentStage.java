package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import java.util.List;
import java.util.Map;

/**
 * Where a deal stands now by a rule set, whichever rule set its state was folded with: the statuses in a state are the same for all of
 * them. It has no timeline, because the past of the stage follows from the facts alone.
 *
 * @param stage the highest stage whose condition holds; {@code none} if none does
 * @param outcome how the deal ended, if it has ended
 * @param gaps lower stages whose condition does not hold, from first to last
 * @param contradictory whether it is in the final stage, and yet lost or cancelled
 * @param findings by stage, from first to last: whether its condition holds now, and why; of {@link #of} only that of {@code stage}
 */
public record PresentStage(
        String stage, Outcome outcome, List<String> gaps, boolean contradictory, Map<String, Finding> findings) {

    /** Copies the gaps. */
    public PresentStage {
        gaps = List.copyOf(gaps);
    }

    /**
     * Finds where a deal stands.
     *
     * @param root the key of the deal
     * @param rules any rule set
     * @param state of all facts of the deal
     */
    public static PresentStage of(ObjectKey root, RuleSet rules, DealState state) {
        return of(root, rules, state, false);
    }

    /**
     * Finds where a deal stands, and explains every stage. It costs more than {@link #of}.
     *
     * @param root the key of the deal
     * @param rules any rule set
     * @param state of all facts of the deal
     */
    public static PresentStage explained(ObjectKey root, RuleSet rules, DealState state) {
        return of(root, rules, state, true);
    }

    private static PresentStage of(ObjectKey root, RuleSet rules, DealState state, boolean all) {
        StatusView view = new StatusView(rules, new Reachability(state.members()));
        view.restore(state.current(), state.ever());
        StageFinder stages = new StageFinder(rules, new ConditionEvaluator(view));
        StageFinder.Found found = stages.find(all);
        Outcome outcome = stages.outcome(view.current.get(root), found.stage());
        boolean ended = outcome == Outcome.LOST || outcome == Outcome.CANCELLED;
        return new PresentStage(
                found.stage(),
                outcome,
                found.gaps(),
                ended && found.stage().equals(rules.finalStage().name()),
                found.findings());
    }
}
