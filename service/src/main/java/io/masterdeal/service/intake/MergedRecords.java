package io.masterdeal.service.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records of all partitions in one stream, as far as possible in the order of their times, each partition in its own order. A
 * poll returns one partition after the other, and after an outage a busy topic would fall far behind a quiet one: then nearly
 * every event would come before older ones of its deal, and each would cost a fold of all facts.
 *
 * <p>This is best effort: a partition without records is not waited for, nor is one that does not answer at once. Only speed
 * depends on it. (Kafka Streams orders its input in the same way.)
 */
final class MergedRecords {

    /** How long to wait for a partition that has more, before the others continue a little without it. */
    static final Duration STRAGGLER = Duration.ofMillis(20);

    /** How many records are returned while a partition is missing: it may have older ones, and will be waited for again. */
    private static final int WITHOUT_STRAGGLER = 250;

    /** A partition with this much in memory is not read until it has less. */
    private static final int MOST_RECORDS = 1000;

    private static final int MOST_BYTES = 1024 * 1024;

    private static final Comparator<ConsumerRecord<byte[], byte[]>> BY_TIME =
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                    .thenComparing(ConsumerRecord::topic)
                    .thenComparingInt(ConsumerRecord::partition);

    private final Consumer<byte[], byte[]> consumer;

    private final Duration straggler;

    private final Map<TopicPartition, Waiting> waiting = new HashMap<>();

    /** Partitions that are assigned but not read. */
    private final Set<TopicPartition> held = new HashSet<>();

    /** Partitions of which Kafka does not have the next offset; they are held. */
    private final Set<TopicPartition> outOfRange = new HashSet<>();

    /** What was read of a partition and not returned yet. */
    private static final class Waiting {

        final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();

        int bytes;

        boolean isFull() {
            return records.size() >= MOST_RECORDS || bytes >= MOST_BYTES;
        }
    }

    /** The offset from which on Kafka has lost records. */
    private final Map<TopicPartition, Long> cutOff = new HashMap<>();

    /**
     * @param consumer is polled by this object, which pauses and resumes its partitions
     * @param straggler how long to wait for a partition that has more
     */
    MergedRecords(Consumer<byte[], byte[]> consumer, Duration straggler) {
        this.consumer = consumer;
        this.straggler = straggler;
    }

    /**
     * Returns records.
     *
     * @param patience how long to wait for the first one
     * @param most how many, and how many bytes, at most; the first record alone may have more bytes
     * @return in the order in which they are to be taken in; empty if there are none
     */
    List<ConsumerRecord<byte[], byte[]>> next(Duration patience, IntakeBatch.Room most) {
        poll(waiting.isEmpty() ? patience : Duration.ZERO);
        List<ConsumerRecord<byte[], byte[]>> merged = new ArrayList<>();
        if (waiting.isEmpty()) {
            return merged;
        }
        int atMost = isComplete() ? most.records() : Math.min(most.records(), WITHOUT_STRAGGLER);
        long bytes = 0;
        PriorityQueue<ConsumerRecord<byte[], byte[]>> heads = new PriorityQueue<>(BY_TIME);
        waiting.values().forEach(each -> heads.add(each.records.getFirst()));
        while (merged.size() < atMost) {
            ConsumerRecord<byte[], byte[]> oldest = heads.poll();
            if (oldest == null || (!merged.isEmpty() && bytes + size(oldest) > most.bytes())) {
                break;
            }
            merged.add(oldest);
            bytes += size(oldest);
            TopicPartition partition = partition(oldest);
            ConsumerRecord<byte[], byte[]> next = take(partition);
            if (next != null) {
                heads.add(next);
            } else if (hasMore(partition)) {
                break; // It may have older records than the others: it is polled again first.
            }
        }
        resume();
        return merged;
    }

    /** Whether records are in memory that were not returned. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Waits a little for those that have more; returns whether all of them have returned records. */
    private boolean isComplete() {
        long end = System.nanoTime() + straggler.toNanos();
        while (isSomebodyMissing()) {
            if (System.nanoTime() > end) {
                return false;
            }
            poll(Duration.ofMillis(2));
        }
        return true;
    }

