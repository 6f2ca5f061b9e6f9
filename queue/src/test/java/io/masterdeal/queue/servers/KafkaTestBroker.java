package io.masterdeal.queue.servers;

import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalOptions;
import io.masterdeal.local.Part;
import io.masterdeal.local.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Kafka of {@code local}. */
final class KafkaTestBroker implements TestBroker {

    private final LocalOptions options;

    private @Nullable LocalInfrastructure running;

    private Map<String, String> client = Map.of();

    KafkaTestBroker(Path data) throws IOException {
        options = LocalOptions.in(data).withParts(Set.of(Part.KAFKA)).withKafkaPort(Ports.free());
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("masterdeal.queue.kind", "kafka");
    }

    @Override
    public Map<String, String> kafkaClient() {
        return client;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            running = LocalInfrastructure.start(options);
            client = new HashMap<>(running.addresses().kafkaClientProperties());
            client.put("bootstrap.servers", running.addresses().kafkaBootstrapServers());
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
