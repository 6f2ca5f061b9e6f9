package io.masterdeal.model.proof;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Rule sets of one stage with a random condition over the usual kinds. The same seed gives the same one. */
public final class RandomConditions {

    /** Few, so that the parts of a condition get in each other's way. */
    private static final List<ObjectKind> KINDS =
            List.of(RuleSets.CONTRACT, RuleSets.CONTRACT, RuleSets.CASE, RuleSets.CASE, RuleSets.PLAN, ObjectKind.DEAL);

    private final Random random;

    private RandomConditions(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    public static RuleSet of(long seed) {
        RandomConditions conditions = new RandomConditions(seed);
        return new RuleSet("random", 1, RuleSets.KINDS, List.of(new Stage("stage", conditions.condition(2))));
    }

    private Condition condition(int depth) {
        int which = random.nextInt(depth == 0 ? 5 : 10);
        return switch (which) {
            case 0 -> new Condition.Ever(status(ObjectKind.DEAL), random.nextBoolean());
            case 1 -> {
                ObjectKind kind = kind();
                yield new Condition.Some(kind, status(kind));
            }
            case 2, 3 -> {
                ObjectKind kind = kind();
                yield new Condition.Every(kind, status(kind), status(kind));
            }
            case 4 -> {
                ObjectKind kind = kind();
                ObjectKind bearing = kind();
                yield new Condition.For(kind, status(kind), bearing, status(bearing));
            }
            case 5, 6, 7 -> new Condition.All(parts(depth));
            default -> new Condition.Any(parts(depth));
        };
    }

    private List<Condition> parts(int depth) {
        return Stream.generate(() -> condition(depth - 1))
                .limit(2 + random.nextInt(2))
                .toList();
    }

    private ObjectKind kind() {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    private String status(ObjectKind kind) {
        List<String> order = RuleSets.DEFAULT.statuses(kind).order();
        return order.get(random.nextInt(order.size()));
    }
}
