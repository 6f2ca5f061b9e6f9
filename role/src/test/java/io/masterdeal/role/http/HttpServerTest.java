package io.masterdeal.role.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that are slow, many, or send invalid text take only their own part of a server, and not for long. */
class HttpServerTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(Map.of(
                "server.tomcat.max-connections", "60",
                "masterdeal.http.connections-per-address", "30",
                "masterdeal.http.header-timeout", "700ms",
                "masterdeal.http.body-timeout", "500ms",
                "masterdeal.http.bodies-memory", "1MB",
                "masterdeal.http.bodies-at-once", "4"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void headers_that_drip_are_ended_although_bytes_keep_coming() throws Exception {
        try (Socket slow = server.open()) {
            slow.getOutputStream().write(ascii("GET /echo HTTP/1.1\r\nX: "));
            long begin = System.nanoTime();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(8))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> isOver(slow, "a"));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
        }
    }

    @Test
    void empty_lines_before_a_request_do_not_keep_a_connection() throws Exception {
        try (Socket slow = server.open()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(8))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> isOver(slow, "\r\n"));
        }
    }

    @Test
    void a_body_that_drips_is_refused_when_its_time_is_over() throws Exception {
        try (Socket slow = server.open()) {
            slow.getOutputStream().write(ascii("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n"));

            String answer = dripUntilAnswered(slow);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("application/problem+json", "too-slow");
        }
    }

    @Test
    void slow_headers_of_one_address_keep_nobody_out() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 120; i++) {
                Socket socket = server.open();
                slow.add(socket);
                socket.getOutputStream().write(ascii("GET /echo HTTP/1.1\r\nX: "));
            }

            assertThat(server.get("/echo")).startsWith("HTTP/1.1 200");
            assertThat(server.get("/actuator/health"))
                    .doesNotContain("\"connectionsCrowdedOut\":0")
                    .contains("\"connectionsCrowdedOut\":");
        } finally {
            for (Socket it : slow) {
                it.close();
            }
        }
    }

    @Test
    void bodies_that_nobody_wants_keep_nobody_out() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = server.open();
                slow.add(socket);
                socket.getOutputStream()
                        .write(ascii("POST /nothing?q=%FF HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nx"));
                assertThat(read(socket, 12)).isEqualTo("HTTP/1.1 400");
            }

            assertThat(server.get("/echo")).startsWith("HTTP/1.1 200");
        } finally {
            for (Socket it : slow) {
                it.close();
            }
        }
    }

    @Test
    void connections_at_work_are_not_closed_for_others() throws Exception {
        var others = new ArrayList<Socket>();
        try (Socket atWork = server.open()) {
            // given
            atWork.getOutputStream()
                    .write(ascii(
                            "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"));
            assertThat(read(atWork, 17)).isEqualTo("HTTP/1.1 100 \r\n\r\n");
            for (int i = 0; i < 60; i++) {
                others.add(server.open());
            }

            // when
            atWork.getOutputStream().write(ascii("abcd"));

            // then
            assertThat(read(atWork, 12)).isEqualTo("HTTP/1.1 200");
        } finally {
            for (Socket it : others) {
                it.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/echo?q=H%FF%28",
                "/echo?q=%C0%AF",
                "/%C3%28",
                "/echo?q=%ED%A0%80",
            })
    void an_address_that_is_no_utf_8_is_refused(String target) throws Exception {
        assertThat(server.get(target)).startsWith("HTTP/1.1 400").contains("application/problem+json", "at byte ");
    }

    @Test
    void an_address_in_utf_8_is_taken_as_it_is() throws Exception {
        assertThat(server.get("/echo?q=%D0%9A%2B%25")).endsWith("К+%");
    }

    @Test
    void a_body_that_is_no_utf_8_is_refused_with_the_place() throws Exception {
        List<String> bodies = List.of("\"\u00c3(\"", "\"\u00c0\u00af\"", "{\u0000\"\u0000", "\u00ff\u00fe{\u0000");
        for (String body : bodies) {
            String answer = server.send("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);

            assertThat(answer).as(body).startsWith("HTTP/1.1 400").contains("application/problem+json", " at ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /e[cho HTTP/1.1\r\nHost: x\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "TRACE /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            })
    void whatever_is_refused_is_told_as_a_problem(String request) throws Exception {
        assertThat(server.send(request))
                .startsWith("HTTP/1.1 4")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"status\":4");
    }

    private static boolean isOver(Socket socket, String more) {
        try {
            socket.getOutputStream().write(ascii(more));
            socket.setSoTimeout(20);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String dripUntilAnswered(Socket socket) throws IOException {
        Awaitility.await()
                .atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (socket.getInputStream().available() == 0) {
                        socket.getOutputStream().write('x');
                        return false;
                    }
                    return true;
                });
        byte[] answer = new byte[4096];
        int read = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(read, 0), StandardCharsets.UTF_8);
    }

    private static String read(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    @Test
    void problems_of_controllers_and_of_the_framework_have_one_form() throws Exception {
        String ours = server.get("/limited?limit=0");
        String springs = server.get("/limited?limit=many");

        assertThat(ours)
                .startsWith("HTTP/1.1 400")
                .contains("\"title\":\"limit out of range\"", "\"type\":\"urn:masterdeal:problem:unreadable-request\"")
                .contains("\"errors\":[]");
        assertThat(springs)
                .startsWith("HTTP/1.1 400")
                .contains("\"type\":\"urn:masterdeal:problem:unreadable-request\"", "\"errors\":[]");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
