package io.masterdeal.service.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and decodes batches of one consumer. For the thread that polls it. */
final class BatchReader {

    private static final Logger log = LoggerFactory.getLogger(BatchReader.class);

    private static final Duration POLL = Duration.ofMillis(500);

    /** While a batch is being stored, its offsets wait to be committed. */
    private static final Duration SHORT_POLL = Duration.ofMillis(2);

    private final MergedRecords merged;

    private final RecordReader records;

    private final IntakeLimits limits;

    private final Retry retry;

    /** Records that were read and could not be decoded yet. */
    private final List<ConsumerRecord<byte[], byte[]>> undecoded = new ArrayList<>();

    /** The offsets after the last record of a batch, of the partitions that are read. */
    private final Map<TopicPartition, Long> passed = new HashMap<>();

    /** The batch that is being read, or was read last. */
    private @Nullable IntakeBatch batch;

    BatchReader(Consumer<byte[], byte[]> consumer, RecordReader records, IntakeLimits limits, Retry retry) {
        this.merged = new MergedRecords(consumer, MergedRecords.STRAGGLER);
        this.records = records;
        this.limits = limits;
        this.retry = retry;
    }

    /**
     * Reads what is available; waits up to half a second for it.
     *
     * @return a batch, empty if there is nothing
     * @throws InterruptedException if the process is to stop while something is out of reach that decoding needs
     */
    IntakeBatch next() throws InterruptedException {
        IntakeBatch reading = begin();
        fetch(reading, POLL);
        retry.untilDone(undecoded.size(), () -> decode(reading));
        pass(reading);
        return reading;
    }

    /**
     * Reads a batch while another one is being stored: it grows until that is done, or it is full, because each batch costs
     * statements and a commit of its own. Records that cannot be decoded now wait for the next batch.
     *
     * @param isStoring whether the other one is still being stored
     */
    IntakeBatch nextWhile(BooleanSupplier isStoring) {
        IntakeBatch reading = begin();
        if (!undecoded.isEmpty()) {
            return reading; // Perhaps still not decodable; first the offsets of what is being stored are committed.
        }
        long end = System.nanoTime() + limits.reading().toNanos();
        do {
            fetch(reading, SHORT_POLL);
            try {
                decode(reading);
            } catch (RuntimeException e) {
                log.debug("{} records cannot be decoded now: {}", undecoded.size(), e.toString());
                break;
            }
        } while (isStoring.getAsBoolean() && !reading.isFull() && System.nanoTime() < end && !retry.isStopped());
        pass(reading);
        return reading;
    }

    private IntakeBatch begin() {
        IntakeBatch reading = new IntakeBatch(records, limits.batch());
        batch = reading;
        return reading;
    }

    private void fetch(IntakeBatch reading, Duration patience) {
        if (undecoded.isEmpty()) {
            undecoded.addAll(merged.next(patience, reading.room()));
        }
    }

    private void decode(IntakeBatch reading) {
        reading.add(undecoded);
        undecoded.clear();
    }

    /** Skips offsets without a record: those of transaction markers and of aborted transactions. */
    private void pass(IntakeBatch reading) {
        reading.offsets().forEach((partition, offset) -> passed.computeIfPresent(partition, (_, _) -> offset.offset()));
        Set<TopicPartition> waiting = undecoded.stream()
                .map(record -> new TopicPartition(record.topic(), record.partition()))
                .collect(Collectors.toSet());
        passed.replaceAll((partition, before) -> {
            Long position = waiting.contains(partition) ? null : merged.position(partition);
            if (position == null || position <= before) {
                return before;
            }
            reading.pass(partition, position);
            return position;
        });
    }

    /**
     * Begins to read partitions.
     *
     * @param begin where; those that are not in it are not read
     */
    void begin(Collection<TopicPartition> partitions, Map<TopicPartition, Long> begin) {
        merged.begin(partitions, begin);
        passed.putAll(begin);
    }

    /** Partitions of which Kafka has lost records, each with the first offset that is lost. */
    Map<TopicPartition, Long> cutOff() {
        return merged.cutOff();
    }

    /** Partitions of which Kafka does not have the next offset, once all that was read of them is in a batch. */
    Set<TopicPartition> outOfRange() {
        Set<TopicPartition> partitions = merged.outOfRange();
        undecoded.forEach(record -> partitions.remove(new TopicPartition(record.topic(), record.partition())));
        return partitions;
    }

    /** Forgets what was read of partitions that others read from now on: they begin with what is committed. */
    void forget(Collection<TopicPartition> partitions) {
        merged.forget(partitions);
        passed.keySet().removeAll(partitions);
        undecoded.removeIf(record -> partitions.contains(new TopicPartition(record.topic(), record.partition())));
        if (batch != null) {
            batch.forget(partitions);
        }
    }
}
