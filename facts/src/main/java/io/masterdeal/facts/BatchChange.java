package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.util.Collection;
import java.util.HashSet;
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

    /** The objects of the new facts that count. */
    Set<ObjectKey> standingObjects() {
        Set<ObjectKey> objects = new HashSet<>();
        standing.forEach(each -> objects.add(each.fact().subject()));
        return objects;
    }

    /** The objects of all new facts, and of those that were taken back. */
    Set<ObjectKey> toldObjects() {
        Set<ObjectKey> objects = new HashSet<>();
        fresh.stream()
                .filter(ReceivedStatement::isFact)
                .forEach(each -> objects.add(each.fact().subject()));
        takenBack.forEach(fact -> objects.add(fact.subject()));
        return objects;
    }
}
