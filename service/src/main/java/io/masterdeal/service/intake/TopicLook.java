package io.masterdeal.service.intake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** What Kafka says about topics: their ids, and the first and last offsets. */
final class TopicLook {

    private static final int TIMEOUT_S = 10;

    private final Admin admin;

    /**
     * @param admin asks; the caller closes it
     */
    TopicLook(Admin admin) {
        this.admin = admin;
    }

    /**
     * The extent of a partition.
     *
     * @param topicId id of its topic
     * @param first the first offset that is left
     * @param end the offset after the last record, including transaction markers
     */
    record Extent(String topicId, long first, long end) {}

    /** Every partition of some topics. */
    Map<TopicPartition, Extent> at(Collection<String> topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, String> ids = new HashMap<>();
        describe(topics)
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(it -> ids.put(
                                new TopicPartition(topic, it.partition()),
                                description.topicId().toString())));
        Map<TopicPartition, Long> first = offsets(ids.keySet(), OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets(ids.keySet(), OffsetSpec.latest());
        Map<TopicPartition, Extent> extents = new HashMap<>();
        ids.forEach((partition, id) -> extents.put(
                partition,
                new Extent(
                        id, Objects.requireNonNull(first.get(partition)), Objects.requireNonNull(end.get(partition)))));
        return extents;
    }

    /** The ids of topics, by name. */
    Map<String, String> ids(Collection<String> topics) throws ExecutionException, InterruptedException {
        return describe(topics).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> it.getValue().topicId().toString()));
    }

    private Map<String, TopicDescription> describe(Collection<String> topics)
            throws ExecutionException, InterruptedException {
        try {
            return admin.describeTopics(topics).allTopicNames().get(TIMEOUT_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw noAnswer(e);
        }
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        try {
            Map<TopicPartition, ListOffsetsResultInfo> offsets = admin.listOffsets(
                            partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec)))
                    .all()
                    .get(TIMEOUT_S, TimeUnit.SECONDS);
            return offsets.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, it -> it.getValue().offset()));
        } catch (TimeoutException e) {
            throw noAnswer(e);
        }
    }

    private static IllegalStateException noAnswer(TimeoutException e) {
        return new IllegalStateException("Kafka does not report the state of its topics within " + TIMEOUT_S + " s", e);
    }
}
