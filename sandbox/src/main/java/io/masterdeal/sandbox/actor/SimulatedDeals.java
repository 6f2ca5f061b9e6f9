package io.masterdeal.sandbox.actor;

import io.masterdeal.sandbox.system.Change;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The openDeals of all deals in play, found by the correlation id of their story. Thread-safe. */
public final class SimulatedDeals {
    private final Map<String, SimulatedDeal> byCorrelation = new ConcurrentHashMap<>();

    /**
     * Opens a file for all to see.
     *
     * @param deal the file
     */
    public void open(SimulatedDeal deal) {
        byCorrelation.put(String.valueOf(deal.context().correlationId()), deal);
    }

    /**
     * Puts a file away.
     *
     * @param correlationId of the story
     */
    public void close(String correlationId) {
        byCorrelation.remove(correlationId);
    }

    /**
     * The file of a story; of one that is played by hand a new one, with nothing special in it.
     *
     * @param correlationId of the story
     * @return its file
     */
    public SimulatedDeal of(String correlationId) {
        return find(correlationId)
                .orElseGet(() -> new SimulatedDeal(
                        "crm:deal:unknown",
                        new Change.Context(correlationId, null, null),
                        Set.of(),
                        correlationId.hashCode()));
    }

    /**
     * Looks for the file of a story.
     *
     * @param correlationId of the story
     * @return its file; empty if nobody plays it
     */
    public Optional<SimulatedDeal> find(String correlationId) {
        return Optional.ofNullable(byCorrelation.get(correlationId));
    }
}
