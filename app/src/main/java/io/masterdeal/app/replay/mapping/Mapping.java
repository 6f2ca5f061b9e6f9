package io.masterdeal.app.replay.mapping;

import java.util.List;
import java.util.UUID;

/**
 * A mapping of format 1, checked: every name in its templates is known and every event type it emits is declared.
 *
 * @param namespace the namespace of the ids of events and of correlation ids
 * @param sources the logs it reads, at least one; the events are those of all of them together
 */
public record Mapping(UUID namespace, List<Source> sources) {

    /** Keeps its own copy of the list. */
    public Mapping {
        sources = List.copyOf(sources);
    }
}