    private boolean isSomebodyMissing() {
        return consumer.assignment().stream().anyMatch(it -> !waiting.containsKey(it) && hasMore(it));
    }

    /** Whether Kafka may have more of a partition; true for one that was not fetched yet. */
    private boolean hasMore(TopicPartition partition) {
        return consumer.assignment().contains(partition)
                && !held.contains(partition)
                && consumer.currentLag(partition).orElse(1) > 0;
    }

    private void poll(Duration patience) {
        pollKafka(patience).forEach(record -> {
            Waiting of = waiting.computeIfAbsent(partition(record), _ -> new Waiting());
            of.records.add(record);
            of.bytes += size(record);
        });
        Set<TopicPartition> full = waiting.entrySet().stream()
                .filter(it -> it.getValue().isFull())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        full.retainAll(consumer.assignment());
        consumer.pause(full);
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> pollKafka(Duration patience) {
        try {
            return consumer.poll(patience);
        } catch (OffsetOutOfRangeException e) {
            if (e instanceof LogTruncationException cut) {
                cut.divergentOffsets().forEach((partition, at) -> cutOff.put(partition, at.offset()));
            }
            outOfRange.addAll(e.offsetOutOfRangePartitions().keySet());
            hold(e.offsetOutOfRangePartitions().keySet());
            return List.of();
        }
    }

    private void hold(Collection<TopicPartition> partitions) {
        held.addAll(partitions);
        consumer.pause(partitions);
    }

    /** Partitions of which Kafka has lost records, each with the first offset that is lost. */
    Map<TopicPartition, Long> cutOff() {
        return Map.copyOf(cutOff);
    }

    /** Partitions of which Kafka does not have the next offset, once all that was read of them is returned. */
    Set<TopicPartition> outOfRange() {
        Set<TopicPartition> without = new HashSet<>(outOfRange);
        without.removeAll(waiting.keySet());
        return without;
    }

    /**
     * Begins to read partitions, after {@link #forget}.
     *
     * @param begin where; those that are not in it are held
     */
    void begin(Collection<TopicPartition> partitions, Map<TopicPartition, Long> begin) {
        for (TopicPartition partition : partitions) {
            Long offset = begin.get(partition);
            if (offset == null) {
                // It needs a position, or the consumer would look for one itself.
                consumer.seek(partition, 0);
                hold(List.of(partition));
            } else {
                consumer.seek(partition, offset);
                held.remove(partition);
                consumer.resume(List.of(partition));
            }
        }
    }

    /** The offset after all that was returned of a partition; null if more of it is in memory, or it is not read. */
    @Nullable
    Long position(TopicPartition partition) {
        return waiting.containsKey(partition) || held.contains(partition) ? null : consumer.position(partition);
    }

    private void resume() {
        List<TopicPartition> ready = new ArrayList<>(consumer.paused());
        ready.removeAll(held);
        ready.removeIf(partition -> {
            Waiting of = waiting.get(partition);
            return of != null && of.isFull();
        });
        consumer.resume(ready);
    }

    /** Removes the oldest record; returns the one after it, null if there is none. */
    private @Nullable ConsumerRecord<byte[], byte[]> take(TopicPartition partition) {
        Waiting of = Objects.requireNonNull(waiting.get(partition));
        of.bytes -= size(of.records.removeFirst());
        if (of.records.isEmpty()) {
            waiting.remove(partition);
        }
        return of.records.peekFirst();
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Bytes of a record's key and value. */
    static int size(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    /** Drops what is in memory of some partitions: another process continues from what is committed. */
    void forget(Collection<TopicPartition> partitions) {
        waiting.keySet().removeAll(partitions);
        held.removeAll(partitions);
        outOfRange.removeAll(partitions);
        cutOff.keySet().removeAll(partitions);
    }
}
