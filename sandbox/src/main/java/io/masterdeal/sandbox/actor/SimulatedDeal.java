package io.masterdeal.sandbox.actor;

import io.masterdeal.sandbox.call.DealStanding;
import io.masterdeal.sandbox.call.SlaClock;
import io.masterdeal.sandbox.system.Change;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A deal of the simulation: its story, and what happened in it. Thread-safe. */
public final class SimulatedDeal {
    private final String key;
    private final Change.Context context;
    private final Set<Trait> traits;
    private final long seed;
    private final ConcurrentSkipListSet<String> varieties = new ConcurrentSkipListSet<>();
    private final Map<String, List<SlaClock>> slaReadBy = new ConcurrentHashMap<>();
    private final AtomicInteger atWork = new AtomicInteger();
    private final CountDownLatch scriptEnded = new CountDownLatch(1);

    /**
     * Creates a deal.
     *
     * @param key of the deal
     * @param context of the story: its correlation id and trace
     * @param traits its special traits
     * @param seed the seed of all random choices in the story
     */
    public SimulatedDeal(String key, Change.Context context, Set<Trait> traits, long seed) {
        this.key = key;
        this.context = context;
        this.traits = Set.copyOf(traits);
        this.seed = seed;
    }

    /**
     * The key of the deal.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * The id in the key of the deal.
     *
     * @return the id
     */
    public String id() {
        return key.substring(key.lastIndexOf(':') + 1);
    }

    /**
     * The context of the story.
     *
     * @return its correlation id and trace, without a cause
     */
    public Change.Context context() {
        return context;
    }

    /**
     * Creates a change for this deal.
     *
     * @return a change that sets nothing
     */
    public Change change() {
        return Change.of(context);
    }

    /**
     * A change for this deal.
     *
     * @param cause id of the event that caused it
     * @return a change that sets nothing
     */
    public Change changeBecauseOf(String cause) {
        return Change.of(context.causedBy(cause));
    }

    /**
     * Whether the deal has a trait.
     *
     * @param trait the trait
     * @return true if it is
     */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /**
     * Random numbers for one part of the story, the same in every run with the same seed.
     *
     * @param who the name of the part
     * @return a new source
     */
    public Random random(String who) {
        return new Random(seed * 31 + who.hashCode());
    }

    /**
     * Notes that something unusual happened.
     *
     * @param variety a few words with hyphens
     */
    public void note(String variety) {
        varieties.add(variety);
    }

    /**
     * The unusual things that happened.
     *
     * @return a copy
     */
    public SortedSet<String> varieties() {
        return new TreeSet<>(varieties);
    }

    /**
     * Keeps what a system read about the clocks of the deal, and notes whether one is at risk or breached.
     *
     * @param domain the system
     * @param standing the answer of MasterDeal
     */
    public void read(String domain, DealStanding standing) {
        slaReadBy.put(domain, standing.sla());
        if (standing.atRisk()) {
            note("sla-at-risk");
        }
        if (standing.breached()) {
            note("sla-breached");
        }
    }

    /**
     * What each system last read about the clocks of the deal.
     *
     * @return a copy, by domain
     */
    public Map<String, List<SlaClock>> slaReadBy() {
        return new TreeMap<>(slaReadBy);
    }

    /** Signals that the script has ended, so that whoever only follows the deal can stop. */
    public void endScript() {
        scriptEnded.countDown();
    }

    /**
     * Whether the script has ended.
     *
     * @return true if only work that has already started will still happen
     */
    public boolean scriptEnded() {
        return scriptEnded.getCount() == 0;
    }

    /**
     * Whether work besides the script is still running for the deal.
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
