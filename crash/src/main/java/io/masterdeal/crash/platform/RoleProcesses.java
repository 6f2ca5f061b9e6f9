package io.masterdeal.crash.platform;

import io.masterdeal.local.Ports;
import io.masterdeal.processes.DatabaseLogin;
import io.masterdeal.processes.ProcessPlatform;
import io.masterdeal.processes.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes the processes of a platform's roles, and calls their APIs. */
final class RoleProcesses {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    private final ProcessPlatform platform;

    private final List<String> forAll;

    private final List<String> withDatabase;

    /**
     * @param policies of the clocks, in YAML
     */
    RoleProcesses(ProcessPlatform platform, String policies) throws IOException {
        this.platform = platform;
        Path directory = platform.directory();
        Path sla = SettingsFile.writeText(directory.resolve("sla.yaml"), policies);
        Path client = SettingsFile.write(directory.resolve("kafka.properties"), platform.kafkaClientSettings());
        // Services that share the partitions have more that can go wrong than one that leads and others that stand by.
        Path config = SettingsFile.write(
                directory.resolve("config.properties"),
                Map.of(
                        "masterdeal.api-keys",
                        platform.keys().toString(),
                        "masterdeal.intake.shared",
                        "true",
                        "masterdeal.service.sla.policies",
                        sla.toString(),
                        "masterdeal.router.sinks.allowed",
                        "127.0.0.1"));
        DatabaseLogin database = platform.database();
        Path password = SettingsFile.writeText(directory.resolve("postgresql.password"), database.password());
        this.forAll = List.of(
                "--kafka=" + platform.bootstrapServers(),
                "--kafka-config=" + client,
                "--registry=" + platform.registry(),
                "--config=" + config);
        this.withDatabase = List.of(
                "--postgres=" + database.jdbcUrl(),
                "--postgres-user=" + database.user(),
                "--postgres-password-file=" + password);
    }

    SupervisedRole gateway() throws IOException {
        return role("gateway", "gateway", List.of());
    }

    SupervisedRole service(int number) throws IOException {
        return role("service", "service-" + number, withDatabase);
    }

    SupervisedRole router() throws IOException {
        return role("router", "router", withDatabase);
    }

    private SupervisedRole role(String role, String name, List<String> more) throws IOException {
        int port = Ports.free();
        List<String> options = new ArrayList<>(List.of("--roles=" + role, "--" + role + "-port=" + port));
        options.addAll(forAll);
        options.addAll(more);
        return new SupervisedRole(name, platform.directory(), URI.create("http://127.0.0.1:" + port), options);
    }

    /** Waits until a role has started: it says that it is alive. */
    void awaitUp(SupervisedRole role, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!ask(role, "/actuator/health/liveness").contains("UP")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(role.name() + " does not come up within " + patience.toMinutes()
                        + " minutes; see " + role.log());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** The body of an answer, whatever its status; empty if there is none in time. */
    String ask(SupervisedRole role, String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(role.address().resolve(path))
                .header("Authorization", "Bearer " + platform.key("operator"))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.body();
        } catch (IOException e) {
            return ""; // It is out of reach for the moment, which the caller has to expect.
        }
    }
}
