package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.platform.PlatformProcess;
import io.masterdeal.crash.workload.RandomDeals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deliveries survive a kill of PostgreSQL, of the broker and of the router itself. */
class RoutedTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final CrashPlatform platform;

    private final Map<String, Set<String>> arrived = new LinkedHashMap<>();

    private final AtomicInteger requests = new AtomicInteger();

    RoutedTest() throws Exception {
        platform = SharedPlatform.get();
    }

    @Test
    void every_event_arrives_in_order_though_postgresql_the_broker_and_the_router_are_killed() throws Exception {
        // given
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        sink.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        sink.createContext("/", this::take);
        sink.start();
        try (Load load = new Load(platform, RandomDeals.generate("routed", 150, 11), 6)) {
            platform.routerClient("operator")
                    .send(
                            "PUT",
                            "/subscriptions/recorder",
                            JsonMapper.shared()
                                    .readTree("{\"types\": [\"*\"], \"filter\": \"event.subject.contains('routed')\","
                                            + " \"sink\": {\"type\": \"http\", \"url\": \"http://127.0.0.1:"
                                            + sink.getAddress().getPort() + "/\"}}"));

            // when
            for (PlatformProcess process : List.of(platform.postgres(), platform.broker(), platform.router())) {
                int before = requests.get();
                load.sendShare();
                load.sendShare();
                await("deliveries are under way").atMost(PATIENCE).until(() -> requests.get() > before + 25);
                assertThat(process.kill()).as(process.name()).isTrue();
                process.start();
            }
            load.finish();

            // then
            new CrashRun(platform).settle();
            await("the router has read everything").atMost(PATIENCE).until(this::hasReadAll);
            awaitDelivered();
            PlatformClient router = platform.routerClient("reader");
            assertThat(router.get("/ledger/verify").path("differences")).isEmpty();
            assertThat(router.get("/ledger/verify?against=kafka").path("differences"))
                    .isEmpty();
            assertThat(inOrder(arrived)).isEqualTo(inOrder(accepted()));
        } finally {
            sink.stop(0);
        }
        SharedPlatform.assertSound(platform, "with deliveries under way");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            requests.incrementAndGet();
            synchronized (arrived) {
                arrived.computeIfAbsent(orderKey(event), _ -> new LinkedHashSet<>())
                        .add(event.path("id").stringValue());
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private static String orderKey(JsonNode event) {
        return event.path("masterdealid").asString(event.path("subject").asString(""));
    }

    private static Map<String, List<String>> inOrder(Map<String, Set<String>> ids) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        ids.forEach((key, set) -> lists.put(key, List.copyOf(set)));
        return lists;
    }

    /** In the order of acceptance, each event where it was first accepted: the same one may be in Kafka twice. */
    private Map<String, Set<String>> accepted() throws Exception {
        Map<String, Set<String>> accepted = new LinkedHashMap<>();
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT d.order_key, m.event_id FROM router.deliveries d JOIN router.messages m ON m.id = d.message_id"
                                + " JOIN router.subscriptions s ON s.id = d.subscription"
                                + " WHERE s.name = 'recorder' AND d.state <> 'filtered' ORDER BY m.id")) {
            while (row.next()) {
                accepted.computeIfAbsent(row.getString(1), _ -> new LinkedHashSet<>())
                        .add(row.getString(2));
            }
        }
        return accepted;
    }

    /** Whether the router has read every record; the end marker of a transaction takes an offset but is no record. */
    private boolean hasReadAll() throws Exception {
        Map<TopicPartition, Long> positions = new HashMap<>();
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT topic, partition, next_offset FROM router.positions")) {
            while (row.next()) {
                positions.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
            }
        }
        Map<String, Object> client = new HashMap<>(platform.kafkaClient());
        client.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(positions.keySet());
            positions.forEach(consumer::seek);
            Map<TopicPartition, Long> ends = consumer.endOffsets(positions.keySet());
            while (ends.entrySet().stream().anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
                if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                    return false;
                }
            }
            return true;
        }
    }

    private void awaitDelivered() throws Exception {
        PlatformClient router = platform.routerClient("reader");
        await("everything is delivered").atMost(PATIENCE).until(() -> {
            try {
                for (JsonNode line : router.get("/ledger").path("items")) {
                    if (line.path("subscription").stringValue().equals("recorder")) {
                        return line.path("accepted").longValue() > 1000
                                && line.path("delivered").longValue()
                                                + line.path("filtered").longValue()
                                        == line.path("accepted").longValue();
                    }
                }
                return false;
            } catch (ApiException e) {
                return false; // It is still starting.
            }
        });
    }
}
