package io.masterdeal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.gateway.RunningGateway.Reply;
import io.masterdeal.testbed.http.LongRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;

/**
 * What the gateway does not take: bodies without end, more than a caller's part of its memory, text that is no UTF-8, and versions
 * that nothing could follow.
 */
class GatewayLimitsTest {
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete", "options");

    private static UpstreamServer upstream;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        upstream = new UpstreamServer();
        upstream.answers(exchange -> UpstreamServer.answer(exchange, 200, "text/plain", "fine"));
        var settings = new HashMap<String, Object>();
        settings.put("masterdeal.gateway.proxy.media.url", upstream.url());
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
        Map<LongRequest, Integer> limits = new LinkedHashMap<>();
        Map<String, Map<String, Object>> paths = paths();
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                for (String type : contentTypes(operation)) {
                    String target = path.replace("{system}", "media").replaceAll("\\{[^}]+}", "x");
                    String headers = "Authorization: Bearer " + gateway.key("operator") + "\r\nContent-Type: " + type
                            + "\r\n" + (type.equals("application/json") ? "ce-specversion: 1.0\r\n" : "");
                    limits.put(
                            new LongRequest(gateway.port(), method.toUpperCase(Locale.ROOT) + " " + target, headers),
                            type.contains("batch")
                                    ? 4 * 1024 * 1024
                                    : target.equals("/events")
                                            ? 256 * 1024
                                            : target.startsWith("/media") ? 1024 * 1024 : 64 * 1024);
                }
            }
        }));

        for (Map.Entry<LongRequest, Integer> it : limits.entrySet()) {
            // when
            LongRequest request = it.getKey();
            int limit = it.getValue();
            LongRequest.Answer announced = request.send(limit + 1);
            LongRequest.Answer chunked = request.sendChunked(limit + 1);

            // then
            for (LongRequest.Answer answer : List.of(announced, chunked)) {
                assertThat(answer.status()).as(request.head()).isEqualTo(413);
                assertThat(answer.isProblem()).as(request.head()).isTrue();
                if (!request.head().startsWith("HEAD")) {
                    assertThat(answer.limit()).as(request.head()).isEqualTo(limit);
                }
            }
        }
        assertThat(gateway.send(gateway.request("/actuator/prometheus", "reader"))
                        .text())
                .contains("masterdeal_http_connections ");
        assertThat(limits).hasSizeGreaterThan(8);
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
            assertThat(gateway.send(gateway.request("/actuator/health/readiness"))
                            .status())
                    .isEqualTo(200);
        } finally {
            for (Socket it : slow) {
                it.close();
            }
        }
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused_with_their_place_and_alone() throws Exception {
        // given
        byte[] batch =
                RunningGateway.JSON.writeValueAsBytes(List.of(Events.dealCreated("U-~"), Events.dealCreated("U-2")));
        int at = new String(batch, StandardCharsets.UTF_8).indexOf('~');
        batch[at] = (byte) 0xff;
        byte[] single = RunningGateway.JSON.writeValueAsBytes(Events.dealCreated("U-3"));
        byte[] wide = new String(single, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);

        // when
        Reply some = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofByteArray(batch)));
        Reply sixteen = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(wide)));
        Reply header = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-subject", "crm:deal:H%C3%28")
                .POST(BodyPublishers.ofString("{}")));
        Reply address = gateway.send(gateway.request("/actuator/health/%FF"));

        // then
        assertThat(some.status()).isEqualTo(207);
        assertThat(some.at("/items/0/problem/type")).isEqualTo("urn:masterdeal:problem:not-json");
        assertThat(some.at("/items/0/problem/errors/0/message")).contains("what begins at byte " + (at - 1) + " ");
        assertThat(some.at("/items/1/status")).isEqualTo("202");
        assertThat(sixteen.status()).isEqualTo(400);
        assertThat(sixteen.at("/errors/0/message")).startsWith("must be UTF-8: what begins at byte 1 ");
        assertThat(header.status()).isEqualTo(400);
        assertThat(header.at("/errors/0/pointer")).isEqualTo("/subject");
        assertThat(header.at("/errors/0/message")).contains("at byte 10 ");
        assertThat(address.status()).isEqualTo(400);
        assertThat(address.at("/detail")).contains("at byte 17 ");
    }

    @Test
    void a_version_that_nothing_could_follow_is_refused_with_a_pointer() throws Exception {
        // given
        String soon = Instant.now().plus(Duration.ofMinutes(4)).toString();
        String late = Instant.now().plus(Duration.ofMinutes(6)).toString();

        // when
        Reply taken = gateway.structured("crm", Events.with(Events.dealCreated("V-1"), "time", soon));
        List<Reply> refused = List.of(
                gateway.structured("crm", Events.with(Events.dealCreated("V-2"), "time", late)),
                gateway.structured("crm", Events.with(Events.dealCreated("V-3"), "time", "0000-12-31T10:00:00-10:00")),
                gateway.structured("crm", Events.with(Events.dealCreated("V-4"), "time", "9999-12-31T23:59:59-14:00")));
        Reply uncountable = gateway.structured("crm", Events.with(Events.dealCreated("V-5"), "sequence", 1L << 62));

        // then
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        for (Reply reply : refused) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(422);
            assertThat(reply.at("/errors/0/pointer")).isEqualTo("/time");
        }
        assertThat(uncountable.status()).isEqualTo(422);
        assertThat(uncountable.at("/errors/0/pointer")).isEqualTo("/sequence");
    }

    private static Map<String, Map<String, Object>> paths() throws IOException {
        try (var in = new ClassPathResource("openapi/gateway.yaml").getInputStream()) {
            Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(in);
            return Objects.requireNonNull(document.get("paths"));
        }
    }

    @SuppressWarnings("unchecked") // YAML has no types.
    private static Set<String> contentTypes(Object operation) {
        var body = (Map<String, Map<String, Object>>) ((Map<String, Object>) operation).get("requestBody");
        return body == null
                ? Set.of("application/json")
                : Objects.requireNonNull(body.get("content")).keySet();
    }
}
