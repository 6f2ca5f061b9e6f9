package io.masterdeal.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The three servers as a client sees them, with nothing but their addresses. */
record Servers(LocalAddresses addresses) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    void createTopicWithRecord(String topic, String key, String value) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka());
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    String readFirstValue(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            ConsumerRecords<String, String> records = consumer.poll(PATIENCE);
            return records.iterator().next().value();
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String queryOne(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    int registerSchema(String subject) throws IOException, InterruptedException {
        String body = "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(addresses.registryUrl() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    String subjects() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(addresses.registryUrl() + "/subjects"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(addresses.jdbcUrl(), addresses.postgresUser(), addresses.postgresPassword());
    }

    private Map<String, Object> kafka() {
        Map<String, Object> properties = new HashMap<>(addresses.kafkaClientProperties());
        properties.put("bootstrap.servers", addresses.kafkaBootstrapServers());
        return properties;
    }
}
