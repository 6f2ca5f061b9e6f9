package io.masterdeal.router.intake;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.router.kafka.RouterClients;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets from which new partitions are read. A new topic begins at its end, because earlier events are not for subscribers
 * of this router. A partition that is added to a known topic begins at its first offset, because all its events are newer than
 * that.
 */
public final class StartOffsets {

    private final RouterClients clients;

    private final Set<String> topics;

    private final Positions positions;

    /**
     * @param clients create a consumer
     * @param catalog has the topics
     * @param positions store the offsets
     */
    public StartOffsets(RouterClients clients, EventCatalog catalog, Positions positions) {
        this.clients = clients;
        this.topics = catalog.types().stream().map(EventType::topic).collect(Collectors.toCollection(TreeSet::new));
        this.positions = positions;
    }

    /**
     * Fixes where each topic begins. Every event that is published after this has returned is routed, whichever process becomes
     * the leader, and whenever.
     *
     * @throws SQLException if the offsets cannot be stored
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public void fix() throws SQLException {
        try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
            fix(consumer);
        }
    }

    /** Like {@link #fix()}; returns the next offset to read, for every existing partition. */
    Map<TopicPartition, Long> fix(Consumer<byte[], byte[]> consumer) throws SQLException {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic).forEach(it -> all.add(new TopicPartition(topic, it.partition())));
        }
        Map<TopicPartition, Long> known = positions.all();
        Set<TopicPartition> added = new HashSet<>(all);
        added.removeAll(known.keySet());
        if (!added.isEmpty()) {
            Set<String> knownTopics = Positions.topics(known);
            Map<Boolean, List<TopicPartition>> ofKnownTopic =
                    added.stream().collect(Collectors.partitioningBy(it -> knownTopics.contains(it.topic())));
            Map<TopicPartition, Long> first = new HashMap<>(consumer.endOffsets(ofKnownTopic.get(false)));
            first.putAll(consumer.beginningOffsets(ofKnownTopic.get(true)));
            positions.add(first);
            known = positions.all();
        }
        known.keySet().retainAll(all);
        return known;
    }
}
