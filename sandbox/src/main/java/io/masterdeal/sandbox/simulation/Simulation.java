package io.masterdeal.sandbox.simulation;

import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulatedDeals;
import io.masterdeal.sandbox.fault.FaultInjections;
import io.masterdeal.sandbox.notification.ContextOutage;
import io.masterdeal.sandbox.publish.Ledger;
import io.masterdeal.sandbox.publish.Publishers;
import io.masterdeal.sandbox.story.Story;
import io.masterdeal.sandbox.story.StoryPlayer;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.worker.Workers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts deals and plays their stories, one run at a time. */
final class Simulation implements SmartLifecycle {
    /** With so many deals in flight, no new one is started. */
    private static final int MOST_IN_FLIGHT = 2000;

    private static final int MOST_UNSENT = 20_000;
    private static final int MOST_TAGS = 10_000;
    private static final long SWEEP_MS = 1000;

    /** The state of a run. */
    enum State {
        /** Nothing happens. */
        IDLE,
        /** Deals are started. */
        RUNNING,
        /** No more deals are started, but some have not finished. */
        DRAINING
    }

    private final StoryPlayer player;
    private final SimulatedDeals openDeals;
    private final DealRegister register;
    private final Publishers publishers;
    private final Ledger ledger;
    private final FaultInjections faults;
    private final ContextOutage contextOutage;
    private final Set<String> usedTags = new HashSet<>();
    private final Set<Thread> playing = ConcurrentHashMap.newKeySet();
    private @Nullable Run run;
    private @Nullable Thread starter;
    private @Nullable Thread sweeper;

    Simulation(
            StoryPlayer player,
            SimulatedDeals openDeals,
            DealRegister register,
            Publishers publishers,
            Ledger ledger,
            FaultInjections faults,
            ContextOutage contextOutage) {
        this.player = player;
        this.openDeals = openDeals;
        this.register = register;
        this.publishers = publishers;
        this.ledger = ledger;
        this.faults = faults;
        this.contextOutage = contextOutage;
    }

    /**
     * Starts a run.
     *
     * @throws Refusal if one is running, or the tag was used before
     */
    synchronized void begin(RunRequest wanted) {
        // Unsent events before the first run come from calls by others, such as a service that resumes after a kill.
        if (run != null && state() != State.IDLE) {
            throw Refusal.conflict("A run is " + state().name().toLowerCase(Locale.ROOT)
                    + ". End it with DELETE /simulation and wait until it is idle.");
        }
        if (usedTags.contains(wanted.tag())) {
            throw Refusal.conflict("The tag \"" + wanted.tag() + "\" was used before: its deals are there already.");
        }
        if (usedTags.size() >= MOST_TAGS) {
            throw Refusal.conflict("There were " + MOST_TAGS + " runs. Start the sandbox anew.");
        }
        usedTags.add(wanted.tag());
        ledger.resetCounts();
        faults.resetCounts();
        contextOutage.begin(wanted.seed());
        register.resetCounts();
        var next = new Run(wanted);
        run = next;
        Thread begun = Workers.virtual("sandbox-starter", () -> startDeals(next));
        starter = begun;
        begun.start();
    }

    /** Stops starting new deals. */
    synchronized void end() {
        if (starter != null) {
            starter.interrupt();
            starter = null;
        }
    }

    /** The current or last run. */
    synchronized @Nullable Run run() {
        return run;
    }

    /** Correct only if read before the number of unsent events, because a finished deal has emitted all its events. */
    synchronized State state() {
        if (starter != null && starter.isAlive()) {
            return State.RUNNING;
        }
        return register.inFlight() > 0 || publishers.unsent() > 0 ? State.DRAINING : State.IDLE;
    }

    private void startDeals(Run current) {
        RunRequest wanted = current.request();
        long index = 0;
        long due = System.nanoTime();
        try {
            while (wanted.deals() == 0 || index < wanted.deals()) {
                awaitRoom();
                int count = startNext(current, index);
                if (count == 0) {
                    return;
                }
                index += count;
                due = Math.max(due, System.nanoTime() - TimeUnit.SECONDS.toNanos(1))
                        + (long) (count * 1e9 / wanted.rate());
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts one or two deals; none after the run was ended, so that a caller who then sees nothing in flight can rely on it. */
    private synchronized int startNext(Run current, long index) {
        if (starter != Thread.currentThread()) {
            return 0;
        }
        Story story = current.stories().at(index);
        if (story == Story.FRAME_CONTRACT && index + 1 == current.request().deals()) {
            story = Story.STRAIGHT; // There will be no second deal.
        }
        int count = story == Story.FRAME_CONTRACT ? 2 : 1;
        start(current, story, index, count);
        return count;
    }

    private void awaitRoom() throws InterruptedException {
        while (register.inFlight() >= MOST_IN_FLIGHT || publishers.unsent() >= MOST_UNSENT) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void start(Run current, Story story, long index, int count) {
        var deals = new ArrayList<SimulatedDeal>();
        for (int i = 0; i < count; i++) {
            SimulatedDeal deal = newDeal(current.request(), story, index + i);
            openDeals.open(deal);
            register.started(deal, story.text());
            deals.add(deal);
        }
        String neighbour = key(current.request(), index > 0 ? index - 1 : index + 1);
        Workers.virtual("sandbox-story-" + deals.getFirst().id(), () -> play(story, deals, neighbour))
                .start();
    }

    private void play(Story story, List<SimulatedDeal> deals, String neighbour) {
        playing.add(Thread.currentThread());
        try {
            player.play(story, deals, neighbour);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            playing.remove(Thread.currentThread());
            deals.forEach(register::finished);
        }
    }

    private static SimulatedDeal newDeal(RunRequest wanted, Story story, long index) {
        String key = key(wanted, index);
        UUID correlation = UUID.nameUUIDFromBytes(("sandbox/" + key).getBytes(StandardCharsets.UTF_8));
        String trace = "00-" + correlation.toString().replace("-", "") + "-"
                + String.format(Locale.ROOT, "%016x", index + 1) + "-01";
        return new SimulatedDeal(
                key,
                new Change.Context(correlation.toString(), null, trace),
                story.traits(),
                wanted.seed() * 1_000_003 + index);
    }

    private static String key(RunRequest wanted, long index) {
        return String.format(Locale.ROOT, "crm:deal:D-%s-%04d", wanted.tag(), index + 1);
    }

    @Override
    public void start() {
        Thread thread = Workers.virtual("sandbox-sweeper", () -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    TimeUnit.MILLISECONDS.sleep(SWEEP_MS);
                    register.sweep();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        sweeper = thread;
        thread.start();
    }

    @Override
    public void stop() {
        end();
        playing.forEach(Thread::interrupt);
        if (sweeper != null) {
            sweeper.interrupt();
            sweeper = null;
        }
    }

    @Override
    public boolean isRunning() {
        return sweeper != null;
    }
}
