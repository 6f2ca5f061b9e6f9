package io.masterdeal.service.commands;

/** Starts and stops what this package does, and tells how much there is to do. */
public final class Commanding {

    private final Dispatcher dispatcher;

    private final EffectTable effects;

    Commanding(Dispatcher dispatcher, EffectTable effects) {
        this.dispatcher = dispatcher;
        this.effects = effects;
    }

    /** Begins to send effects. */
    public void start() {
        dispatcher.start();
    }

    /** Takes no more of them and waits, up to 24 s, for answers that are under way. */
    public void stop() throws InterruptedException {
        dispatcher.stop();
    }

    /** How many effects are to be sent, now or again later, or are under way; of all processes together. */
    public long pending() {
        return effects.pending();
    }
}
