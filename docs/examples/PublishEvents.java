import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.LoggerFactory;

/**
 * Publishes a file of CloudEvents, one a line, straight to Kafka: checked, as Avro, with headers, to the topics of their
 * domains. An event counts as published only when Kafka has answered.
 *
 * <p>Run it from the project's folder, once that is built (docs/connect-a-system.md describes the file):
 * {@code java -cp 'app/target/distribution/lib/*' docs/examples/PublishEvents.java kafka-client.properties REGISTRY-URL FILE}
 */
final class PublishEvents {

    private PublishEvents() {}

    public static void main(String[] args) throws Exception {
        // Kafka's client is talkative.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(reader);
        }
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        EventCatalog catalog = EventCatalog.bundled();
        EventSerde serde = new EventSerde(catalog, new HttpSchemaRegistry(URI.create(args[1])));
        EventJson json = new EventJson(catalog);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String line : Files.readAllLines(Path.of(args[2]))) {
                var placed = producer.send(serde.serialize(json.read(line.getBytes(StandardCharsets.UTF_8)))).get();
                System.out.println(placed);
            }
        }
    }
}
