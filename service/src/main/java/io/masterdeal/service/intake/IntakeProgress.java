package io.masterdeal.service.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the intake, of all processes together, has come in each partition. */
public final class IntakeProgress {

    private final Admin admin;

    private final String group;

    private final Collection<String> topics;

    IntakeProgress(Admin admin, String group, Collection<String> topics) {
        this.admin = admin;
        this.group = group;
        this.topics = List.copyOf(topics);
    }

    /**
     * One partition of a domain's topic.
     *
     * @param topic the topic
     * @param partition its number
     * @param committed the offset up to which (exclusive) everything is in the store or in {@code error.events}
     * @param end the offset behind the last record
     */
    public record Partition(String topic, int partition, long committed, long end) {}

    /**
     * Asks Kafka.
     *
     * @return every partition, by topic and number
     * @throws IllegalStateException if Kafka does not answer within 10 s
     */
    public List<Partition> partitions() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS)
                    .forEach((topic, description) -> description
                            .partitions()
                            .forEach(it -> wanted.put(new TopicPartition(topic, it.partition()), OffsetSpec.latest())));
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends =
                    admin.listOffsets(wanted).all().get(10, TimeUnit.SECONDS);
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(10, TimeUnit.SECONDS);
            List<Partition> partitions = new ArrayList<>();
            ends.forEach((key, end) -> {
                OffsetAndMetadata offset = committed.get(key);
                partitions.add(new Partition(
                        key.topic(), key.partition(), offset == null ? 0 : offset.offset(), end.offset()));
            });
            partitions.sort(java.util.Comparator.comparing(Partition::topic).thenComparing(Partition::partition));
            return partitions;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not tell how far the intake is: " + e, e);
        }
    }
}
