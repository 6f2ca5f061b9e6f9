package io.masterdeal.service.intake;

import io.masterdeal.facts.ReceivedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records that are taken in together: what they say, what is refused of them, and the offsets behind them. */
final class IntakeBatch {

    /** How many bytes of keys and values a batch takes, and one more record: decoded they need several times as much. */
    static final long MOST_BYTES = 16L * 1024 * 1024;

    private final RecordReader reader;

    private final int most;

    private final List<Decoded> decoded = new ArrayList<>();

    private final List<Refusal> refused = new ArrayList<>();

    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

    private long bytes;

    /**
     * @param most how many records it takes
     */
    IntakeBatch(RecordReader reader, int most) {
        this.reader = reader;
        this.most = most;
    }

    /** A record with what it says. */
    record Decoded(ConsumerRecord<byte[], byte[]> record, ReceivedStatement statement) {}

    /** Why a record is not taken in. */
    record Refusal(ConsumerRecord<byte[], byte[]> record, String reason, String detail) {}

    /**
     * Decodes records and adds them, those of each partition in their order. If that fails, for example because the registry is
     * out of reach, none of them is added.
     */
    void add(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Decoded> good = new ArrayList<>(records.size());
        List<Refusal> bad = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                good.add(new Decoded(record, reader.read(record)));
            } catch (RefusedRecordException e) {
                bad.add(new Refusal(record, e.reason(), String.valueOf(e.getMessage())));
            }
        }
        decoded.addAll(good);
        refused.addAll(bad);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            bytes += MergedRecords.size(record);
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
    }

    /** Skips offsets of a partition that have no records. */
    void pass(TopicPartition partition, long next) {
        offsets.put(partition, new OffsetAndMetadata(next));
    }

    /** How many more records, and how many bytes of them, a batch takes. */
    record Room(int records, long bytes) {}

    Room room() {
        return new Room(most - decoded.size() - refused.size(), MOST_BYTES - bytes);
    }

    boolean isFull() {
        Room room = room();
        return room.records() <= 0 || room.bytes() <= 0;
    }

    /** Whether there is nothing to be stored for which an offset could be committed. */
    boolean isEmpty() {
        return offsets.isEmpty();
    }

    /**
     * Drops the offsets of partitions that other processes read now and may be ahead in. The records may still be stored: a
     * process that reads them again finds them.
     */
    void forget(Collection<TopicPartition> partitions) {
        offsets.keySet().removeAll(partitions);
    }

    List<Decoded> decoded() {
        return Collections.unmodifiableList(decoded);
    }

    List<Refusal> refused() {
        return Collections.unmodifiableList(refused);
    }

    /** What is to be committed once all of it is stored. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return Collections.unmodifiableMap(offsets);
    }
}
