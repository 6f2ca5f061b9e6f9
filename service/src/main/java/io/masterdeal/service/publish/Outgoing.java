package io.masterdeal.service.publish;

import io.masterdeal.role.replication.WalMessage.Content;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A canonical event on its way from the log to Kafka.
 *
 * @param lsn its place in the log
 * @param committedAt when its transaction was committed, in ms since 1970
 * @param bytes the record in the form of {@link OutboxRecord}
 * @param record what is sent
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record Outgoing(LogSequenceNumber lsn, long committedAt, byte[] bytes, ProducerRecord<byte[], byte[]> record) {

    /**
     * Reads it.
     *
     * @param committedAt when its transaction was committed, in ms since 1970
     * @throws IllegalArgumentException if it is not one of ours
     */
    static Outgoing of(Content content, long committedAt) {
        return new Outgoing(
                content.lsn(), committedAt, content.content().array(), OutboxRecord.read(content.content()));
    }

    /** The root of the deal: the key that keeps the order. */
    String root() {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    /** The id of the event. */
    String eventId() {
        return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }
}
