package io.masterdeal.sandbox.legal;

import io.masterdeal.contracts.event.DomainEventData;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.sandbox.actor.SimulatedDeal;
import io.masterdeal.sandbox.actor.SimulatedDeals;
import io.masterdeal.sandbox.actor.SimulationPace;
import io.masterdeal.sandbox.actor.StoryExecutor;
import io.masterdeal.sandbox.actor.SystemAccess;
import io.masterdeal.sandbox.actor.Trait;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.CreationHook;
import io.masterdeal.sandbox.system.ObjectView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lawyers. They are notified of signed contracts, open a case for each contract whose event requires a review, and decide it.
 * A contract has one case, no matter how many notifications arrive.
 */
public final class LegalPeople implements CreationHook {
    private static final String CASE = "case";
    private static final String CONTRACT = "docflow:contract:";

    /** Longer than the 8 s in which the demonstration's SLA policies expect a quick review. */
    private static final Duration SLOW = Duration.ofSeconds(12);

    private final SystemAccess legal;
    private final StoryExecutor executor;
    private final SimulatedDeals openDeals;

    /**
     * Creates them.
     *
     * @param legal their system
     * @param executor runs their work
     * @param openDeals the deals of running stories
     */
    public LegalPeople(SystemAccess legal, StoryExecutor executor, SimulatedDeals openDeals) {
        this.legal = legal;
        this.executor = executor;
        this.openDeals = openDeals;
    }

    /**
     * Receives an event of Docflow. When this returns, the case is open if one is required.
     *
     * @param event of any type
     */
    public void hear(Event event) {
        Envelope envelope = event.envelope();
        if (!envelope.type().equals("docflow.contract.signed") || envelope.replayed()) {
            return;
        }
        Map<String, String> attributes = DomainEventData.of(event).attributes();
        if (!"required".equals(attributes.get("legal_review"))) {
            return;
        }
        var taken = new TreeMap<String, String>();
        for (String name : List.of("client", "title")) {
            String value = attributes.get(name);
            if (value != null) {
                taken.put(name, value);
            }
        }
        var context = new Change.Context(envelope.correlationId(), envelope.id().toString(), envelope.traceparent());
        legal.createByItself(
                CASE, Change.of(context).with(List.of(envelope.subject())).with(taken));
    }

    @Override
    public Optional<ObjectView> existing(String kind, Change change) {
        return change.links().stream()
                .filter(link -> link.startsWith(CONTRACT))
                .flatMap(contract -> legal.system().linkedTo(kind, contract).stream())
                .findFirst();
    }

    @Override
    public void created(String kind, ObjectView object) {
        SimulatedDeal deal = openDeals.of(object.correlationId());
        executor.execute(deal, () -> review(deal, object));
    }

    private void review(SimulatedDeal deal, ObjectView opened) throws InterruptedException {
        ObjectView now = opened;
        if (deal.is(Trait.LEGAL_REFUSES_FIRST)) {
            now = act(deal, now, "start", Map.of());
            now = act(deal, now, "reject", Map.of("reason", "the penalty clause is missing"));
            now = act(deal, now, "request-again", Map.of());
        }
        now = act(deal, now, "start", Map.of());
        if (deal.is(Trait.SLOW_REVIEW)) {
            SimulationPace.sleep(legal.pace().of(SLOW));
        }
        act(deal, now, "approve", Map.of());
    }

    private ObjectView act(SimulatedDeal deal, ObjectView before, String action, Map<String, String> attributes)
            throws InterruptedException {
        legal.pace().pause(deal.random(action + before.version()));
        return legal.act(
                CASE,
                before.id(),
                action,
                deal.changeBecauseOf(before.lastEvent()).with(attributes));
    }
}
