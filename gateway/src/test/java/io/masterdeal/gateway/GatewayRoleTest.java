package io.masterdeal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.gateway.RunningGateway.Reply;
import io.masterdeal.local.LocalAddresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** How the role is started and what it shows. */
class GatewayRoleTest {
    @TempDir
    Path directory;

    @Test
    void two_gateways_run_side_by_side_each_on_loopback_with_metrics_of_its_own() throws Exception {
        // given
        try (var first = RunningGateway.start(Map.of());
                var second = RunningGateway.start(Map.of())) {
            // when
            Reply taken = first.structured("crm", Events.dealCreated("R-1"));
            Reply refused = first.structured("crm", Events.with(Events.dealCreated("R-2"), "time", ""));

            // then
            assertThat(taken.status()).as(taken.text()).isEqualTo(202);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(first.context().getEnvironment().getProperty("server.address"))
                    .isEqualTo("127.0.0.1");
            assertThat(metrics(first))
                    .contains("masterdeal_gateway_events_accepted_total{domain=\"crm\"} 1.0")
                    .contains("masterdeal_gateway_events_rejected_total{domain=\"crm\",reason=\"invalid-event\"} 1.0");
            assertThat(metrics(second)).doesNotContain("events_accepted_total{domain=\"crm\"}");
        }
    }

    @Test
    void what_a_starter_says_wins_over_what_the_role_has_by_default() throws Exception {
        try (var gateway =
                RunningGateway.start(Map.of("server.address", "127.0.0.2", "server.tomcat.max-connections", "7"))) {
            assertThat(gateway.context().getEnvironment().getProperty("server.address"))
                    .isEqualTo("127.0.0.2");
            assertThat(gateway.context().getEnvironment().getProperty("server.tomcat.max-connections"))
                    .isEqualTo("7");
            assertThat(gateway.context().getEnvironment().getProperty("server.shutdown"))
                    .isEqualTo("graceful");
        }
    }

    @Test
    void health_and_the_description_are_for_all_and_the_rest_needs_a_key() throws Exception {
        try (var gateway = RunningGateway.start(Map.of())) {
            assertThat(gateway.send(gateway.request("/actuator/health")).at("/status"))
                    .isEqualTo("UP");
            assertThat(gateway.send(gateway.request("/actuator/health/readiness"))
                            .at("/components/kafka/status"))
                    .isEqualTo("UP");
            assertThat(gateway.send(gateway.request("/openapi.yaml")).status()).isEqualTo(200);
            assertThat(gateway.send(gateway.request("/actuator/prometheus")).status())
                    .isEqualTo(401);
            assertThat(gateway.send(gateway.request("/actuator/prometheus", "crm"))
                            .status())
                    .isEqualTo(403);
            assertThat(gateway.send(gateway.request("/actuator/prometheus", "reader"))
                            .status())
                    .isEqualTo(200);
            assertThat(gateway.send(gateway.request("/actuator/env", "operator"))
                            .status())
                    .isEqualTo(404);
            assertThat(gateway.send(gateway.request("/nothing")).status()).isEqualTo(401);
            Reply get = gateway.send(gateway.request("/events", "crm"));
            assertThat(get.status()).isEqualTo(405);
            assertThat(get.header("Allow")).isEqualTo("POST");
            assertThat(gateway.send(gateway.request("/events", "crm")
                                    .header("ce-padding", "x".repeat(40_000))
                                    .POST(BodyPublishers.ofString("{}")))
                            .status())
                    .isIn(400, 431);
        }
    }

    @Test
    void the_description_of_the_api_names_the_path_and_the_content_types() throws Exception {
        // given
        Map<String, Object> document;

        // when
        try (var gateway = RunningGateway.start(Map.of())) {
            Reply reply = gateway.send(gateway.request("/openapi.yaml"));
            assertThat(reply.header("content-type")).isEqualTo("application/yaml");
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reply.text());
        }

