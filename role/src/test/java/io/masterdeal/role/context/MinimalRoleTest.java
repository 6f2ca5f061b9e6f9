package io.masterdeal.role.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.role.kafka.KafkaClientFactory;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.testbed.servers.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a new role has of this module alone, asked over HTTP on real servers. */
class MinimalRoleTest {
    @TempDir
    static Path keys;

    private static ConfigurableApplicationContext role;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        LocalAddresses at = TestServers.get().addresses();
        ApiKeys.generate(keys, List.of("operator", "reader"));
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", 0);
        settings.put("spring.datasource.url", TestServers.get().createDatabase("minimal"));
        settings.put("spring.datasource.username", at.postgresUser());
        settings.put("spring.datasource.password", at.postgresPassword());
        settings.put("masterdeal.kafka.bootstrap-servers", at.kafkaBootstrapServers());
        at.kafkaClientProperties().forEach((name, value) -> settings.put("masterdeal.kafka.client." + name, value));
        settings.put("masterdeal.registry.url", at.registryUrl().toString());
        settings.put("masterdeal.api-keys", keys.toString());
        role = new SpringApplicationBuilder(MinimalRole.class)
                .properties(settings)
                .run();
    }

    @AfterAll
    static void stop() {
        role.close();
    }

    @Test
    void without_a_key_it_answers_with_a_problem() throws Exception {
        HttpResponse<String> answer = send(request("/greetings").GET());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer realm=\"masterdeal\"");
        assertThat(json(answer).path("type").asString()).isEqualTo("urn:masterdeal:problem:unauthenticated");
    }

    @Test
    void only_the_operator_may_change_something() throws Exception {
        HttpResponse<String> answer = send(request("/greetings", "reader").POST(body("{\"text\": \"hello\"}")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).path("type").asString()).isEqualTo("urn:masterdeal:problem:forbidden");
    }

    @Test
    void a_row_comes_from_the_schema_that_it_has_made() throws Exception {
        assertThat(send(request("/greetings", "reader").GET()).body()).isEqualTo("[\"good morning\"]");
    }

    @Test
    void a_record_goes_to_kafka() throws Exception {
        role.getBean(Admin.class)
                .createTopics(List.of(new NewTopic(MinimalRole.TOPIC, 1, (short) 1)))
                .all()
                .get();

        HttpResponse<String> answer = send(request("/greetings", "operator").POST(body("{\"text\": \"hello\"}")));

        assertThat(answer.body()).isEqualTo("{\"offset\":0}");
        try (var consumer =
                KafkaClientFactory.consumer(role.getBean(KafkaSettings.class).common())) {
            var partition = new TopicPartition(MinimalRole.TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            assertThat(consumer.poll(Duration.ofSeconds(10)))
                    .extracting(it -> new String(it.value(), StandardCharsets.UTF_8))
                    .containsExactly("hello");
        }
    }

    @Test
    void what_a_controller_refuses_has_the_form_of_all_problems() throws Exception {
        HttpResponse<String> answer = send(request("/greetings/ahoy", "reader").GET());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.path("type").asString()).isEqualTo("urn:masterdeal:problem:not-found");
        assertThat(problem.path("title").asString()).isEqualTo("no such greeting");
        assertThat(problem.path("detail").asString()).isEqualTo("Nobody says 'ahoy'.");
        assertThat(problem.path("errors").isArray()).isTrue();
    }

    @Test
    void health_is_open_to_everyone_and_tells_of_its_servers() throws Exception {
        JsonNode health = json(send(request("/actuator/health").GET()));
        JsonNode readiness = json(send(request("/actuator/health/readiness").GET()));

        assertThat(health.path("status").asString()).isEqualTo("UP");
        assertThat(health.path("components").propertyNames()).contains("db", "http", "kafka");
        assertThat(readiness.path("components").propertyNames())
                .containsExactlyInAnyOrder("db", "kafka", "readinessState");
    }

    @Test
    void metrics_and_the_description_of_its_api_want_a_key() throws Exception {
        assertThat(send(request("/actuator/prometheus").GET()).statusCode()).isEqualTo(401);
        assertThat(send(request("/actuator/prometheus", "reader").GET()).body())
                .contains("hikaricp_connections{pool=\"minimal\"}", "masterdeal_http_connections");
        assertThat(send(request("/openapi", "reader").GET()).body()).contains("\"/greetings\"");
    }

    private static HttpRequest.BodyPublisher body(String json) {
        return HttpRequest.BodyPublishers.ofString(json);
    }

    private static HttpRequest.Builder request(String path) {
        int port = Objects.requireNonNull(((WebServerApplicationContext) role).getWebServer())
                .getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json");
    }

    private static HttpRequest.Builder request(String path, String principal) {
        return request(path).header("Authorization", "Bearer " + ApiKeys.read(keys, principal));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
