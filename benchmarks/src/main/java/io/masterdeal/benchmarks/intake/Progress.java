package io.masterdeal.benchmarks.intake;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.contracts.catalog.EventCatalog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far a group has come in the domains' topics, and how many canonical events lie in Kafka. */
public final class Progress implements AutoCloseable {

    private static final String CANONICAL = "masterdeal.events";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Admin admin;

    private final String group;

    /** Counts records: a topic that is written in transactions has offsets without a record. */
    private final KafkaConsumer<byte[], byte[]> reader;

    private long canonical;

    /** Observes a platform.
     *
     * @param group the consumer group whose offsets count
     */
    public Progress(MeasuredPlatform platform, String group) {
        this.admin = Admin.create(platform.kafka());
        this.group = group;
        Map<String, Object> properties = new HashMap<>(platform.kafka());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        this.reader = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, MeasuredPlatform.PARTITIONS)
                .mapToObj(it -> new TopicPartition(CANONICAL, it))
                .toList();
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
    }

    /** Events the group has committed. */
    public long committed() throws InterruptedException, ExecutionException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(Progress::offset)
                .sum();
    }

    /**
     * Waits until the group has this many members, and each partition of the domains' topics one that reads it.
     *
     * @throws IllegalStateException if that takes longer than a minute
     */
    public void awaitMembers(int members) throws InterruptedException, ExecutionException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!isSettled(members)) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("the group " + group + " does not reach " + members
                        + " members that read all partitions within " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean isSettled(int members) throws InterruptedException, ExecutionException {
        try {
            ConsumerGroupDescription description = Objects.requireNonNull(admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group))
                    .get();
            int read = description.members().stream()
                    .mapToInt(it -> it.assignment().topicPartitions().size())
                    .sum();
            return description.groupState() == GroupState.STABLE
                    && description.members().size() == members
                    && read == domains().size() * MeasuredPlatform.PARTITIONS;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false; // Nobody has joined yet.
            }
            throw e;
        }
    }

    private static List<String> domains() {
        return EventCatalog.bundled().domains().stream()
                .filter(domain -> !domain.equals("masterdeal"))
                .toList();
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    /** Events in all domains' topics. */
    public long inTopics() throws InterruptedException, ExecutionException {
        long count = 0;
        for (String domain : domains()) {
            count += end(domain + ".events");
        }
        return count;
    }

    /** Canonical events in Kafka, repeats included. The more often it is asked, the less it has to read. */
    public synchronized long canonical() {
        Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
        while (ends.entrySet().stream().anyMatch(it -> reader.position(it.getKey()) < it.getValue())) {
            canonical += reader.poll(Duration.ofMillis(20)).count();
        }
        return canonical;
    }

    private long end(String topic) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        IntStream.range(0, MeasuredPlatform.PARTITIONS)
                .forEach(it -> latest.put(new TopicPartition(topic, it), OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    @Override
    public void close() {
        admin.close();
        reader.close();
    }
}
