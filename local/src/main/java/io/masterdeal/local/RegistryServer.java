package io.masterdeal.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The Apicurio Registry, which speaks the API of Confluent's Schema Registry and keeps its schemas in PostgreSQL. */
final class RegistryServer {
    private static final String MARK = "X-Masterdeal-Start";

    private RegistryServer() {}

    static RunningPart start(StartContext context, int port, int postgresPort)
            throws IOException, PortTakenException, InterruptedException {
        long started = System.nanoTime();
        String mark = UUID.randomUUID().toString();
        ChildJvm child = ChildJvm.start(
                context,
                Part.REGISTRY,
                port,
                command(context, port, postgresPort, mark),
                Map.of("APICURIO_DATASOURCE_PASSWORD", context.data().secret(PostgresAccounts.REGISTRY_SECRET)));
        try (HttpClient client = HttpClient.newHttpClient()) {
            child.awaitReady(context, () -> answers(client, port, mark));
        }
        context.ready(Part.REGISTRY, port, started);
        return child;
    }

    static URI url(int port) {
        return URI.create("http://" + Ports.LOOPBACK + ":" + port + "/apis/ccompat/v7");
    }

    private static List<String> command(StartContext context, int port, int postgresPort, String mark)
            throws IOException {
        Path jar = context.files().registry().resolve("quarkus-run.jar");
        return List.of(
                "-Xms64m",
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dquarkus.http.host=" + Ports.LOOPBACK,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.access-log.enabled=false",
                // A server of another run on the same port would answer too; this answer is certainly from ours.
                "-Dquarkus.http.header.\"" + MARK + "\".value=" + mark,
                "-Dquarkus.management.host=" + Ports.LOOPBACK,
                "-Dquarkus.management.port=" + Ports.free(),
                "-Dquarkus.log.console.format=%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} [%t] %p %c - %s%e%n",
                "-Dquarkus.otel.sdk.disabled=true",
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=postgresql",
                "-Dapicurio.storage.snapshot.location=" + context.data().of(Part.REGISTRY),
                "-Dapicurio.datasource.url=" + PostgresAccounts.jdbcUrl(postgresPort, PostgresAccounts.REGISTRY),
                "-Dapicurio.datasource.username=" + PostgresAccounts.REGISTRY,
                "-Dapicurio.datasource.jdbc.initial-size=1",
                "-Dapicurio.datasource.jdbc.min-size=1",
                "-Dapicurio.datasource.jdbc.max-size=10",
                "-cp",
                context.files().childClasses() + ":" + jar,
                "io.masterdeal.local.child.ChildMain",
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    }

    private static boolean answers(HttpClient client, int port, String mark) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(port) + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            return response.statusCode() == 200
                    && response.headers().firstValue(MARK).map(mark::equals).orElse(false);
        } catch (IOException e) {
            return false; // Not yet.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
