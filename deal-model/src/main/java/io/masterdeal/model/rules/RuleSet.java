package io.masterdeal.model.rules;

import io.masterdeal.model.ObjectKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The rules that derive the stage of a deal from the statuses of its objects.
 *
 * @param name its name, such as {@code default}
 * @param version version of the rule set with that name, from 1
 * @param kinds the statuses of each kind that a condition may read; objects of other kinds are kept but have no effect
 * @param stages from first to last; a deal is in the last stage whose condition holds
 * @param kindsRead derived: the kinds whose statuses can affect a stage
 * @param meaning derived: equal for two rule sets of the same name and version whose normal form is equal, so that they give
 *     every deal the same answer ({@link RuleSetMeaning})
 */
public record RuleSet(
        String name,
        int version,
        Map<ObjectKind, StatusModel> kinds,
        List<Stage> stages,
        Set<ObjectKind> kindsRead,
        UUID meaning) {

    private static final UUID NO_MEANING = new UUID(0, 0);

    private static final StatusModel NO_STATUSES = new StatusModel(List.of(), Set.of(), Map.of(), Set.of());

    /**
     * @throws RuleSetException if a condition names an unknown kind or status, or a stage can never be reached
     */
    public RuleSet {
        kinds = Map.copyOf(kinds);
        stages = List.copyOf(stages);
        new RuleSetCheck(kinds, stages).run();
        kindsRead = kindsRead(stages);
        meaning = RuleSetMeaning.of(name, version, kinds, stages, kindsRead);
    }

    /** Creates a rule set; {@code kindsRead} and {@code meaning} are derived. */
    public RuleSet(String name, int version, Map<ObjectKind, StatusModel> kinds, List<Stage> stages) {
        this(name, version, kinds, stages, Set.of(), NO_MEANING);
    }

    /** The name and version that answers carry: {@code default@1}. */
    public String label() {
        return name + "@" + version;
    }

    /** Distinguishes this rule set from every other one that may give other answers: name, version and meaning. */
    public String identity() {
        return label() + "#" + meaning;
    }

    /** The statuses of a kind; empty if the rule set does not know the kind. */
    public StatusModel statuses(ObjectKind kind) {
        return kinds.getOrDefault(kind, NO_STATUSES);
    }

    private static Set<ObjectKind> kindsRead(List<Stage> stages) {
        Set<ObjectKind> read = new HashSet<>(Set.of(ObjectKind.DEAL));
        stages.forEach(stage -> leaves(stage.when()).forEach(leaf -> {
            switch (leaf) {
                case Condition.Some some -> read.add(some.kind());
                case Condition.Every every -> read.add(every.kind());
                case Condition.For pair -> {
                    read.add(pair.kind());
                    read.add(pair.bearing());
                }
                case Condition.Ever _, Condition.All _, Condition.Any _ -> {}
            }
        }));
        return Set.copyOf(read);
    }

    /** The conditions within a condition that are neither {@code all} nor {@code any}. */
    static Stream<Condition> leaves(Condition condition) {
        return switch (condition) {
            case Condition.All all -> all.of().stream().flatMap(RuleSet::leaves);
            case Condition.Any any -> any.of().stream().flatMap(RuleSet::leaves);
            default -> Stream.of(condition);
        };
    }

    /** The position of a stage, from 1; 0 for {@link Stage#NONE}; -1 if this rule set has no such stage. */
    public int rank(String stage) {
        if (stage.equals(Stage.NONE)) {
            return 0;
        }
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).name().equals(stage)) {
                return i + 1;
            }
        }
        return -1;
    }

    /** The last stage. A deal that reaches it is won, unless the status of its root means another outcome. */
    public Stage finalStage() {
        return stages.getLast();
    }
}
