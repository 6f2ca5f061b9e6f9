package io.masterdeal.service.intake;

import io.masterdeal.contracts.kafka.EventSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
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

    private final EventSerde serde;

    private final IntakeLimits limits;

    private final Retry retry;

    /** What was read and could not be decoded yet. */
    private final List<ConsumerRecord<byte[], byte[]>> undecoded = new ArrayList<>();

    /** The batch that is being read, or was read last. */
    private @Nullable IntakeBatch batch;

    BatchReader(Consumer<byte[], byte[]> consumer, EventSerde serde, IntakeLimits limits, Retry retry) {
        this.merged = new MergedRecords(consumer, MergedRecords.STRAGGLER);
        this.serde = serde;
        this.limits = limits;
        this.retry = retry;
    }

    /**
     * Reads what is there, so that it can be taken at once; waits half a second for something.
     *
     * @return a batch, empty if there is nothing
     * @throws InterruptedException if the process is to stop while something is out of reach that decoding needs
     */
    IntakeBatch next() throws InterruptedException {
        IntakeBatch reading = begin();
        fetch(reading, POLL);
        retry.untilDone(undecoded.size(), () -> decode(reading));
        return reading;
    }

    /**
     * Reads a batch while another one is being stored: it grows until that is done, or it is full, for each batch costs statements
     * and a commit of its own. If something cannot be decoded now, it waits for the batch after.
     *
     * @param isStoring whether the other one is being stored still
     */
    IntakeBatch nextWhile(BooleanSupplier isStoring) {
        IntakeBatch reading = begin();
        if (!undecoded.isEmpty()) {
            return reading; // Not now either, perhaps; first what is being stored has its offsets committed.
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
        return reading;
    }

    private IntakeBatch begin() {
        IntakeBatch reading = new IntakeBatch(serde, limits.batch());
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

    /** Forgets what was read of partitions that others read from now on: they begin with what is committed. */
    void forget(Collection<TopicPartition> partitions) {
        merged.forget(partitions);
        undecoded.removeIf(record -> partitions.contains(new TopicPartition(record.topic(), record.partition())));
        if (batch != null) {
            batch.forget(partitions);
        }
    }
}
