package io.masterdeal.facts;

import io.masterdeal.contracts.event.DomainEventData;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;

/**
 * The one rule by which an event of a domain becomes a statement of the deal model: a fact, or a retraction (ruling 5). A domain
 * can only retract its own events; ids of other domains' events in a retraction have no effect.
 */
public final class EventStatements {

    private EventStatements() {}

    /**
     * What an event says.
     *
     * @param event of a domain, checked against its contract
     * @throws IllegalArgumentException if it is not the event of a domain
     */
    public static Statement statement(Event event) {
        Envelope envelope = event.envelope();
        DomainEventData data = DomainEventData.of(event);
        Fact fact = Fact.of(
                envelope.id(),
                envelope.type(),
                new ObjectKey(envelope.subject()),
                data.status(),
                envelope.sequence(),
                envelope.time(),
                data.links().stream().map(ObjectKey::new).toList(),
                data.attributes(),
                envelope.masterDealId());
        return data.retracts().isEmpty() ? fact : Retraction.ofOwnDomain(fact, data.retracts());
    }

    /**
     * What an event says, and where it came from.
     *
     * @param event of a domain, checked against its contract
     * @param origin where it was read, see {@link Provenance}
     * @throws IllegalArgumentException if it is not the event of a domain
     */
    public static ReceivedStatement received(Event event, String origin) {
        Envelope envelope = event.envelope();
        return ReceivedStatement.of(
                statement(event),
                new Provenance(
                        envelope.source(),
                        envelope.correlationId(),
                        envelope.causationId(),
                        envelope.traceparent(),
                        envelope.replayed(),
                        origin));
    }
}
