package io.masterdeal.queue.servers;

import io.masterdeal.local.Part;
import io.masterdeal.testbed.servers.TestServers;
import java.util.HashMap;
import java.util.Map;

/** The Kafka that is lent to this JVM. */
final class KafkaTestBroker implements TestBroker {

    private final TestServers servers = TestServers.get();

    @Override
    public Map<String, String> settings() {
        return Map.of("masterdeal.queue.kind", "kafka");
    }

    @Override
    public Map<String, String> kafkaClient() {
        Map<String, String> client = new HashMap<>();
        servers.kafkaClient().forEach((name, value) -> client.put(name, value.toString()));
        return client;
    }

    @Override
    public void start() {
        servers.start(Part.KAFKA);
    }

    @Override
    public void stop() {
        servers.stop(Part.KAFKA);
    }
}
