package io.masterdeal.router.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.masterdeal.router.subscription.AllowedSinks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to sinks. */
class SinkClientTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final AtomicInteger asked = new AtomicInteger();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            exchange.getResponseHeaders().add("Retry-After", "7");
            byte[] answer = "x".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(307, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_name_that_resolves_to_another_address_by_now_is_not_connected_to() {
        try (SinkClient client = new SinkClient(AllowedSinks.parse("localhost, *", ""))) {
            URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/");

            assertThatThrownBy(() ->
                            client.post(url, Map.of(), new byte[0], TIMEOUT).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("masterdeal.router.sinks.allowed");
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void the_beginning_of_a_response_is_kept_and_no_redirect_is_followed() throws Exception {
        try (SinkClient client = new SinkClient(AllowedSinks.parse("127.0.0.1", ""))) {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");

            SinkClient.Reply first =
                    client.post(url, Map.of("x", "y"), new byte[1], TIMEOUT).get();
            SinkClient.Reply second =
                    client.post(url, Map.of(), new byte[1], TIMEOUT).get();

            assertThat(first)
                    .isEqualTo(new SinkClient.Reply(307, "x".repeat(500), "7"))
                    .isEqualTo(second);
            assertThat(asked).hasValue(2);
        }
    }
}
