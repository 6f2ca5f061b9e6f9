package io.masterdeal.service.intake;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.ErrorEvents;
import io.masterdeal.contracts.kafka.EventSerde;
import java.time.Clock;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps records that could not be taken in where an operator finds them: in {@code error.events}, with the reason. */
final class RefusedRecords {

    private static final Logger log = LoggerFactory.getLogger(RefusedRecords.class);

    private static final String STAGE = "intake";

    private final ErrorEvents errors;

    private final EventSerde serde;

    private final Producer<byte[], byte[]> producer;

    private final Clock clock;

    private final IntakeMeters meters;

    RefusedRecords(
            EventCatalog catalog,
            EventSerde serde,
            Producer<byte[], byte[]> producer,
            Clock clock,
            IntakeMeters meters) {
        this.errors = new ErrorEvents(catalog, "/masterdeal");
        this.serde = serde;
        this.producer = producer;
        this.clock = clock;
        this.meters = meters;
    }

    /** Sends a record's error event; the record may be skipped only when the future is done. */
    Future<RecordMetadata> keep(ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
        log.warn("refused {}: {}: {}", StatementReader.origin(record), reason, detail);
        meters.refused(reason);
        return producer.send(serde.serialize(errors.of(record, reason, detail, STAGE, clock.instant())));
    }
}
