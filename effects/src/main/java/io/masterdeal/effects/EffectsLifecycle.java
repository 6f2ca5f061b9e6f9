package io.masterdeal.effects;

import io.masterdeal.contracts.catalog.EventCatalog;
import org.jspecify.annotations.Nullable;

/** Starts and stops what this package does, and tells how much there is to do. */
public final class EffectsLifecycle {

    private final Dispatcher dispatcher;

    private final EffectTable effects;

    private final EffectRetention retention;

    private final @Nullable Queues queues;

    /** The task queues whose tasks are attempts of effects. */
    record Queues(AttemptQueue attempts, SlaQueue told) {}

    /**
     * @param queues null if nothing is sent
     */
    EffectsLifecycle(Dispatcher dispatcher, EffectTable effects, EffectRetention retention, @Nullable Queues queues) {
        this.queues = queues;
        this.dispatcher = dispatcher;
        this.retention = retention;
        this.effects = effects;
    }

    /**
     * Checks whether reactions can be used, before anything is started for them.
     *
     * @param nameOrFile {@code bundled}, {@code none}, or the path of a YAML file
     * @param catalog the types of events there are
     * @throws InvalidReactionsException if they cannot; says file, line and reason
     */
    public static void check(String nameOrFile, EventCatalog catalog) {
        ReactionFile.load(nameOrFile, catalog);
    }

    /** Begins to send effects, and to delete old ones. */
    public void start() {
        if (queues != null) {
            queues.attempts().start(dispatcher::attempt);
            queues.told().start(dispatcher::attempt);
        }
        dispatcher.start();
        retention.start();
    }

    /** Sends no more effects and waits, up to a minute and a half, for the requests under way. */
    public void stop() throws InterruptedException {
        retention.stop();
        if (queues != null) {
            queues.told().stop();
            queues.attempts().stop();
        }
        dispatcher.stop();
    }

    /** How many effects are to be sent, now or later, or are under way, in all processes together. */
    public long pending() {
        return effects.pending();
    }
}
