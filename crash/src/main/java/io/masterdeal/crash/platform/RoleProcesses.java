package io.masterdeal.crash.platform;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.Ports;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Makes the processes of the roles for given servers, and speaks to them. */
final class RoleProcesses {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    private final Path directory;

    private final Path keys;

    private final List<String> forAll;

    private final List<String> withDatabase;

    RoleProcesses(Path directory, LocalAddresses kafka, LocalAddresses registry, PlatformDatabase database, Path keys)
            throws IOException {
        this.directory = directory;
        this.keys = keys;
        Path client = write("kafka.properties", kafka.kafkaClientProperties());
        // Who shares the partitions has more that can go wrong than who stands by.
        Path config = write(
                "config.properties",
                Map.of(
                        "masterdeal.api-keys",
                        keys.toString(),
                        "masterdeal.intake.shared",
                        "true",
                        "masterdeal.router.sinks.allowed",
                        "127.0.0.1"));
        Path password = secret("postgresql.password", database.password());
        this.forAll = List.of(
                "--kafka=" + kafka.kafkaBootstrapServers(),
                "--kafka-config=" + client,
                "--registry=" + registry.registryUrl(),
                "--config=" + config);
        this.withDatabase = List.of(
                "--postgres=" + database.jdbcUrl(),
                "--postgres-user=" + database.user(),
                "--postgres-password-file=" + password);
    }

    private Path write(String name, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return secret(name, text.toString());
    }

    private Path secret(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    Path keys() {
        return keys;
    }

    SupervisedRole gateway() throws IOException {
        int port = Ports.free();
        List<String> options = new ArrayList<>(List.of("--roles=gateway", "--gateway-port=" + port));
        options.addAll(forAll);
        return new SupervisedRole("gateway", directory, loopback(port), options);
    }

    SupervisedRole service(int number) throws IOException {
        int port = Ports.free();
        List<String> options = new ArrayList<>(List.of("--roles=service", "--service-port=" + port));
        options.addAll(forAll);
        options.addAll(withDatabase);
        return new SupervisedRole("service-" + number, directory, loopback(port), options);
    }

    SupervisedRole router() throws IOException {
        int port = Ports.free();
        List<String> options = new ArrayList<>(List.of("--roles=router", "--router-port=" + port));
        options.addAll(forAll);
        options.addAll(withDatabase);
        return new SupervisedRole("router", directory, loopback(port), options);
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
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
                .header("Authorization", "Bearer " + ApiKeys.read(keys, "operator"))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.body();
        } catch (IOException e) {
            return ""; // It is not there for the moment; to say so is the answer.
        }
    }
}
