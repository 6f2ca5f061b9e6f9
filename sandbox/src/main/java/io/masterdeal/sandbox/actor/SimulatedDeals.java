package io.masterdeal.sandbox.actor;

import io.masterdeal.sandbox.system.Change;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The deals of running stories, by the correlation id of their story. Thread-safe. */
public final class SimulatedDeals {
    private final Map<String, SimulatedDeal> byCorrelation = new ConcurrentHashMap<>();

    /**
     * Adds a deal.
     *
     * @param deal the deal
     */
    public void open(SimulatedDeal deal) {
        byCorrelation.put(String.valueOf(deal.context().correlationId()), deal);
    }

    /**
     * Removes a deal.
     *
     * @param correlationId of the story
     */
    public void close(String correlationId) {
        byCorrelation.remove(correlationId);
    }

    /**
     * The deal of a story, or a new one without traits if the story was started by hand.
     *
     * @param correlationId of the story
     * @return its deal
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
     * Finds the deal of a story.
     *
     * @param correlationId of the story
     * @return its deal; empty if the story is not running
     */
    public Optional<SimulatedDeal> find(String correlationId) {
        return Optional.ofNullable(byCorrelation.get(correlationId));
    }
}
