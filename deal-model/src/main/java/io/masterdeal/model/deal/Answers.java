package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What all facts together say.
 *
 * @param deals each deal by its root
 * @param orphans objects that reach no root, with the number of their facts: they wait for a link
 * @param conflicts event ids that came with more than one content, with the number of contents; sorted as texts
 * @param facts how many facts count
 */
public record Answers(
        SortedMap<ObjectKey, Deal> deals,
        SortedMap<ObjectKey, Integer> orphans,
        SortedMap<UUID, Integer> conflicts,
        int facts) {}
