package io.masterdeal.service.intake;

import io.masterdeal.contracts.event.DomainEventData;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import io.masterdeal.service.store.ReceivedStatement;
import io.masterdeal.service.store.ReceivedStatement.Provenance;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns a domain's event into what it says: a fact, or a retraction (ruling 5). This is the door that decides who may
 * retract: a domain takes back what it said itself, and what it names of others stands.
 */
final class StatementReader {

    private StatementReader() {}

    static ReceivedStatement read(Event event, ConsumerRecord<?, ?> record) {
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
        Statement statement = data.retracts().isEmpty() ? fact : Retraction.ofOwnDomain(fact, data.retracts());
        return ReceivedStatement.of(
                statement,
                new Provenance(
                        envelope.source(),
                        envelope.correlationId(),
                        envelope.causationId(),
                        envelope.traceparent(),
                        envelope.replayed(),
                        origin(record)));
    }

    static String origin(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
