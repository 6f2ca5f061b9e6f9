package io.masterdeal.sandbox.actor;

import io.masterdeal.sandbox.fault.FaultInjection;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.DomainSystem;
import io.masterdeal.sandbox.system.ObjectView;
import io.masterdeal.sandbox.system.SystemApi;
import java.time.Clock;
import java.util.List;

/**
 * A system as its own people use it, who sit before it. While it is away they wait, but not longer than their patience; then they
 * write down by hand what they do, and it counts.
 */
public final class SystemAccess {
    private final SystemApi api;
    private final FaultInjection faults;
    private final Clock clock;
    private final SimulationPace pace;

    /**
     * Sits down.
     *
     * @param api of the system
     * @param faults tells whether it is away
     * @param clock for that
     * @param pace of its people
     */
    public SystemAccess(SystemApi api, FaultInjection faults, Clock clock, SimulationPace pace) {
        this.api = api;
        this.faults = faults;
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * The system.
     *
     * @return for looking things up
     */
    public DomainSystem system() {
        return api.system();
    }

    /**
     * Its people's pace.
     *
     * @return the pace
     */
    public SimulationPace pace() {
        return pace;
    }

    /**
     * Creates an object.
     *
     * @param kind such as {@code lead}
     * @param change what it is to be
     * @return the object
     * @throws InterruptedException if people shall stop
     */
    public ObjectView create(String kind, Change change) throws InterruptedException {
        awaitSystem();
        return api.create(kind, change);
    }

    /**
     * Creates an object as the system does it by itself when it is told something: nobody has to sit before it.
     *
     * @param kind such as {@code case}
     * @param change what it is to be
     * @return the object
     */
    public ObjectView createByItself(String kind, Change change) {
        return api.create(kind, change);
    }

    /**
     * Does something to an object.
     *
     * @param kind such as {@code lead}
     * @param id its id
     * @param action what is done
     * @param change what is set
     * @return the object after it
     * @throws InterruptedException if people shall stop
     */
    public ObjectView act(String kind, String id, String action, Change change) throws InterruptedException {
        awaitSystem();
        return api.system().act(kind, id, action, change);
    }

    /**
     * Takes events of an object back.
     *
     * @param kind such as {@code invoice}
     * @param id its id
     * @param events ids of the events
     * @param change the reason
     * @return the object after it
     * @throws InterruptedException if people shall stop
     */
    public ObjectView retract(String kind, String id, List<String> events, Change change) throws InterruptedException {
        awaitSystem();
        return api.system().retract(kind, id, events, change);
    }

    private void awaitSystem() throws InterruptedException {
        long end = System.nanoTime() + pace.patience().toNanos();
        while (faults.isDown(clock.millis()) && System.nanoTime() - end < 0) {
            SimulationPace.sleep(pace.betweenQuestions());
        }
    }
}
