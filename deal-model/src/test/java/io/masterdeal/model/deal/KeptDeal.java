package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.KeptClocks;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaFold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A deal and its clocks as a service keeps them: it folds new facts with as few of the others as possible. */
public final class KeptDeal {

    /** With which facts new ones are folded. */
    public enum How {
        /** With none. */
        APPENDED,
        /** With those after a checkpoint. */
        WITH_LATEST,
        /** With all. */
        WITH_ALL
    }

    private final ObjectKey root;

    private final RuleSet rules;

    private final SlaEvaluator evaluator;

    private final CheckpointSpacing spacing;

    private final List<Fact> facts = new ArrayList<>();

    private final SortedMap<Instant, KeptClocks> keptAt = new TreeMap<>();

    private DealState state;

    private KeptClocks kept = KeptClocks.NONE;

    private How how = How.WITH_ALL;

    private boolean undecided;

    /** A deal without facts. */
    public KeptDeal(ObjectKey root, RuleSet rules, SlaEvaluator evaluator, int spacing) {
        this.root = root;
        this.rules = rules;
        this.evaluator = evaluator;
        this.spacing = new CheckpointSpacing(spacing, spacing / 2);
        this.state = DealFold.of(root, rules, List.of()).state();
    }

    /** All facts so far. */
    public List<Fact> facts() {
        return facts;
    }

    /** How the last facts were folded. */
    public How how() {
        return how;
    }

    /** Whether the kept clocks did not suffice to fold them. */
    public boolean isUndecided() {
        return undecided;
    }

    /** Folds new facts. Returns the clocks, which know the cycles that the new facts can have changed. */
    public SlaFold add(List<Fact> added) {
        facts.addAll(added);
        undecided = false;
        SlaFold clocks = appended(added);
        how = How.APPENDED;
        if (clocks == null) {
            clocks = withLatest(added);
            how = How.WITH_LATEST;
        }
        if (clocks == null) {
            clocks = evaluator.begin(root);
            Instant late = CheckpointSpacing.earliest(added);
            state = DealFold.of(root, rules, facts, new DealLinks(), late, clocks, spacing)
                    .state();
            keptAt.clear();
            how = How.WITH_ALL;
        }
        keptAt.putAll(clocks.keptAt());
        List<Instant> checkpoints =
                state.checkpoints().stream().map(Checkpoint::at).toList();
        keptAt.keySet().retainAll(checkpoints);
        kept = clocks.kept();
        return clocks;
    }

    private @Nullable SlaFold appended(List<Fact> added) {
        SlaFold clocks = state.lastInstant() == null ? evaluator.begin(root) : resumed(kept, state.lastInstant());
        DealFold fold = DealFold.resume(root, rules, state, clocks);
        List<Fact> sorted = added.stream().sorted(DealFold.BY_TIME).toList();
        if (!sorted.stream().allMatch(fold::append) || needsAll(clocks)) {
            return null;
        }
        state = fold.state();
        return clocks;
    }

    private @Nullable SlaFold withLatest(List<Fact> added) {
        Instant after = DealFold.neededAfter(state, added);
        if (after == null) {
            return null;
        }
        List<Fact> latest =
                facts.stream().filter(it -> it.occurredAt().isAfter(after)).toList();
        SlaFold clocks = resumed(Objects.requireNonNull(keptAt.get(after)), after);
        DealFold fold = DealFold.ofLatest(root, rules, state, added, latest, clocks, spacing);
        if (fold == null || needsAll(clocks)) {
            return null;
        }
        state = fold.state();
        keptAt.keySet().removeIf(at -> at.isAfter(after));
        return clocks;
    }

    private boolean needsAll(SlaFold clocks) {
        undecided |= clocks.needsAll();
        return clocks.needsAll();
    }

    private SlaFold resumed(KeptClocks from, Instant at) {
        return Objects.requireNonNull(evaluator.resume(root, from, at), "kept clocks fit their policies");
    }

    /** What is kept at each checkpoint of the deal. */
    public Map<Instant, KeptClocks> keptAt() {
        return keptAt;
    }
}
