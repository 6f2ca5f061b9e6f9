package io.masterdeal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.gateway.RunningGateway.Reply;
import io.masterdeal.testbed.http.LongRequest;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;

/**
 * What the gateway does not take: bodies without end, and more than a caller's part of its memory.
 */
class GatewayLimitsTest {
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete", "options");

    private static Upstream upstream;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        upstream = new Upstream();
        upstream.answers(exchange -> Upstream.answer(exchange, 200, "text/plain", "fine"));
        var settings = new HashMap<String, Object>();
        settings.put("masterdeal.routes.media.url", upstream.url());
        gateway = RunningGateway.start(settings);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void every_endpoint_refuses_a_body_beyond_its_limit_however_its_length_is_told() throws Exception {
        // given
        List<LongRequest> requests = new ArrayList<>();
        Map<String, Map<String, Object>> paths;
        try (var in = new ClassPathResource("openapi/gateway.yaml").getInputStream()) {
            Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(in);
            paths = document.get("paths");
        }
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                for (String type : contentTypes(operation)) {
                    requests.add(new LongRequest(
                            gateway.port(),
                            method.toUpperCase(Locale.ROOT) + " "
                                    + path.replace("{system}", "media").replaceAll("\\{[^}]+}", "x"),
                            "Authorization: Bearer " + gateway.key("operator") + "\r\nContent-Type: " + type + "\r\n"));
                }
            }
        }));

        for (LongRequest request : requests) {
            // when
            LongRequest.Answer farTooLong = request.send(LongRequest.FAR_TOO_LONG, false);
            int limit = farTooLong.limit();
            LongRequest.Answer announced = request.send(limit + 1, false);
            LongRequest.Answer chunked = request.send(limit + 1, true);

            // then
            for (LongRequest.Answer answer : List.of(farTooLong, announced, chunked)) {
                assertThat(answer.status()).as(request.head()).isEqualTo(413);
                if (!request.head().startsWith("HEAD")) {
                    assertThat(answer.isProblem()).as(request.head()).isTrue();
                    assertThat(answer.limit())
                            .as(request.head())
                            .isEqualTo(limit)
                            .isBetween(1024, 4 * 1024 * 1024);
                }
            }
        }
        assertThat(gateway.send(gateway.request("/actuator/prometheus", "reader")).text())
                .contains("masterdeal_http_connections ");
        assertThat(requests).hasSizeGreaterThan(8);
        assertThat(upstream.wasAskedNothing()).isTrue();
    }

    @Test
    void slow_bodies_of_one_domain_keep_no_other_from_publishing_or_calling() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            // given
            for (int i = 0; i < 24; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                slow.add(socket);
                String head = i % 2 == 0
                        ? "POST /events HTTP/1.1\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: 4194303"
                        : "POST /media/x HTTP/1.1\r\nContent-Length: 1048575";
                socket.getOutputStream()
                        .write((head + "\r\nHost: x\r\nAuthorization: Bearer " + gateway.key("crm") + "\r\n\r\n[")
                                .getBytes(StandardCharsets.US_ASCII));
            }

            // when
            Reply published = gateway.structured("legal", Events.of("legal.started", "legal:case:L-1", Map.of()));
            Reply called = gateway.send(
                    gateway.request("/media/x", "legal").POST(BodyPublishers.ofByteArray(new byte[500_000])));
            Reply ofTheSame = gateway.structured("crm", Events.dealCreated("D-1"));

            // then
            assertThat(published.status()).as(published.text()).isEqualTo(202);
            assertThat(called.status()).isEqualTo(200);
            assertThat(ofTheSame.status()).isEqualTo(202);
            assertThat(upstream.next().body()).hasSize(500_000);
            assertThat(gateway.send(gateway.request("/actuator/health/readiness")).status())
                    .isEqualTo(200);
        } finally {
            for (Socket it : slow) {
                it.close();
            }
        }
    }

    @SuppressWarnings("unchecked") // YAML has no types.
    private static Set<String> contentTypes(Object operation) {
        Object body = ((Map<String, Object>) operation).get("requestBody");
        return body == null
                ? Set.of("application/json")
                : ((Map<String, Map<String, Object>>) body).get("content").keySet();
    }
}
