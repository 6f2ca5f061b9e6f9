package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.Role;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The router in a separate process, with a platform that does not have the role. */
class RouterAloneTest {

    @Test
    void up_with_the_role_router_alone_delivers_what_others_took_in_to_those_of_its_file(@TempDir Path folder)
            throws Exception {
        // given
        TestPlatform platform = TestPlatform.empty("default", EnumSet.of(Role.SERVICE, Role.GATEWAY));
        List<JsonNode> arrived = new CopyOnWriteArrayList<>();
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/", exchange -> {
            arrived.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        sink.start();
        Path subscriptions = Files.writeString(folder.resolve("subscriptions.yaml"), """
                subscriptions:
                  - name: alone
                    types: [crm.deal.created]
                    sink: {type: http, url: "http://127.0.0.1:%d/"}
                """.formatted(
                        sink.getAddress().getPort()));

        try (ChildPlatform router = ChildPlatform.router(folder.resolve("router"), platform, subscriptions)) {
            // when
            // A single event: everything sent once the router is up is delivered.
            tellOfADeal(platform.addresses());
            await("the deal is delivered").atMost(TestPlatform.PATIENCE).until(() -> !arrived.isEmpty());

            // then
            PlatformAddresses addresses = router.addresses();
            assertThat(addresses.service()).isNull();
            assertThat(addresses.gateway()).isNull();
            assertThat(arrived.getFirst().path("type").stringValue()).isEqualTo("crm.deal.created");
            assertThat(folder.resolve("router/secrets/subscriptions/alone.whsec"))
                    .content(StandardCharsets.UTF_8)
                    .startsWith("whsec_");
            PlatformClient client = new PlatformClient(
                    "router",
                    Objects.requireNonNull(addresses.router()),
                    ApiKeys.read(platform.addresses().apiKeys(), "reader"));
            assertThat(client.get("/subscriptions").toString()).contains("\"alone\"");
            await("the ledger has it")
                    .atMost(TestPlatform.PATIENCE)
                    .until(() -> client.get("/ledger")
                            .path("items")
                            .valueStream()
                            .anyMatch(item ->
                                    item.path("subscription").stringValue().equals("alone")
                                            && item.path("delivered").longValue() > 0));
        } finally {
            sink.stop(0);
        }
    }

    private static void tellOfADeal(PlatformAddresses at) throws Exception {
        String event = """
                {"specversion": "1.0", "id": "%s", "source": "/crm", "type": "crm.deal.created",
                 "subject": "crm:deal:D-alone", "time": "2026-03-02T09:00:00Z", "data": {}}""".formatted(UUID.randomUUID());
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(
                            HttpRequest.newBuilder(
                                            Objects.requireNonNull(at.gateway()).resolve("/events"))
                                    .header("Authorization", "Bearer " + ApiKeys.read(at.apiKeys(), "crm"))
                                    .header("Content-Type", "application/cloudevents+json")
                                    .POST(BodyPublishers.ofString(event))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isEqualTo(202);
        }
    }
}
