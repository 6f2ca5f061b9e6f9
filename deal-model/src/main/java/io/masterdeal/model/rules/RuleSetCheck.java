package io.masterdeal.model.rules;

import io.masterdeal.model.ObjectKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds errors in a rule set: unknown kinds, statuses without an order, stages that no deal can be in. */
final class RuleSetCheck {

    private final Map<ObjectKind, StatusModel> kinds;

    private final List<Stage> stages;

    RuleSetCheck(Map<ObjectKind, StatusModel> kinds, List<Stage> stages) {
        this.kinds = kinds;
        this.stages = stages;
    }

    void run() {
        if (stages.isEmpty()) {
            throw new RuleSetException("", "stages", "a rule set has at least one stage");
        }
        kinds.forEach((kind, model) -> {
            if (!kind.equals(ObjectKind.DEAL) && !model.outcomes().isEmpty()) {
                String status = model.outcomes().keySet().iterator().next();
                throw new RuleSetException(
                        "", status, "only a " + ObjectKind.DEAL + " has outcomes, '" + status + "' is one of " + kind);
            }
        });
        Set<String> names = new HashSet<>(Set.of(Stage.NONE));
        for (Stage stage : stages) {
            if (!names.add(stage.name())) {
                throw new RuleSetException(
                        stage.name(), stage.name(), "the name is taken ('none' is the stage below all others)");
            }
            check(stage, stage.when());
        }
        for (int low = 0; low < stages.size(); low++) {
            for (int high = low + 1; high < stages.size(); high++) {
                if (implies(stages.get(low).when(), stages.get(high).when())) {
                    throw new RuleSetException(
                            stages.get(low).name(),
                            stages.get(low).name(),
                            "it can never be reached: whenever its condition holds, so does that of the later stage '"
                                    + stages.get(high).name() + "'");
                }
            }
        }
    }

    private void check(Stage stage, Condition condition) {
        switch (condition) {
            case Condition.All all -> checkParts(stage, "all", all.of());
            case Condition.Any any -> checkParts(stage, "any", any.of());
            case Condition.Ever ever -> checkStatus(stage, ObjectKind.DEAL, ever.status());
            case Condition.Some some -> checkStatus(stage, some.kind(), some.reached());
            case Condition.Every every -> {
                checkStatus(stage, every.kind(), every.among());
                checkStatus(stage, every.kind(), every.reached());
            }
            case Condition.For pair -> {
                checkStatus(stage, pair.kind(), pair.reached());
                checkStatus(stage, pair.bearing(), pair.every());
            }
        }
    }

    private void checkParts(Stage stage, String word, List<Condition> parts) {
        if (parts.isEmpty()) {
            throw new RuleSetException(stage.name(), word, "'" + word + "' needs at least one condition");
        }
        parts.forEach(part -> check(stage, part));
    }

    private void checkStatus(Stage stage, ObjectKind kind, String status) {
        StatusModel model = kinds.get(kind);
        if (model == null) {
            throw new RuleSetException(stage.name(), kind.value(), "kind '" + kind + "' is not declared under 'kinds'");
        }
        if (!model.position().containsKey(status)) {
            throw new RuleSetException(
                    stage.name(),
                    status,
                    model.lists(status)
                            ? "status '" + status + "' of " + kind + " stands outside the order, so nothing is at or"
                                    + " past it"
                            : "kind '" + kind + "' has no status '" + status + "'; it has " + model.order());
        }
    }

    /** Whether the form of the conditions alone shows that one implies the other. False if it would take more than that. */
    private boolean implies(Condition one, Condition other) {
        if (one.equals(other)) {
            return true;
        }
        if (other instanceof Condition.All all) {
            return all.of().stream().allMatch(part -> implies(one, part));
        }
        if (one instanceof Condition.Any any) {
            return any.of().stream().allMatch(part -> implies(part, other));
        }
        if (other instanceof Condition.Any any && any.of().stream().anyMatch(part -> implies(one, part))) {
            return true;
        }
        if (one instanceof Condition.All all) {
            return all.of().stream().anyMatch(part -> implies(part, other));
        }
        return switch (other) {
            case Condition.Ever late ->
                one instanceof Condition.Ever early
                        && late.orLater()
                        && isAtOrPast(ObjectKind.DEAL, early.status(), late.status());
            case Condition.Some late -> impliesSome(one, late);
            default -> false;
        };
    }

    private boolean impliesSome(Condition one, Condition.Some late) {
        return switch (one) {
            case Condition.Some early ->
                early.kind().equals(late.kind()) && isAtOrPast(late.kind(), early.reached(), late.reached());
            case Condition.For pair ->
                pair.kind().equals(late.kind()) && isAtOrPast(late.kind(), pair.reached(), late.reached());
            default -> false;
        };
    }

    private boolean isAtOrPast(ObjectKind kind, String status, String milestone) {
        StatusModel model = kinds.get(kind);
        return model != null && model.isAtOrPast(status, milestone);
    }
}
