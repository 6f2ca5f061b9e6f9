package io.masterdeal.service.intake;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.VersionLimits;
import io.masterdeal.contracts.event.Violation;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.UndecodableEventException;
import io.masterdeal.facts.ReceivedStatement;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Reads what records say, and refuses what cannot be taken in. Thread-safe. */
final class RecordReader {

    private final EventSerde serde;

    private final VersionLimits limits;

    /**
     * @param limits how far an event may be ahead of its record
     */
    RecordReader(EventSerde serde, VersionLimits limits) {
        this.serde = serde;
        this.limits = limits;
    }

    /**
     * Reads a record. The answer is always the same: an event's time is judged by when the broker appended the record. If the
     * record's time was set by its writer, that is not known, and no such rule applied when the event was accepted.
     *
     * @throws RefusedRecordException if it cannot be taken in
     * @throws io.masterdeal.contracts.registry.RegistryUnavailableException if it cannot be read now
     */
    ReceivedStatement read(ConsumerRecord<byte[], byte[]> record) {
        Event event;
        try {
            event = serde.deserialize(record);
        } catch (UndecodableEventException e) {
            throw new RefusedRecordException(e.reason().code(), String.valueOf(e.getMessage()), e);
        }
        if (record.timestampType() == TimestampType.LOG_APPEND_TIME) {
            Violation ahead = limits.ofTime(event.envelope(), Instant.ofEpochMilli(record.timestamp()));
            if (ahead != null) {
                throw new RefusedRecordException("time-ahead", ahead.pointer() + " " + ahead.message());
            }
        }
        return StatementReader.read(event, record);
    }
}
