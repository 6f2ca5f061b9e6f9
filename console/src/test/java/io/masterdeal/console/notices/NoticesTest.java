package io.masterdeal.console.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.masterdeal.console.RunningConsole;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a process that is away, and an alert of Prometheus, to a signed webhook and a mail. */
class NoticesTest {

    private static final String SECRET = "whsec_bWFzdGVyZGVhbC1tYXN0ZXJkZWFsLW1hc3RlcmRlYWw=";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final List<Received> received = new CopyOnWriteArrayList<>();

    private record Received(Map<String, String> headers, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String states() {
            StringBuilder text = new StringBuilder();
            json().path("alerts")
                    .forEach(alert -> text.append(alert.path("rule").asString(""))
                            .append(' ')
                            .append(alert.path("state").asString(""))
                            .append(';'));
            return text.toString();
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            headers.put(name, String.valueOf(exchange.getRequestHeaders().getFirst(name)));
        }
        received.add(
                new Received(headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static void answerHealth(HttpExchange exchange) throws IOException {
        byte[] body = "{\"status\":\"UP\",\"components\":{}}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            return socket.getLocalPort();
        }
    }

    private static Path channels(Path directory, int hook, int smtp) throws IOException {
        Path secret = Files.createFile(
                directory.resolve("hook.secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, SECRET);
        return Files.writeString(directory.resolve("channels.yaml"), """
            console-url: http://console.example
            channels:
              - name: duty
                kind: webhook
                url: http://127.0.0.1:%d/hook
                secret-file: hook.secret
              - name: office
                kind: mail
                host: 127.0.0.1
                port: %d
                tls: none
                from: masterdeal@example.ru
                to: ops@example.ru
                language: ru
            """.formatted(hook, smtp));
    }

    @Test
    void an_alert_is_told_once_by_webhook_and_mail_and_so_is_its_end(@TempDir Path directory) throws Exception {
        HttpServer hook = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        hook.createContext("/hook", this::receive);
        hook.start();
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        int away = freePort();
        Map<String, String> settings =
                settings(directory, hook.getAddress().getPort(), mail.getSmtp().getPort(), away);
        HttpServer process = null;
        try (RunningConsole console = RunningConsole.start(directory, settings)) {
            // when
            await().atMost(PATIENCE).until(() -> received.size() == 1 && mail.getReceivedMessages().length == 1);

            // then
            assertThat(received.getFirst().states()).isEqualTo("process-away firing;");
            assertSigned(received.getFirst());
            MimeMessage message = mail.getReceivedMessages()[0];
            assertThat(message.getSubject()).isEqualTo("[АКТИВНО] Процесс не отвечает");
            assertThat(String.valueOf(message.getContent()))
                    .contains("127.0.0.1:" + away, "http://console.example/alerts");
            assertThat(console.get("/alerts", "text/html").body()).contains("A process does not answer");

            // when
            process = HttpServer.create(new InetSocketAddress(HERE, away), 0);
            process.createContext("/", NoticesTest::answerHealth);
            process.start();

            // then
            await().atMost(PATIENCE).until(() -> received.size() == 2 && mail.getReceivedMessages().length == 2);
            assertThat(received.get(1).states()).isEqualTo("process-away resolved;");
            assertThat(mail.getReceivedMessages()[1].getSubject()).isEqualTo("[ЗАВЕРШЕНО] Процесс не отвечает");
            assertThat(console.get("/alerts?show=history", "application/json").body())
                    .contains("process-away");

            alertsOfPrometheusAreToldToo(console);
        } finally {
            hook.stop(0);
            mail.stop();
            if (process != null) {
                process.stop(0);
            }
        }
    }

    private void alertsOfPrometheusAreToldToo(RunningConsole console) throws Exception {
        // when
        assertThat(prometheus(console, "operator").statusCode()).isEqualTo(403);
        assertThat(prometheus(console, "prometheus").statusCode()).isEqualTo(200);
        prometheus(console, "prometheus");

        // then
        await().atMost(PATIENCE).until(() -> received.size() == 3);
        assertThat(received.get(2).states()).isEqualTo("DiskFull firing;");
        assertThat(console.get("/alerts/channels", "text/html").body()).contains("duty", "ops@example.ru");
    }

    private static Map<String, String> settings(Path directory, int hook, int smtp, int away) throws IOException {
        return new HashMap<>(Map.of(
                "masterdeal.console.channels",
                channels(directory, hook, smtp).toString(),
                "masterdeal.console.watch.processes",
                "gateway=http://127.0.0.1:" + away,
                "masterdeal.console.watch.interval",
                "200ms",
                "masterdeal.console.watch.calm",
                "0s",
                "masterdeal.console.watch.process-away.for",
                "0s",
                "masterdeal.console.notices.group",
                "400ms"));
    }

    private static void assertSigned(Received notice) {
        String id = notice.headers().getOrDefault("webhook-id", "");
        long timestamp = Long.parseLong(notice.headers().getOrDefault("webhook-timestamp", ""));
        assertThat(notice.headers())
                .containsEntry(
                        "webhook-signature",
                        NoticeSignature.of(SECRET, id, timestamp, notice.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> prometheus(RunningConsole console, String principal) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(console.address() + "/api/v2/alerts"))
                            .header("Authorization", "Bearer " + console.key(principal))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("""
                                [{"labels":{"alertname":"DiskFull","severity":"critical","host":"a"},
                                  "annotations":{"summary":"Диск заполнен"},"startsAt":"2026-11-24T08:00:00.5Z"}]
                                """))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
