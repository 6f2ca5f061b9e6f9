package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a batch changes of the facts: all of its phases work on it.
 *
 * @param fresh the statements that were not stored before
 * @param standing the new facts that no retraction reaches
 * @param takenBack stored facts that the new retractions reach
 * @param formerDeals the deals of the subjects of {@code takenBack} before the batch
 */
record BatchChange(
        Collection<ReceivedStatement> fresh,
        List<ReceivedStatement> standing,
        List<Fact> takenBack,
        Map<ObjectKey, Set<UUID>> formerDeals) {

    List<Fact> standingFacts() {
        return standing.stream().map(ReceivedStatement::fact).toList();
    }
}
