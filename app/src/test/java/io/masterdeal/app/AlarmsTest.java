package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.masterdeal.console.ConsoleRole;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alarms that are caused for real, as a webhook hears of them: a poison record, a sink that refuses, and SLA breaches. */
class AlarmsTest {

    private static final Duration WAIT = Duration.ofMinutes(2);

    private static final String POLICIES = """
        name: hours
        version: 1
        policies:
          - policy: whole
            title: the whole deal
            start: {stage: {reached: lead_created}}
            stop: {stage: {reached: closed}}
            reopen: continue
            target: 60m
        """;

    private final List<JsonNode> notices = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private void hook(HttpExchange exchange) throws IOException {
        notices.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(400, -1);
        exchange.close();
    }

    private Stream<JsonNode> alerts() {
        return notices.stream().flatMap(notice -> notice.path("alerts").valueStream());
    }

    @Test
    void what_goes_wrong_is_told(@TempDir Path directory) throws Exception {
        // given
        Path policies = Files.writeString(directory.resolve("hours.yaml"), POLICIES);
        TestPlatform platform = TestPlatform.empty(Map.of("masterdeal.service.sla.policies", policies.toString()));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::hook);
        server.createContext("/refuses", AlarmsTest::refuse);
        server.start();
        String here = "http://127.0.0.1:" + server.getAddress().getPort();
        try (ConfigurableApplicationContext console = console(platform, directory, here)) {
            await().atMost(WAIT)
                    .until(() -> page(console, platform, "/monitoring").contains("crm.events"));
            send(
                    platform,
                    "PUT",
                    Objects.requireNonNull(platform.addresses().router()).resolve("/subscriptions/refuses"),
                    "operator",
                    "application/json",
                    "{\"types\":[\"crm.deal.created\"],\"sink\":{\"type\":\"http\",\"url\":\"" + here
                            + "/refuses\"},\"retry\":{\"attempts\":1}}");

            // when
            poison();
            send(
                    platform,
                    "POST",
                    Objects.requireNonNull(platform.addresses().gateway()).resolve("/events"),
                    "crm",
                    "application/cloudevents+json",
                    created());

            // then
            await().atMost(WAIT)
                    .untilAsserted(() -> assertThat(
                                    alerts().map(alert -> alert.path("rule").asString("")))
                            .contains("intake-refused", "dead-letters"));
            await().atMost(WAIT)
                    .untilAsserted(() -> assertThat(notices)
                            .filteredOn(
                                    notice -> notice.path("kind").asString("").equals("sla_breaches"))
                            .singleElement()
                            .satisfies(notice -> assertThat(
                                            notice.at("/breaches/0/policy").asString(""))
                                    .isEqualTo("whole")));
            assertThat(alerts().map(alert -> alert.path("rule").asString("") + alert.path("labels")))
                    .as("each is told once")
                    .doesNotHaveDuplicates();
            await().atMost(WAIT)
                    .untilAsserted(() -> assertThat(page(console, platform, "/monitoring"))
                            .contains("/monitoring/errors?reason=invalid-event", "crm.deal.created"));
        } finally {
            server.stop(0);
            http.shutdownNow();
        }
    }

    private ConfigurableApplicationContext console(TestPlatform platform, Path directory, String here)
            throws IOException {
        Path channels = Files.writeString(
                directory.resolve("channels.yaml"),
                "channels:\n  - {name: duty, kind: webhook, url: \"" + here + "/hook\"}\n");
        LocalAddresses at = TestServers.get().addresses();
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", "0");
        settings.put("spring.jmx.enabled", "false");
        settings.put("masterdeal.api-keys", platform.addresses().apiKeys().toString());
        settings.put("masterdeal.kafka.bootstrap-servers", at.kafkaBootstrapServers());
        at.kafkaClientProperties().forEach((name, value) -> settings.put("masterdeal.kafka.client." + name, value));
        settings.put("masterdeal.registry.url", at.registryUrl().toString());
        settings.put(
                "masterdeal.gateway.url", String.valueOf(platform.addresses().gateway()));
        settings.put(
                "masterdeal.service.url", String.valueOf(platform.addresses().service()));
        settings.put(
                "masterdeal.router.url", String.valueOf(platform.addresses().router()));
        settings.put("spring.datasource.url", at.jdbcUrl());
        settings.put("spring.datasource.username", at.postgresUser());
        settings.put("spring.datasource.password", at.postgresPassword());
        settings.put("masterdeal.console.schema", "console_alarms");
        settings.put("masterdeal.console.channels", channels.toString());
        settings.put("masterdeal.console.watch.interval", "300ms");
        settings.put("masterdeal.console.notices.group", "300ms");
        settings.put("masterdeal.console.notices.digest", "1s");
        return new SpringApplicationBuilder(ConsoleRole.class)
                .registerShutdownHook(false)
                .initializers(context ->
                        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings)))
                .run();
    }

    private static void poison() throws Exception {
        LocalAddresses at = TestServers.get().addresses();
        Map<String, Object> properties = new HashMap<>(at.kafkaClientProperties());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, at.kafkaBootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("crm.events", "hello".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static String created() {
        return """
            {"specversion": "1.0", "id": "%s", "source": "/test", "type": "crm.deal.created",
             "subject": "crm:deal:D-alarm", "time": "%s", "data": {}}
            """.formatted(UUID.randomUUID(), Instant.now().minus(Duration.ofHours(3)));
    }

    private void send(TestPlatform platform, String method, URI to, String principal, String type, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(to)
                        .header(
                                "Authorization",
                                "Bearer " + ApiKeys.read(platform.addresses().apiKeys(), principal))
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    private String page(ConfigurableApplicationContext console, TestPlatform platform, String path)
            throws IOException, InterruptedException {
        int port = Objects.requireNonNull(((WebServerApplicationContext) console).getWebServer())
                .getPort();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header(
                                "Authorization",
                                "Bearer " + ApiKeys.read(platform.addresses().apiKeys(), "reader"))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
