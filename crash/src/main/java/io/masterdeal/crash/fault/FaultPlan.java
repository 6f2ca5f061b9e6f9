package io.masterdeal.crash.fault;

import io.masterdeal.crash.fault.Fault.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The faults of one run. The same seed and numbers give the same plan. */
public final class FaultPlan {

    private static final int LONGEST_WAIT_MS = 1500;

    private static final int LONGEST_DOWN_MS = 2000;

    private static final int SHORTEST_PAUSE_MS = 200;

    private static final int LONGEST_PAUSE_MS = 8000;

    private final Random random;

    /** By kind, the targets that are still to come: none is repeated before all have been hit. */
    private final Map<Kind, Deque<Target>> decks = new EnumMap<>(Kind.class);

    private FaultPlan(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Makes a plan.
     *
     * @param seed of everything random in it
     * @param kills how many SIGKILL
     * @param pauses how many SIGSTOP
     * @param restarts how many processes are asked to end
     * @return the faults in the order in which they are to be injected
     */
    public static List<Fault> of(long seed, int kills, int pauses, int restarts) {
        FaultPlan plan = new FaultPlan(seed);
        List<Kind> kinds = new ArrayList<>();
        kinds.addAll(Collections.nCopies(kills, Kind.KILL));
        kinds.addAll(Collections.nCopies(pauses, Kind.PAUSE));
        kinds.addAll(Collections.nCopies(restarts, Kind.RESTART));
        Collections.shuffle(kinds, plan.random);
        return kinds.stream().map(plan::fault).toList();
    }

    private Fault fault(Kind kind) {
        int down = kind == Kind.PAUSE ? between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS) : between(0, LONGEST_DOWN_MS);
        return new Fault(kind, target(kind), Duration.ofMillis(between(0, LONGEST_WAIT_MS)), Duration.ofMillis(down));
    }

    private Target target(Kind kind) {
        Deque<Target> deck = decks.computeIfAbsent(kind, _ -> new ArrayDeque<>());
        if (deck.isEmpty()) {
            List<Target> targets = new ArrayList<>(Arrays.asList(Target.values()));
            Collections.shuffle(targets, random);
            deck.addAll(targets);
        }
        return deck.removeFirst();
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
