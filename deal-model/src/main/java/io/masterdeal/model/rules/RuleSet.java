package io.masterdeal.model.rules;

import io.masterdeal.model.ObjectKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How statuses become a stage.
 *
 * @param name what it is called, {@code default}
 * @param version counts the changes of the rule set of that name, from 1
 * @param kinds the statuses of each kind that a condition may read; objects of other kinds are kept, and decide nothing
 * @param stages first to last; a deal is in the last one whose condition holds
 * @param kindsRead the kinds whose statuses decide something, derived: a change of any other object never changes a stage
 * @param meaning the same for two rule sets of one name and version if they give every deal the same answer by their form, derived
 *     ({@link RuleSetMeaning})
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
     * @throws RuleSetException if a condition names what there is not, or a stage can never be reached
     */
    public RuleSet {
        kinds = Map.copyOf(kinds);
        stages = List.copyOf(stages);
        new RuleSetCheck(kinds, stages).run();
        kindsRead = kindsRead(stages);
        meaning = RuleSetMeaning.of(name, version, kinds, stages, kindsRead);
    }

    /** The same, with the kinds and the meaning derived. */
    public RuleSet(String name, int version, Map<ObjectKind, StatusModel> kinds, List<Stage> stages) {
        this(name, version, kinds, stages, Set.of(), NO_MEANING);
    }

    /** What answers are said to be made with: {@code default@1}. */
    public String label() {
        return name + "@" + version;
    }

    /** What tells this rule set from every other that may answer otherwise: name, version and meaning. */
    public String identity() {
        return label() + "#" + meaning;
    }

    /** The statuses of a kind; without any if the rule set does not know the kind. */
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

    /** The conditions of which a condition is built. */
    static Stream<Condition> leaves(Condition condition) {
        return switch (condition) {
            case Condition.All all -> all.of().stream().flatMap(RuleSet::leaves);
            case Condition.Any any -> any.of().stream().flatMap(RuleSet::leaves);
            default -> Stream.of(condition);
        };
    }

    /** Where a stage stands, from 1; 0 is {@link Stage#NONE}. -1 if this rule set has no such stage. */
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

    /** The last stage: a deal that reaches it is won, unless its root says otherwise. */
    public Stage finalStage() {
        return stages.getLast();
    }
}
