package io.masterdeal.testbed.servers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A process that leaves something in every server, and is gone without a word. */
final class UntidyBorrower {

    private UntidyBorrower() {}

    public static void main(String[] arguments) throws Exception {
        TestServers servers = TestServers.get();
        try (Admin admin = Admin.create(servers.kafkaClient())) {
            admin.createTopics(List.of(new NewTopic("crm.events", 1, (short) 1)))
                    .all()
                    .get();
        }
        Map<String, Object> client = servers.kafkaClient();
        client.put("group.id", "left-behind");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of("crm.events"));
        while (consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ofMillis(100));
        }
        consumer.commitSync();
        Connection connection = DriverManager.getConnection(
                servers.addresses().jdbcUrl(),
                servers.addresses().postgresUser(),
                servers.addresses().postgresPassword());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE left_behind (id int)");
            statement.execute("SELECT pg_create_logical_replication_slot('left_behind', 'pgoutput')");
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(
                                            servers.addresses().registryUrl() + "/subjects/left-behind/versions"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"schema\":\"\\\"string\\\"\"}"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("the registry answers " + status);
            }
        }
        System.out.println("borrowed " + servers.addresses().kafkaBootstrapServers());
        // The consumer and the connection are still open: as a kill leaves them.
        Runtime.getRuntime().halt(7);
    }
}
