package io.masterdeal.model.deal;

import java.util.List;

/**
 * What is missing for the condition of a stage. Each alternative is a set of future facts: added as the newest facts, in the order
 * given, they make the condition hold, and no proper subset of them does. That is verified with the conditions themselves.
 *
 * @param holds whether the condition holds already; then there are no alternatives
 * @param alternatives those with the fewest facts first, then those with the fewest new objects, then by UTF-8 bytes; at most
 *     {@link MissingSearch#MOST_ALTERNATIVES}
 * @param found how many were found
 * @param complete whether the search came to its end. If not, there may be more, and some of them may have fewer facts
 */
public record Missing(boolean holds, List<List<MissingFact>> alternatives, int found, boolean complete) {

    /** Copies the lists. */
    public Missing {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /** Whether there may be alternatives that are not named. */
    public boolean truncated() {
        return !complete || found > alternatives.size();
    }
}
