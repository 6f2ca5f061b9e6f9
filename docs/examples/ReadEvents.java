import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.LoggerFactory;

/**
 * Prints the events of one topic as CloudEvents in JSON, one a line, from the first to the last there is; then ends.
 *
 * <p>Run it from the project's folder, once that is built (docs/api.md describes the file):
 * {@code java -cp 'app/target/distribution/lib/*' docs/examples/ReadEvents.java kafka-client.properties REGISTRY-URL TOPIC}
 */
final class ReadEvents {

    private ReadEvents() {}

    public static void main(String[] args) throws IOException {
        // Kafka's client is talkative.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(reader);
        }
        properties.put("isolation.level", "read_committed"); // Events of transactions that were rolled back do not count.
        EventCatalog catalog = EventCatalog.bundled();
        EventSerde serde = new EventSerde(catalog, new HttpSchemaRegistry(URI.create(args[1])));
        EventJson json = new EventJson(catalog);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(args[2]).stream()
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    System.out.println(json.write(serde.deserialize(record)));
                }
            }
        }
    }
}
