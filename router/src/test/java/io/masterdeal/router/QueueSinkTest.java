package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.queue.QueueSettings;
import io.masterdeal.queue.Task;
import io.masterdeal.queue.TaskOutcome;
import io.masterdeal.queue.TaskQueue;
import io.masterdeal.queue.TaskQueues;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RunningRouter;
import io.masterdeal.testbed.servers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events become tasks of a queue, over Kafka. */
class QueueSinkTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String SIGNED = "docflow.contract.signed";

    private static RunningRouter router;

    private static Publisher publisher;

    @BeforeAll
    static void start() {
        router = RunningRouter.start();
        publisher = new Publisher();
    }

    @AfterAll
    static void stop() {
        publisher.close();
        router.close();
    }

    @Test
    void an_event_is_delivered_when_the_queue_has_it_as_a_task_with_its_id() throws Exception {
        // given
        String queue = "test." + UUID.randomUUID();
        router.subscribe("to-a-queue", definition(queue));
        List<Event> events = IntStream.range(0, 3)
                .mapToObj(i -> Publisher.event(SIGNED, "docflow:contract:Q-" + i))
                .toList();

        // when
        publisher.publish(events);
        await().atMost(PATIENCE)
                .until(() -> router.sums("to-a-queue").path("delivered").longValue(0) == 3);

        // then a handler that starts only now gets all of them
        Map<UUID, Task> tasks = new ConcurrentHashMap<>();
        try (TaskQueue handling = open(queue)) {
            handling.handle(delivery -> {
                tasks.put(delivery.task().id(), delivery.task());
                return TaskOutcome.done();
            });
            await().atMost(PATIENCE).until(() -> tasks.size() == 3);
        }
        for (Event event : events) {
            Task task = Objects.requireNonNull(tasks.get(event.envelope().id()));
            assertThat(task.type()).isEqualTo(SIGNED);
            assertThat(task.correlationId()).isEqualTo("c-" + event.envelope().subject());
            JsonNode payload = JsonMapper.shared().readTree(task.payload());
            assertThat(payload.path("specversion").stringValue()).isEqualTo("1.0");
            assertThat(payload.path("id").stringValue())
                    .isEqualTo(event.envelope().id().toString());
            assertThat(payload.at("/data/status").stringValue()).isEqualTo("Contract Signed");
        }
    }

    @Test
    void a_queue_of_the_platform_itself_is_refused() throws Exception {
        // when
        HttpResponse<String> refused =
                router.request("PUT", "/subscriptions/own", "operator", definition("masterdeal.effects"));

        // then
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("/sink/queue").contains("none that begins with masterdeal.");
    }

    private static String definition(String queue) {
        return "{\"types\": [\"%s\"], \"sink\": {\"type\": \"queue\", \"queue\": \"%s\"}}".formatted(SIGNED, queue);
    }

    private static TaskQueue open(String queue) {
        LocalAddresses at = TestServers.get().addresses();
        DriverManagerDataSource tables = new DriverManagerDataSource(
                TestServers.get().createDatabase("router"), at.postgresUser(), at.postgresPassword());
        Flyway.configure()
                .dataSource(tables)
                .locations("classpath:masterdeal/queue/migrations")
                .load()
                .migrate();
        Map<String, String> kafka = new HashMap<>(at.kafkaClientProperties());
        kafka.put("bootstrap.servers", at.kafkaBootstrapServers());
        return TaskQueues.open(
                TaskQueues.broker(_ -> null, kafka), QueueSettings.of(queue), tables, new SimpleMeterRegistry());
    }
}
