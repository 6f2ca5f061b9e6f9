package io.masterdeal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.gateway.RunningGateway.Reply;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalOptions;
import io.masterdeal.local.Part;
import io.masterdeal.local.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without Kafka or the registry nothing is claimed, and with them again all is well. */
class GatewayOutageTest {
    @TempDir
    Path data;

    @Test
    void without_kafka_the_caller_is_asked_to_come_again_and_later_is_served() throws Exception {
        // given
        LocalOptions options =
                LocalOptions.in(data).withParts(EnumSet.of(Part.KAFKA)).withKafkaPort(Ports.free());
        LocalInfrastructure kafka = LocalInfrastructure.start(options);
        var settings = new HashMap<>(RunningGateway.settings(kafka.addresses()));
        settings.put(
                "masterdeal.registry.url",
                Infrastructure.addresses().registryUrl().toString());
        try (var gateway = RunningGateway.start(settings);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(gateway.structured("crm", Events.dealCreated("O-1")).status())
                    .isEqualTo(202);
            assertThat(status(gateway, "/actuator/health/readiness")).isEqualTo(200);

            // when
            kafka.close();
            // Side by side, because each is answered only after waiting for Kafka.
            Future<Reply> singles = callers.submit(() -> gateway.structured("crm", Events.dealCreated("O-2")));
            Reply batch = gateway.batch(
                    "crm", List.of(Events.dealCreated("O-3"), Events.dealCreated("O-4"), Events.dealCreated("O-5")));
            Reply single = singles.get();

            // then
            assertThat(single.status()).as(single.text()).isEqualTo(503);
            assertThat(single.header("Retry-After")).isEqualTo("5");
            assertThat(single.at("/type")).isEqualTo("urn:masterdeal:problem:unavailable");
            assertThat(batch.status()).as(batch.text()).isEqualTo(503);
            assertThat(batch.header("Retry-After")).isEqualTo("5");
            assertThat(batch.json().at("/items/2/status").asInt()).isEqualTo(503);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(status(gateway, "/actuator/health/readiness"))
                            .isEqualTo(503));
            assertThat(status(gateway, "/actuator/health/liveness")).isEqualTo(200);

            // when
            kafka = LocalInfrastructure.start(options);

            // then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(gateway.structured("crm", Events.dealCreated("O-6"))
                                    .status())
                            .isEqualTo(202));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(status(gateway, "/actuator/health/readiness"))
                            .isEqualTo(200));
        } finally {
            kafka.close();
        }
    }

    @Test
    void without_the_registry_the_caller_is_asked_to_come_again() throws Exception {
        // given
        try (var gateway = RunningGateway.start(
                Map.of("masterdeal.registry.url", "http://127.0.0.1:" + Ports.free() + "/apis/ccompat/v7"))) {
            // when
            Reply reply = gateway.structured("crm", Events.dealCreated("O-7"));

            // then
            assertThat(reply.status()).as(reply.text()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("5");
        }
    }

    private static int status(RunningGateway gateway, String path) throws IOException, InterruptedException {
        return gateway.send(gateway.request(path)).status();
    }
}
