package io.masterdeal.sandbox.actor;

import io.masterdeal.sandbox.fault.FaultInjection;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.DomainSystem;
import io.masterdeal.sandbox.system.ObjectView;
import io.masterdeal.sandbox.system.SystemApi;
import java.time.Clock;
import java.util.List;

/**
 * Access to a system for its own users. While the system is down they wait, but not longer than their patience; after that their
 * changes are recorded all the same, as if entered by hand.
 */
public final class SystemAccess {
    private final SystemApi api;
    private final FaultInjection faults;
    private final Clock clock;
    private final SimulationPace pace;

    /**
     * Creates the access.
     *
     * @param api of the system
     * @param faults decide whether it is down
     * @param clock the current time for that
     * @param pace of its people
     */
    public SystemAccess(SystemApi api, FaultInjection faults, Clock clock, SimulationPace pace) {
        this.api = api;
        this.faults = faults;
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * The system, for queries.
     *
     * @return the system
     */
    public DomainSystem system() {
        return api.system();
    }

    /**
     * The pace of its people.
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
     * @param change its id, links and attributes
     * @return the object
     * @throws InterruptedException if the simulation is being stopped
     */
    public ObjectView create(String kind, Change change) throws InterruptedException {
        awaitSystem();
        return api.create(kind, change);
    }

    /**
     * Creates an object as an automatic action of the system, without waiting while it is down.
     *
     * @param kind such as {@code case}
     * @param change its id, links and attributes
     * @return the object
     */
    public ObjectView createByItself(String kind, Change change) {
        return api.create(kind, change);
    }

    /**
     * Performs an action on an object.
     *
     * @param kind such as {@code lead}
     * @param id its id
     * @param action the action
     * @param change links and attributes to set
     * @return the changed object
     * @throws InterruptedException if the simulation is being stopped
     */
    public ObjectView act(String kind, String id, String action, Change change) throws InterruptedException {
        awaitSystem();
        return api.system().act(kind, id, action, change);
    }

    /**
     * Retracts events of an object.
     *
     * @param kind such as {@code invoice}
     * @param id its id
     * @param events ids of the events
     * @param change the reason
     * @return the changed object
     * @throws InterruptedException if the simulation is being stopped
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
