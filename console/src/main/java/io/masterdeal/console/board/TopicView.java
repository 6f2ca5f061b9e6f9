package io.masterdeal.console.board;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A topic that one consumer reads whole: all its partitions, from where it is told. Not thread-safe. */
final class TopicView {

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final String id;
    private final List<TopicPartition> partitions;

    /**
     * Gives the consumer all partitions.
     *
     * @param admin tells which topic this is
     */
    TopicView(Consumer<byte[], byte[]> consumer, Admin admin, String topic) throws InterruptedException {
        this.consumer = consumer;
        this.topic = topic;
        this.id = id(admin, topic);
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(topic, it.partition()))
                .toList();
        consumer.assign(partitions);
    }

    private static String id(Admin admin, String topic) throws InterruptedException {
        try {
            TopicDescription found = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS)
                    .get(topic);
            return Objects.requireNonNull(found).topicId().toString();
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("cannot describe the topic " + topic + ": " + e.getMessage(), e);
        }
    }

    /** A topic that is made anew under the same name has another one. */
    String id() {
        return id;
    }

    /** By partition, the first offset there is. */
    Map<Integer, Long> begins() {
        return byNumber(consumer.beginningOffsets(partitions));
    }

    /** By partition, the offset behind the last event. */
    Map<Integer, Long> ends() {
        return byNumber(consumer.endOffsets(partitions));
    }

    /** By partition, the offset that is read next. */
    Map<Integer, Long> positions() {
        Map<Integer, Long> next = new HashMap<>();
        partitions.forEach(partition -> next.put(partition.partition(), consumer.position(partition)));
        return next;
    }

    /** Reads on from elsewhere. */
    void seek(Map<Integer, Long> next) {
        next.forEach((partition, offset) -> consumer.seek(new TopicPartition(topic, partition), offset));
    }

    /** How many events there are that were not read, as far as it is known. */
    long lag() {
        long lag = 0;
        for (TopicPartition partition : partitions) {
            lag += consumer.currentLag(partition).orElse(0);
        }
        return lag;
    }

    private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> numbers = new HashMap<>();
        offsets.forEach((partition, offset) -> numbers.put(partition.partition(), offset));
        return numbers;
    }
}
