package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import java.util.SortedMap;
import java.util.UUID;

/**
 * The result of all facts together.
 *
 * @param deals deals by root
 * @param orphans objects that reach no root and wait for a link, with the number of their facts
 * @param conflicts event ids used with more than one content, with the number of contents; sorted as text
 * @param facts number of facts that are not retracted
 */
public record Answers(
        SortedMap<ObjectKey, Deal> deals,
        SortedMap<ObjectKey, Integer> orphans,
        SortedMap<UUID, Integer> conflicts,
        int facts) {}
