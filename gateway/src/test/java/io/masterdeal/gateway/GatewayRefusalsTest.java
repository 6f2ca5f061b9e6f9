package io.masterdeal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.gateway.RunningGateway.Reply;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused is told why and where, and is kept for operators. */
class GatewayRefusalsTest {
    private static final String STRUCTURED = "application/cloudevents+json";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer md_crm_guess", "Basic Y3JtOmNybQ=="})
    void without_a_valid_key_nothing_is_read(String authorization) throws Exception {
        // given
        HttpRequest.Builder request = gateway.request("/events")
                .header("Content-Type", STRUCTURED)
                .POST(BodyPublishers.ofString("no matter what"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }

        // when
        Reply reply = gateway.send(request);

        // then
        assertProblem(reply, 401, "unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"masterdeal\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "stranger"})
    void a_key_that_is_no_domains_publishes_nothing(String principal) throws Exception {
        // when
        Reply reply = gateway.structured(principal, Events.dealCreated("F-1"));

        // then
        assertProblem(reply, 403, "forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "media, crm.deal.created, crm:deal:F-1",
        "crm, docflow.event.retracted, docflow:contract:F-1",
        "crm, masterdeal.updated, crm:deal:F-1",
        "operator, masterdeal.updated, crm:deal:F-1",
        "operator, error.event, anything"
    })
    void a_key_publishes_only_what_is_its_own(String principal, String type, String subject) throws Exception {
        // when
        Reply reply = gateway.structured(principal, Events.of(type, subject, Map.of()));

        // then
        assertProblem(reply, 403, "forbidden");
        assertThat(reply.at("/errors/0/pointer")).isEqualTo("/type");
    }

    @Test
    void the_operator_publishes_for_any_domain() throws Exception {
        assertThat(gateway.structured("operator", Events.dealCreated("F-2")).status())
                .isEqualTo(202);
        assertThat(gateway.structured("operator", Events.contractSigned("F-2", "F-2"))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "{\"a\":1,\"a\":2}", "{} {}", "\u00ff\u00fe"})
    void what_is_no_json_is_a_bad_request(String body) throws Exception {
        // when
        Reply single = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", STRUCTURED)
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.ISO_8859_1))));

        // then
        assertThat(single.status()).as(single.text()).isEqualTo(400);
        assertThat(single.header("content-type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "[1", "[{},]", "[] []", "[{\"a\":}]", "\u00ff\u00fe[\u0000]\u0000"})
    void a_batch_that_is_no_json_is_a_bad_request(String body) throws Exception {
        // when
        Reply reply = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.ISO_8859_1))));

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    }

    @Test
    void what_is_no_event_of_cloudevents_is_a_bad_request() throws Exception {
        assertProblem(gateway.structured("crm", "[]"), 400, "not-cloudevents");
        assertProblem(gateway.structured("crm", "{}"), 400, "not-cloudevents");
        assertProblem(gateway.batch("crm", "{}"), 400, "not-cloudevents");
        assertProblem(gateway.batch("crm", Events.dealCreated("C-1")), 400, "not-cloudevents");
        assertProblem(gateway.post("crm", "application/json", Events.dealCreated("C-1")), 400, "not-cloudevents");
        Reply old = gateway.structured("crm", Events.with(Events.dealCreated("C-1"), "specversion", "0.3"));
        assertProblem(old, 400, "not-cloudevents");
        assertThat(old.at("/errors/0/pointer")).isEqualTo("/specversion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/cloudevents+xml",
                "application/cloudevents+json; charset=utf-16",
                "application/cloudevents+json; charset=nonsense",
                "nonsense"
            })
    void another_content_type_is_told_the_three_there_are(String type) throws Exception {
        // when
        Reply reply = gateway.post("crm", type, "{}");

        // then
        assertProblem(reply, 415, "unsupported-media-type");
        assertThat(reply.at("/detail"))
                .contains(
                        "application/cloudevents+json", "application/cloudevents-batch+json", "application/json with");
        assertThat(reply.header("Accept"))
                .isEqualTo("application/cloudevents+json, application/cloudevents-batch+json, application/json");
    }

    @Test
    void a_compressed_body_is_not_supported() throws Exception {
        // when
        Reply reply = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", STRUCTURED)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{}")));

        // then
        assertProblem(reply, 415, "unsupported-media-type");
    }

    @Test
    void an_invalid_event_is_told_all_that_is_wrong_and_where() throws Exception {
        // given
        var wrong = Events.of(
                "crm.deal.created",
                "crm:lead:L-1",
                Map.of("status", "Deal Lost", "links", List.of("crm:deal:D-1", "nonsense")));
        wrong.put("id", "1");
        wrong.remove("time");

        // when
        Reply reply = gateway.structured("crm", wrong);

        // then
        assertProblem(reply, 422, "invalid-event");
        assertThat(reply.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.get("pointer").stringValue())
                        .toList())
                .contains("/id", "/time", "/subject", "/data/status", "/data/links/1");
        assertThat(reply.at("/detail")).isNotEmpty();
    }

    @Test
    void an_unknown_type_is_invalid() throws Exception {
        // when
        Reply reply = gateway.structured("crm", Events.of("crm.deal.painted", "crm:deal:D-1", Map.of()));

        // then
        assertProblem(reply, 422, "invalid-event");
        assertThat(reply.at("/errors/0/pointer")).isEqualTo("/type");
    }

    @Test
    void too_large_an_event_is_refused_however_its_length_is_told() throws Exception {
        // given
        byte[] large = RunningGateway.JSON.writeValueAsBytes(Events.of(
                "crm.deal.created", "crm:deal:L-1", Map.of("attributes", Map.of("a", "x".repeat(262_144)))));

        // when
        Reply announced = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", STRUCTURED)
                .POST(BodyPublishers.ofByteArray(large)));
        Reply chunked = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", STRUCTURED)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
        Reply item = gateway.batch("crm", "[" + new String(large, StandardCharsets.UTF_8) + "]");

        // then
        assertProblem(announced, 413, "too-large");
        assertProblem(chunked, 413, "too-large");
        assertProblem(item, 422, "invalid-event");
        assertThat(item.json().at("/items/0/status").asInt()).isEqualTo(413);
    }

    @Test
    void too_large_a_batch_is_refused_whole() throws Exception {
        // given
        String many = IntStream.range(0, 1001)
                .mapToObj(i -> RunningGateway.JSON.writeValueAsString(Events.dealCreated("L-" + i)))
                .collect(Collectors.joining(",", "[", "]"));

        // when
        Reply counted = gateway.batch("crm", many);
        Reply weighed = gateway.batch("crm", "[" + " ".repeat(5 * 1024 * 1024) + "]");

        // then
        assertProblem(counted, 413, "too-large");
        assertThat(counted.at("/detail")).contains("1000 events");
        assertProblem(weighed, 413, "too-large");
        assertThat(weighed.at("/detail")).contains("4194304 bytes");
    }

    @Test
    void headers_that_are_repeated_or_contradict_the_body_are_refused() throws Exception {
        // given
        var event = Events.dealCreated("H-1");
        String body = RunningGateway.JSON.writeValueAsString(event);

        // when
        Reply repeated = gateway.send(binary().header("ce-id", UUID.randomUUID().toString()));
        Reply twoTypes = gateway.send(binary().header("ce-datacontenttype", "application/json"));
        Reply contradicting = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", STRUCTURED)
                .header("ce-id", "1")
                .POST(BodyPublishers.ofString(body)));
        Reply agreeing = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", STRUCTURED)
                .header("ce-id", Events.id(event))
                .POST(BodyPublishers.ofString(body)));
        Reply batch = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", "application/cloudevents-batch+json")
                .header("ce-id", "1")
                .POST(BodyPublishers.ofString("[" + body + "]")));

        // then
        assertProblem(repeated, 400, "unreadable-request");
        assertThat(repeated.at("/errors/0/pointer")).isEqualTo("/id");
        assertProblem(twoTypes, 400, "unreadable-request");
        assertProblem(contradicting, 400, "unreadable-request");
        assertThat(contradicting.at("/errors/0/pointer")).isEqualTo("/id");
        assertThat(agreeing.status()).as(agreeing.text()).isEqualTo(202);
        assertProblem(batch, 400, "unreadable-request");
    }

    @Test
    void a_header_that_is_not_percent_encoded_is_refused() throws Exception {
        // given
        String request = "POST /events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 2\r\n"
                + "Content-Type: application/json\r\nAuthorization: Bearer " + gateway.key("crm")
                + "\r\nce-specversion: 1.0\r\nce-subject: crm:deal:\u041a-9\r\n\r\n{}";

        // when
        String reply;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        // then
        assertThat(reply).startsWith("HTTP/1.1 400").contains("\"/subject\"").contains("%XX");
    }

    @Test
    void a_refused_event_is_kept_for_operators_and_has_no_key_in_it() throws Exception {
        // given
        var wrong = Events.with(Events.dealCreated("E-1"), "data", Map.of("links", List.of("nonsense")));

        // when
        Reply reply = gateway.structured("crm", wrong);

        // then
        assertThat(reply.status()).isEqualTo(422);
        Event kept = errorAbout(Events.id(wrong));
        GenericRecord data = kept.data();
        assertThat(kept.envelope().subject()).isEqualTo("gateway/crm");
        assertThat(data.get("reason")).isEqualTo("invalid-event");
        assertThat(data.get("stage")).isEqualTo("gateway");
        assertThat(data.get("event_type")).isEqualTo("crm.deal.created");
        assertThat(data.get("key")).isEqualTo("crm:deal:E-1");
        assertThat(String.valueOf(data.get("detail"))).contains("/data/links/0");
        assertThat(payload(data)).isEqualTo(RunningGateway.JSON.writeValueAsString(wrong));
        assertThat(data.get("payload_truncated")).isEqualTo(false);
        assertThat(data.toString()).doesNotContain(gateway.key("crm"));
    }

    @Test
    void of_a_large_refused_event_64_kib_are_kept() throws Exception {
        // given
        var large = Events.of("crm.deal.created", "nonsense", Map.of("attributes", Map.of("a", "x".repeat(15_000))));
        large.put("padding", "x".repeat(100_000));

        // when
        Reply reply = gateway.structured("crm", large);

        // then
        assertThat(reply.status()).isEqualTo(422);
        GenericRecord data = errorAbout(Events.id(large)).data();
        assertThat(payload(data))
                .hasSize(65_536)
                .isEqualTo(RunningGateway.JSON.writeValueAsString(large).substring(0, 65_536));
        assertThat(data.get("payload_truncated")).isEqualTo(true);
    }

    @Test
    void refused_binary_events_are_kept_with_their_headers() throws Exception {
        // given
        String id = UUID.randomUUID().toString();

        // when
        Reply reply = gateway.send(binary().setHeader("ce-id", id).setHeader("ce-subject", "crm:lead:%D0%9B-1"));

        // then
        assertThat(reply.status()).isEqualTo(422);
        GenericRecord data = errorAbout(id).data();
        assertThat(data.get("key")).isEqualTo("crm:lead:Л-1");
        assertThat(data.get("headers"))
                .isEqualTo(Map.of(
                        "content-type", "application/json",
                        "ce-specversion", "1.0",
                        "ce-id", id,
                        "ce-source", "/crm",
                        "ce-type", "crm.deal.created",
                        "ce-subject", "crm:lead:%D0%9B-1",
                        "ce-time", "2026-03-01T10:00:00Z"));
    }

    @Test
    void a_flood_of_refused_events_is_answered_but_not_all_of_it_kept() throws Exception {
        // given
        double before = dropped();
        var flood = IntStream.range(0, 1000)
                .mapToObj(i -> Events.with(Events.dealCreated("FL-" + i), "time", "never"))
                .toList();

        // when
        Reply reply = gateway.batch("crm", flood);

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().at("/items").size()).isEqualTo(1000);
        assertThat(dropped() - before).isBetween(500.0, 999.0);
    }

    private static double dropped() throws Exception {
        String metrics = gateway.send(gateway.request("/actuator/prometheus", "operator"))
                .text();
        return metrics.lines()
                .filter(line -> line.startsWith("masterdeal_gateway_rejections_dropped_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static HttpRequest.Builder binary() {
        return gateway.request("/events", "crm")
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID().toString())
                .header("ce-source", "/crm")
                .header("ce-type", "crm.deal.created")
                .header("ce-subject", "crm:deal:H-2")
                .header("ce-time", "2026-03-01T10:00:00Z")
                .POST(BodyPublishers.ofString("{}"));
    }

    private static Event errorAbout(String id) {
        return Objects.requireNonNull(await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> Infrastructure.events("error.events").stream()
                                .filter(event -> id.equals(event.data().get("event_id")))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull));
    }

    private static String payload(GenericRecord data) {
        ByteBuffer bytes = (ByteBuffer) Objects.requireNonNull(data.get("payload"));
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.at("/type")).isEqualTo("urn:masterdeal:problem:" + code);
        assertThat(reply.json().at("/status").asInt()).isEqualTo(status);
        assertThat(reply.at("/title")).isNotEmpty();
        assertThat(reply.at("/detail")).isNotEmpty();
    }
}
