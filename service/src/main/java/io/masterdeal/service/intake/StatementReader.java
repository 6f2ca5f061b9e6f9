package io.masterdeal.service.intake;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.facts.EventStatements;
import io.masterdeal.facts.ReceivedStatement;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns the event of a Kafka record into a statement that names the record as its origin. */
final class StatementReader {

    private StatementReader() {}

    static ReceivedStatement read(Event event, ConsumerRecord<?, ?> record) {
        return EventStatements.received(event, origin(record));
    }

    static String origin(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
