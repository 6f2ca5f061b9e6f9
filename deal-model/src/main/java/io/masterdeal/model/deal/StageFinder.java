package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.model.rules.StatusModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the stage for the statuses of one instant, and the reasons. */
final class StageFinder {

    private final RuleSet rules;

    private final ConditionEvaluator evaluator;

    StageFinder(RuleSet rules, ConditionEvaluator evaluator) {
        this.rules = rules;
        this.evaluator = evaluator;
    }

    /**
     * The current stage.
     *
     * @param stage its name
     * @param gaps lower stages whose condition does not hold
     * @param findings of every stage, or only of the current one
     */
    record Found(String stage, List<String> gaps, Map<String, Finding> findings) {}

    /**
     * Finds the current stage.
     *
     * @param all whether to explain every stage, which costs more
     */
    Found find(boolean all) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        String stage = Stage.NONE;
        List<String> unmet = new ArrayList<>();
        int gaps = 0;
        for (Stage each : rules.stages()) {
            if (all) {
                findings.put(each.name(), evaluator.explain(each.when()));
            }
            if (evaluator.holds(each.when())) {
                stage = each.name();
                gaps = unmet.size();
                if (!all) {
                    findings = Map.of(stage, evaluator.explain(each.when()));
                }
            } else {
                unmet.add(each.name());
            }
        }
        return new Found(stage, unmet.subList(0, gaps), findings);
    }

    /** The step from a stage to the one after all facts of an instant; null if they are the same. */
    @Nullable
    TimelineStep step(String before, Instant at) {
        String now = Stage.NONE;
        for (Stage stage : rules.stages().reversed()) {
            if (evaluator.holds(stage.when())) {
                now = stage.name();
                break;
            }
        }
        int change = rules.rank(now) - rules.rank(before);
        if (change == 0) {
            return null;
        }
        Direction direction = change > 0 ? Direction.FORWARD : Direction.BACKWARD;
        Stream<Condition> deciding = change > 0 ? condition(now) : Stream.concat(condition(now), condition(before));
        return new TimelineStep(
                now,
                at,
                direction,
                ConditionEvaluator.union(
                        deciding.map(it -> evaluator.explain(it).evidence())));
    }

    private Stream<Condition> condition(String stage) {
        return rules.stages().stream().filter(it -> it.name().equals(stage)).map(Stage::when);
    }

    /**
     * The outcome of a deal.
     *
     * @param root the status of its root; null if it has none
     * @param stage its current stage
     */
    Outcome outcome(@Nullable CurrentStatus root, String stage) {
        StatusModel statuses = rules.statuses(ObjectKind.DEAL);
        Outcome said = root == null ? null : statuses.outcomes().get(root.status());
        if (said != null) {
            return said;
        }
        return stage.equals(rules.finalStage().name()) ? Outcome.WON : Outcome.OPEN;
    }
}
