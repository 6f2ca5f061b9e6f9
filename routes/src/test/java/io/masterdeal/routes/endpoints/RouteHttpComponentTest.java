package io.masterdeal.routes.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.routes.servers.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A system that is asked cannot answer without end, nor pass headers to the next one. */
class RouteHttpComponentTest {

    private static final long MOST_BYTES = 100_000;

    private static final Duration LONGEST = Duration.ofMillis(700);

    private final DefaultCamelContext context = new DefaultCamelContext();

    private @Nullable ServerSocket server;

    @BeforeEach
    void start() {
        context.addComponent("http", new RouteHttpComponent(new ParameterValues(), MOST_BYTES, LONGEST));
        context.start();
    }

    @AfterEach
    void stop() throws IOException {
        context.stop();
        if (server != null) {
            server.close();
        }
    }

    /** Answers with a beginning, and then with the same piece again and again. */
    private String endless(String beginning, String piece, Duration pause) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server = socket;
        Thread.ofVirtual().start(() -> {
            try (Socket one = socket.accept();
                    OutputStream out = one.getOutputStream()) {
                out.write(beginning.getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write(piece.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    LockSupport.parkNanos(pause.toNanos());
                }
            } catch (IOException _) {
                // The client has closed the connection.
            }
        });
        return "http://127.0.0.1:" + socket.getLocalPort() + "/x?httpMethod=GET";
    }

    private Exchange call(String uri) throws IOException {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.send(uri, it -> {});
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n", "HTTP/1.1 200 OK\r\nX: "})
    void an_answer_that_arrives_too_slowly_is_aborted(String beginning) throws IOException {
        long begin = System.nanoTime();

        Exchange done = call(endless(beginning, "a", Duration.ofMillis(50)));

        assertThat(done.getException()).isNotNull().hasStackTraceContaining("had not ended after 700 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void an_answer_without_end_is_aborted() throws IOException {
        Exchange done = call(endless("HTTP/1.1 200 OK\r\n\r\n", "a".repeat(8_000), Duration.ZERO));

        assertThat(done.getException()).isNotNull().hasStackTraceContaining("more than 100000 bytes");
    }

    @Test
    void only_named_headers_of_an_answer_are_kept() throws IOException {
        try (Endpoint far = Endpoint.start()) {
            // given
            far.answers(200, "{}");
            far.answersHeader("Authorization", "Bearer evil");
            far.answersHeader("X-Other", "evil");
            far.answersHeader("ETag", "good");
            far.answersHeader("Content-Type", "application/json");

            // when
            Exchange done = call(far.url() + "/x?httpMethod=GET&responseHeaders=ETag");

            // then
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeaders().keySet())
                    .filteredOn(it -> !it.startsWith("Camel"))
                    .map(it -> it.toLowerCase(Locale.ROOT))
                    .containsExactlyInAnyOrder("etag", "content-type");
            assertThat(done.getMessage().getBody(String.class)).isEqualTo("{}");
            assertThat(far.query()).isEmpty();
        }
    }
}
