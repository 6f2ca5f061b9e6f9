package io.masterdeal.role.context;

import io.masterdeal.role.http.Problem;
import io.masterdeal.role.kafka.KafkaClientFactory;
import io.masterdeal.role.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A role as short as a new one can begin: a row, a record, and a problem. */
@RoleApplication(
        name = "minimal",
        port = 0,
        readiness = {"db", "kafka"})
@WithDatabase(migrations = "masterdeal/minimal")
@WithKafka
@WithOpenApi
class MinimalRole {
    static final String TOPIC = "minimal.greetings";

    @Bean
    Producer<byte[], byte[]> producer(KafkaSettings settings) {
        return KafkaClientFactory.producer(settings.common());
    }

    /** Its endpoints; a class inside a configuration is a bean by itself. */
    @RestController
    static final class Greetings {
        private final JdbcClient jdbc;
        private final Producer<byte[], byte[]> producer;

        Greetings(JdbcClient jdbc, Producer<byte[], byte[]> producer) {
            this.jdbc = jdbc;
            this.producer = producer;
        }

        @GetMapping("/greetings")
        List<String> all() {
            return jdbc.sql("SELECT text FROM greetings")
                    .query((row, _) -> row.getString(1))
                    .list();
        }

        @GetMapping("/greetings/{name}")
        String of(@PathVariable String name) {
            return all().stream()
                    .filter(name::equals)
                    .findFirst()
                    .orElseThrow(
                            () -> new Problem(HttpStatus.NOT_FOUND, "no such greeting", "Nobody says '" + name + "'."));
        }

        @PostMapping("/greetings")
        Map<String, Long> send(@RequestBody Map<String, String> greeting)
                throws ExecutionException, InterruptedException {
            byte[] text = greeting.getOrDefault("text", "").getBytes(StandardCharsets.UTF_8);
            return Map.of(
                    "offset",
                    producer.send(new ProducerRecord<>(TOPIC, text)).get().offset());
        }
    }
}
