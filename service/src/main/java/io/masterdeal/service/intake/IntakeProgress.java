package io.masterdeal.service.intake;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** How far the intake of all processes together has come in each partition. */
public final class IntakeProgress {

    private final TopicLook look;

    private final InputPositions positions;

    private final Collection<String> topics;

    IntakeProgress(Admin admin, InputPositions positions, Collection<String> topics) {
        this.look = new TopicLook(admin);
        this.positions = positions;
        this.topics = List.copyOf(topics);
    }

    /**
     * One partition of a domain's topic.
     *
     * @param topic the topic
     * @param partition its number
     * @param committed the offset up to which (exclusive) everything is in the store or in {@code error.events}
     * @param end the offset after the last record, including transaction markers
     */
    public record Partition(String topic, int partition, long committed, long end) {}

    /**
     * Asks Kafka and PostgreSQL.
     *
     * @return every partition, by topic and number
     * @throws IllegalStateException if one of them does not answer within 10 s
     */
    public List<Partition> partitions() throws InterruptedException {
        try {
            Map<TopicPartition, InputPositions.Place> places = positions.all();
            List<Partition> partitions = new ArrayList<>();
            look.at(topics).forEach((key, extent) -> {
                InputPositions.Place place = places.get(key);
                partitions.add(
                        new Partition(key.topic(), key.partition(), place == null ? 0 : place.next(), extent.end()));
            });
            partitions.sort(Comparator.comparing(Partition::topic).thenComparing(Partition::partition));
            return partitions;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell how far the intake is: " + e, e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not tell how far the intake is: " + e, e);
        }
    }
}
