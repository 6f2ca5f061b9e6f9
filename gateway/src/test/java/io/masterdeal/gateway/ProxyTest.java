package io.masterdeal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.gateway.RunningGateway.Reply;
import io.masterdeal.gateway.UpstreamServer.Asked;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls between systems: what goes to the system behind a route, what comes back, and what does neither. */
class ProxyTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String MEDIA_KEY = "the-key-of-media-and-nobody-else_0123456789";

    @TempDir
    static Path directory;

    private static UpstreamServer media;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        media = new UpstreamServer();
        Path key = Files.writeString(directory.resolve("media.token"), MEDIA_KEY + "\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        var settings = new HashMap<String, Object>();
        settings.put("masterdeal.gateway.proxy.media.url", media.url() + "/");
        settings.put("masterdeal.gateway.proxy.media.key-file", key.toString());
        settings.put("masterdeal.gateway.proxy.media.timeout", "700ms");
        settings.put("masterdeal.gateway.proxy.legal.url", media.url() + "/real/system");
        settings.put("masterdeal.gateway.proxy.legal.strip-prefix", "true");
        settings.put("masterdeal.gateway.proxy.masterdeal.url", media.url());
        settings.put("masterdeal.gateway.proxy.docflow.url", "http://127.0.0.1:" + nobody);
        gateway = RunningGateway.start(settings);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        media.close();
    }

    @BeforeEach
    void answerAsUsual() {
        media.answers(exchange -> UpstreamServer.answer(exchange, 200, "text/plain", "fine"));
        while (!media.wasAskedNothing()) {
            media.next();
        }
    }

    @Test
    void a_call_goes_to_the_system_with_its_key_and_the_name_of_the_caller() throws Exception {
        // when
        Reply reply = gateway.send(gateway.request("/media/api/mediaplan/request?x=1", "crm")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "7f3c0f1e-0000-4000-8000-000000000001")
                .header("traceparent", TRACE)
                .header("masterdeal-caller", "operator")
                .header("MasterDeal_Caller", "operator")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("X-Own", "one")
                .header("X-Own", "two")
                .POST(BodyPublishers.ofString("{\"план\":1}")));

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("fine");
        Asked asked = media.next();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.target()).isEqualTo("/media/api/mediaplan/request?x=1");
        assertThat(asked.body()).isEqualTo("{\"план\":1}");
        assertThat(asked.headers().get("Authorization")).containsExactly("Bearer " + MEDIA_KEY);
        assertThat(asked.headers().get("masterdeal-caller")).containsExactly("crm");
        assertThat(asked.headers()).doesNotContainKeys("Masterdeal_caller", "X-forwarded-for", "Upgrade");
        assertThat(asked.headers().get("X-Own")).containsExactly("one", "two");
        assertThat(asked.header("Content-Type")).isEqualTo("application/json");
        assertThat(asked.header("Idempotency-Key")).isEqualTo("7f3c0f1e-0000-4000-8000-000000000001");
        assertThat(asked.header("traceparent")).isEqualTo(TRACE);
        assertThat(media.wasAskedNothing()).isTrue();
    }

    @Test
    void without_a_key_of_its_own_a_route_sends_none_and_never_the_callers() throws Exception {
        assertThat(gateway.send(gateway.request("/masterdeal?object=crm%3Adeal%3AD%2F1", "stranger"))
                        .status())
                .isEqualTo(200);

        Asked asked = media.next();
        assertThat(asked.target()).isEqualTo("/masterdeal?object=crm%3Adeal%3AD%2F1");
        assertThat(asked.headers()).doesNotContainKey("Authorization");
        assertThat(asked.header("masterdeal-caller")).isEqualTo("stranger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/media",
                "/media/",
                "/media/media:mediaplan:MP-1",
                "/media/plans/a%2Fb",
                "/media/plans/a%252Fb",
                "/media/caf%C3%A9%20x?q=%D0%9A+z&empty=&flag&b=%2B",
                "/media/x;v=1/y",
                "/media/a//b/./c..d/...",
                "/media/actuator/health"
            })
    void path_and_query_come_as_they_were_sent(String target) throws Exception {
        String answer = RawHttp.get(gateway, "crm", target);

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(media.next().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/media/../crm/x",
                "/media/..",
                "/media/%2e%2E/crm",
                "/media/.%2e/x",
                "/media/..;v=1/x",
                "/media/a%2F..%2F..%2Fcrm",
                "/legal/..%2f..%2Fadmin",
                "/media/x?q=%zz"
            })
    void no_path_leads_out_of_a_route(String target) throws Exception {
        String answer = RawHttp.get(gateway, "crm", target);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:masterdeal:problem:unreadable-request");
        assertThat(media.wasAskedNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/prometheus/../../media/x",
                "/%6dedia/x",
                "//media/x",
                "/mediaplan/x",
                "/media%2Fx",
                "/Media/x"
            })
    void what_does_not_begin_with_the_name_of_a_system_is_no_route(String target) throws Exception {
        assertThat(RawHttp.get(gateway, "crm", target)).containsPattern("^HTTP/1.1 40[034]");
        assertThat(media.wasAskedNothing()).isTrue();
    }

    @Test
    void a_step_up_from_a_route_does_not_come_past_the_keys() throws Exception {
        assertThat(RawHttp.get(gateway, "crm", "/media/../actuator/prometheus"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("jvm_");
        assertThat(RawHttp.get(gateway, "crm", "/actuator/health/..%2Fprometheus"))
                .doesNotContain("jvm_");
        assertThat(RawHttp.get(gateway, "crm", "/actuator%2Fprometheus")).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @CsvSource({"/legal/cases/1?a=b, /real/system/cases/1?a=b", "/legal, /real/system/", "/legal/, /real/system/"})
    void the_prefix_is_taken_off_where_that_is_set(String target, String expected) throws Exception {
        assertThat(gateway.send(gateway.request(target, "crm")).status()).isEqualTo(200);

        assertThat(media.next().target()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void every_method_passes(String method) throws Exception {
        media.answers(exchange -> exchange.sendResponseHeaders(method.equals("HEAD") ? 200 : 204, -1));

        Reply reply = gateway.send(gateway.request("/media/x", "crm").method(method, BodyPublishers.noBody()));

        assertThat(reply.status()).isEqualTo(method.equals("HEAD") ? 200 : 204);
        assertThat(media.next().method()).isEqualTo(method);
    }

    @Test
    void headers_of_one_connection_do_not_pass() throws Exception {
        // given
        media.answers(exchange -> {
            exchange.getResponseHeaders().set("Connection", "X-Hop-Back");
            exchange.getResponseHeaders().set("X-Hop-Back", "secret of the hop");
            exchange.getResponseHeaders().set("Keep-Alive", "timeout=5");
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            UpstreamServer.answer(exchange, 200, "text/plain", "fine");
        });

        // when
        String answer = RawHttp.get(
                gateway,
                "crm",
                "/media/x",
                "Connection: close, X-Hop",
                "X-Hop: 1",
                "TE: trailers",
                "Proxy-Authorization: Basic eA==",
                "Upgrade: h2c",
                "Expect: 100-continue");

        // then
        assertThat(answer).contains("200").containsIgnoringCase("etag: \"v1\"").doesNotContain("hop", "timeout=5");
        assertThat(media.next().headers())
                .doesNotContainKeys("X-hop", "Te", "Proxy-authorization", "Upgrade", "Expect", "Http2-settings");
    }

    @Test
    void the_answer_of_the_system_passes_as_it_is_its_problems_and_redirections_too() throws Exception {
        // when
        media.answers(
                exchange -> UpstreamServer.answer(exchange, 409, "application/problem+json", "{\"title\":\"taken\"}"));
        Reply problem = gateway.send(gateway.request("/media/x", "crm"));
        media.answers(exchange -> {
            exchange.getResponseHeaders().set("Location", "/media/y");
            exchange.sendResponseHeaders(302, -1);
        });
        Reply moved = gateway.send(gateway.request("/media/x", "crm"));

        // then
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.header("content-type")).isEqualTo("application/problem+json");
        assertThat(problem.text()).isEqualTo("{\"title\":\"taken\"}");
        assertThat(moved.status()).isEqualTo(302);
        assertThat(moved.header("location")).isEqualTo("/media/y");
    }

    @Test
    void an_answer_streams_through_before_it_is_whole() throws Exception {
        // given
        var seen = new CountDownLatch(1);
        media.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(seen);
            exchange.getResponseBody().write(new byte[5_000_000]);
        });

        try (var client = HttpClient.newHttpClient();
                InputStream in = client.send(gateway.request("/media/x", "crm").build(), BodyHandlers.ofInputStream())
                        .body()) {
            // when
            byte[] first = in.readNBytes(5);
            seen.countDown();

            // then
            assertThat(first).asString(StandardCharsets.UTF_8).isEqualTo("first");
            assertThat(in.readAllBytes()).hasSize(5_000_000);
        }
    }

    @Test
    void an_answer_that_breaks_off_or_stalls_is_not_taken_for_a_whole_one() throws Exception {
        media.answers(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });
        assertThatThrownBy(() -> gateway.send(gateway.request("/media/x", "crm")))
                .isInstanceOf(IOException.class);

        var end = new CountDownLatch(1);
        media.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("and then".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(end);
        });
        assertThatThrownBy(() -> gateway.send(gateway.request("/media/x", "crm")))
                .isInstanceOf(IOException.class);
        end.countDown();
    }

    @Test
    void a_system_that_is_away_or_too_slow_is_told_as_a_problem() throws Exception {
        // given
        var end = new CountDownLatch(1);
        media.answers(exchange -> await(end));

        // when
        Reply away = gateway.send(gateway.request("/docflow/contracts/1", "crm"));
        Reply slow = gateway.send(gateway.request("/media/x", "crm"));
        end.countDown();

        // then
        assertThat(away.status()).isEqualTo(502);
        assertThat(away.header("content-type")).isEqualTo("application/problem+json");
        assertThat(away.at("/type")).isEqualTo("urn:masterdeal:problem:upstream-away");
        assertThat(away.at("/detail")).isEqualTo("docflow does not answer. Nothing was passed on; try again later.");
        assertThat(slow.status()).isEqualTo(504);
        assertThat(slow.at("/type")).isEqualTo("urn:masterdeal:problem:upstream-timeout");
        assertThat(slow.at("/detail"))
                .isEqualTo("media has not answered within 700 ms. It is not known whether it did what was asked.");
    }

    @Test
    void a_system_without_an_address_is_no_route_and_without_a_key_nobody_learns_that() throws Exception {
        Reply none = gateway.send(gateway.request("/dcm/invoices", "crm"));
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.header("content-type")).isEqualTo("application/problem+json");
        assertThat(none.at("/type")).isEqualTo("urn:masterdeal:problem:no-route");
        assertThat(none.at("/detail")).contains("masterdeal.gateway.proxy.dcm.url");

        for (String path : List.of("/dcm/invoices", "/media/x", "/masterdeal")) {
            Reply unknown = gateway.send(gateway.request(path));
            assertThat(unknown.status()).isEqualTo(401);
            assertThat(unknown.header("www-authenticate")).startsWith("Bearer");
            assertThat(unknown.at("/type")).isEqualTo("urn:masterdeal:problem:unauthenticated");
            assertThat(gateway.send(gateway.request(path).header("Authorization", "Bearer md_crm_wrong"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(media.wasAskedNothing()).isTrue();
    }

    @Test
    void a_body_has_its_limit_announced_or_not() throws Exception {
        byte[] most = new byte[1024 * 1024];
        byte[] tooMuch = new byte[1024 * 1024 + 1];

        assertThat(post(BodyPublishers.ofByteArray(most)).status()).isEqualTo(200);
        assertThat(media.next().body()).hasSize(1024 * 1024);
        assertThat(post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(most)))
                        .status())
                .isEqualTo(200);
        assertThat(media.next().body()).hasSize(1024 * 1024);
        for (var body : List.of(
                BodyPublishers.ofByteArray(tooMuch),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch)))) {
            Reply refused = post(body);
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.at("/type")).isEqualTo("urn:masterdeal:problem:too-large");
        }
        assertThat(media.wasAskedNothing()).isTrue();
    }

    private static Reply post(HttpRequest.BodyPublisher body) throws Exception {
        return gateway.send(gateway.request("/media/x", "crm").POST(body));
    }

    @Test
    void calls_are_counted_by_route_status_and_who_answered() throws Exception {
        // given
        try (var own = new UpstreamServer();
                var measured = RunningGateway.start(Map.of("masterdeal.gateway.proxy.task.url", own.url()))) {
            own.answers(exchange -> UpstreamServer.answer(exchange, 404, "text/plain", "no"));

            // when
            measured.send(measured.request("/task/tasks/1", "crm"));
            measured.send(measured.request("/task/tasks/2", "crm"));
            measured.send(measured.request("/dcm/x", "crm"));
            String metrics = measured.send(measured.request("/actuator/prometheus", "operator"))
                    .text();

            // then
            assertThat(metrics)
                    .contains(
                            "masterdeal_gateway_route_calls_seconds_count{by=\"upstream\",route=\"task\",status=\"404\"} 2")
                    .contains(
                            "masterdeal_gateway_route_calls_seconds_sum{by=\"upstream\",route=\"task\",status=\"404\"}")
                    .contains(
                            "masterdeal_gateway_route_calls_seconds_count{by=\"gateway\",route=\"dcm\",status=\"404\"} 1");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
