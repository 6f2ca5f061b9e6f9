package io.masterdeal.model.deal;

import io.masterdeal.model.rules.Condition;
import java.util.List;
import java.util.UUID;

/**
 * Whether a condition holds, and why.
 *
 * @param holds whether the condition holds
 * @param evidence ids of the facts that decide it, sorted: the smallest sufficient set, where every choice (one of the
 *     conditions of an "any", one object of several) takes the smaller set, or of sets of equal size the one with lower ids
 * @param unmet the parts of the condition that do not hold but have to; empty if the condition holds
 */
public record Finding(boolean holds, List<UUID> evidence, List<Condition> unmet) {

    /** Copies the lists. */
    public Finding {
        evidence = List.copyOf(evidence);
        unmet = List.copyOf(unmet);
    }
}
