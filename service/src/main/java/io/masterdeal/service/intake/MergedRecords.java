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
 * The records of all partitions in one stream, as far as possible in the order of their times, each partition in its own
 * order. A poll gives one partition after the other, and after an outage a busy topic would fall far behind a quiet one: then
 * nearly every event would come before older ones of its deal, and each would cost a fold of all facts.
 *
 * <p>It is an effort, no promise: whoever has nothing to say is not waited for, nor is one who does not answer at once. Nothing
 * depends on it but speed. (Kafka Streams orders its input likewise.)
 */
final class MergedRecords {

    /** How long to wait for a partition that has more, before the others go on a little without it. */
    static final Duration STRAGGLER = Duration.ofMillis(20);

    /** So many records are given out while one is missing: it may have older ones, and will be waited for again. */
    private static final int WITHOUT_STRAGGLER = 250;

    /** A partition with so much in memory is not read until it is less. */
    private static final int MOST_RECORDS = 1000;

    private static final int MOST_BYTES = 1024 * 1024;

    private static final Comparator<ConsumerRecord<byte[], byte[]>> BY_TIME =
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                    .thenComparing(ConsumerRecord::topic)
                    .thenComparingInt(ConsumerRecord::partition);

    private final Consumer<byte[], byte[]> consumer;

    private final Duration straggler;

    private final Map<TopicPartition, Waiting> waiting = new HashMap<>();

    /** Not read, though they are assigned. */
    private final Set<TopicPartition> held = new HashSet<>();

    /** Of which Kafka has not got the offset that is next; they are held. */
    private final Set<TopicPartition> outOfRange = new HashSet<>();

    /** What was read of a partition and not given out yet. */
    private static final class Waiting {

        final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();

        int bytes;

        boolean isFull() {
            return records.size() >= MOST_RECORDS || bytes >= MOST_BYTES;
        }
    }

    /** From which offset on Kafka has lost what it had. */
    private final Map<TopicPartition, Long> cutOff = new HashMap<>();

    /**
     * @param consumer whose polls this does; its partitions are paused and resumed
     * @param straggler how long to wait for a partition that has more
     */
    MergedRecords(Consumer<byte[], byte[]> consumer, Duration straggler) {
        this.consumer = consumer;
        this.straggler = straggler;
    }

    /**
     * Gives records.
     *
     * @param patience how long to wait for the first one
     * @param most how many at most; of their bytes the first record may have more
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
                break; // What it has may be older than what the others have: it is asked again first.
            }
        }
        resume();
        return merged;
    }

    /** Whether records are in memory that were not given out. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Waits a little for those that have more; returns whether all of them have said something. */
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

    /** Whether Kafka has more of a partition; of one that was not fetched yet nobody knows, so it may. */
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

    /** Partitions of which Kafka has lost records that it had, and from which offset on. */
    Map<TopicPartition, Long> cutOff() {
        return Map.copyOf(cutOff);
    }

    /** Partitions of which Kafka has not got the offset that is next, once all that was read of them is given out. */
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
                // It needs a place, or the consumer would look for one itself.
                consumer.seek(partition, 0);
                hold(List.of(partition));
            } else {
                consumer.seek(partition, offset);
                held.remove(partition);
                consumer.resume(List.of(partition));
            }
        }
    }

    /** The offset behind all that was given out of a partition; null if more of it lies here, or it is not read. */
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

    /** Takes the oldest record away; returns the one behind it, null if there is none. */
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

    /** Forgets what lies here of some partitions: another process reads on from what is committed. */
    void forget(Collection<TopicPartition> partitions) {
        waiting.keySet().removeAll(partitions);
        held.removeAll(partitions);
        outOfRange.removeAll(partitions);
        cutOff.keySet().removeAll(partitions);
    }
}
