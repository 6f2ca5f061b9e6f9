package io.masterdeal.sandbox.actor;

import io.masterdeal.sandbox.system.Change;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What people know of a deal beside what their systems say: the story they play with it. Thread-safe. */
public final class SimulatedDeal {
    private final String key;
    private final Change.Context context;
    private final Set<Trait> traits;
    private final long seed;
    private final ConcurrentSkipListSet<String> varieties = new ConcurrentSkipListSet<>();
    private final AtomicInteger atWork = new AtomicInteger();
    private final CountDownLatch scriptEnded = new CountDownLatch(1);

    /**
     * Opens a file.
     *
     * @param key of the deal
     * @param context of the story: its correlation id and trace
     * @param traits what is special
     * @param seed all chance in the story follows from it
     */
    public SimulatedDeal(String key, Change.Context context, Set<Trait> traits, long seed) {
        this.key = key;
        this.context = context;
        this.traits = Set.copyOf(traits);
        this.seed = seed;
    }

    /**
     * The deal.
     *
     * @return its key
     */
    public String key() {
        return key;
    }

    /**
     * The deal.
     *
     * @return the id in its key
     */
    public String id() {
        return key.substring(key.lastIndexOf(':') + 1);
    }

    /**
     * The story.
     *
     * @return its correlation id and trace, without a cause
     */
    public Change.Context context() {
        return context;
    }

    /**
     * A change for this deal.
     *
     * @return one that sets nothing
     */
    public Change change() {
        return Change.of(context);
    }

    /**
     * A change for this deal.
     *
     * @param cause id of the event that caused it
     * @return one that sets nothing
     */
    public Change changeBecauseOf(String cause) {
        return Change.of(context.causedBy(cause));
    }

    /**
     * Whether something is special.
     *
     * @param trait what
     * @return true if it is
     */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /**
     * Chance for one part of the story, the same at every run with the seed.
     *
     * @param who whose it is
     * @return a new source
     */
    public Random random(String who) {
        return new Random(seed * 31 + who.hashCode());
    }

    /**
     * Notes that something out of the ordinary happened.
     *
     * @param variety a few words with hyphens
     */
    public void note(String variety) {
        varieties.add(variety);
    }

    /**
     * What happened that is out of the ordinary.
     *
     * @return a copy
     */
    public SortedSet<String> varieties() {
        return new TreeSet<>(varieties);
    }

    /** Tells those who only follow the deal that nothing more will be done. */
    public void endScript() {
        scriptEnded.countDown();
    }

    /**
     * Whether the script is played to its end.
     *
     * @return true if nothing more will be done but by those at work
     */
    public boolean scriptEnded() {
        return scriptEnded.getCount() == 0;
    }

    /**
     * Whether somebody is still at work for the deal beside the script.
     *
     * @return true if so
     */
    public boolean busy() {
        return atWork.get() > 0;
    }

    void begin() {
        atWork.incrementAndGet();
    }

    void end() {
        atWork.decrementAndGet();
    }
}