        // then
        assertThat(document).containsEntry("openapi", "3.1.0");
        assertThat(member(document, "paths", "/events", "post", "requestBody", "content"))
                .containsOnlyKeys(
                        "application/cloudevents+json", "application/cloudevents-batch+json", "application/json");
        assertThat(member(document, "paths", "/events", "post", "responses"))
                .containsOnlyKeys("202", "207", "400", "401", "403", "408", "413", "415", "422", "500", "503");
    }

    @Test
    void kafka_settings_may_come_from_a_file_that_only_the_owner_reads() throws Exception {
        // given
        LocalAddresses addresses = Infrastructure.addresses();
        Path file = directory.resolve("kafka.properties");
        var properties = new Properties();
        properties.putAll(addresses.kafkaClientProperties());
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        var settings = new HashMap<>(RunningGateway.settings(addresses));
        settings.keySet().removeIf(name -> name.startsWith("masterdeal.kafka.client."));
        settings.put("masterdeal.kafka.properties-file", file.toString());
        settings.put("masterdeal.api-keys", directory.resolve("absent").toString());

        // when
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        ApiKeys.generate(directory.resolve("absent"), List.of("crm"));

        // then
        assertThatThrownBy(() -> start(settings)).rootCause().hasMessageContaining("chmod 600 " + file);

        // when
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        // then
        start(settings);
    }

    @Test
    void a_route_may_be_set_by_its_old_name_and_the_new_one_counts_more() throws Exception {
        try (var before = new UpstreamServer();
                var now = new UpstreamServer();
                var gateway = RunningGateway.start(Map.of(
                        "masterdeal.routes.media.url", before.url(),
                        "masterdeal.routes.legal.url", before.url(),
                        "masterdeal.gateway.proxy.legal.url", now.url()))) {
            before.answers(exchange -> UpstreamServer.answer(exchange, 200, "text/plain", "before"));
            now.answers(exchange -> UpstreamServer.answer(exchange, 200, "text/plain", "now"));

            assertThat(gateway.send(gateway.request("/media/x", "crm")).text()).isEqualTo("before");
            assertThat(gateway.send(gateway.request("/legal/x", "crm")).text()).isEqualTo("now");
        }
    }

    @Test
    void a_setting_that_is_missing_is_named() {
        for (String name :
                new String[] {"masterdeal.kafka.bootstrap-servers", "masterdeal.registry.url", "masterdeal.api-keys"}) {
            var settings = new HashMap<>(RunningGateway.settings(Infrastructure.addresses()));
            settings.put("masterdeal.api-keys", keys().toString());
            settings.remove(name);
            assertThatThrownBy(() -> start(settings)).rootCause().hasMessageContaining("needs the setting " + name);
        }
    }

    @Test
    void no_secret_is_logged() throws Exception {
        // given
        var log = new ByteArrayOutputStream();
        PrintStream before = System.out;
        String password = Infrastructure.addresses().kafkaClientProperties().getOrDefault("sasl.jaas.config", "");

        // when
        String key;
        System.setOut(new PrintStream(new Tee(before, log), true, StandardCharsets.UTF_8));
        try (var gateway = RunningGateway.start(Map.of())) {
            key = gateway.key("crm");
            gateway.structured("crm", Events.dealCreated("S-1"));
            gateway.structured("crm", "nonsense");
        } finally {
            System.setOut(before);
        }

        // then
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("Kafka has the topics")
                .doesNotContain(key)
                .doesNotContain(password.replaceAll(".*password=\"([^\"]*)\".*", "$1"));
    }

    private Path keys() {
        Path keys = directory.resolve("keys");
        ApiKeys.generate(keys, List.of("crm"));
        return keys;
    }

    private static void start(Map<String, Object> settings) {
        new SpringApplicationBuilder(GatewayRole.class)
                .properties(settings)
                .run()
                .close();
    }

    private static String metrics(RunningGateway gateway) throws IOException, InterruptedException {
        return gateway.send(gateway.request("/actuator/prometheus", "operator")).text();
    }

    @SuppressWarnings("unchecked") // YAML objects are maps of their names.
    private static Map<String, Object> member(Map<String, Object> document, String... path) {
        Map<String, Object> found = document;
        for (String name : path) {
            found = (Map<String, Object>) found.getOrDefault(name, Map.of());
        }
        return found;
    }

    /** Writes to two places. */
    private static final class Tee extends OutputStream {
        private final OutputStream one;
        private final OutputStream other;

        Tee(OutputStream one, OutputStream other) {
            this.one = one;
            this.other = other;
        }

        @Override
        public void write(int b) throws IOException {
            one.write(b);
            other.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            one.write(bytes, offset, length);
            other.write(bytes, offset, length);
        }
    }
}
