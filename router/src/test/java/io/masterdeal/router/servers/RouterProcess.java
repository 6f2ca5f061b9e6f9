package io.masterdeal.router.servers;

import io.masterdeal.local.Ports;
import io.masterdeal.processes.JavaCommand;
import io.masterdeal.processes.JavaProcess;
import io.masterdeal.processes.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A router in its own process. */
public final class RouterProcess implements AutoCloseable {

    private final Path file;

    private final Path log;

    private final Map<String, Object> settings;

    private final int port;

    private final HttpClient http = HttpClient.newHttpClient();

    private JavaProcess process;

    private RouterProcess(Path directory) throws IOException {
        this.settings = RunningRouter.settings();
        this.port = Ports.free();
        settings.put("server.port", port);
        Map<String, String> texts = new HashMap<>();
        settings.forEach((name, value) -> texts.put(name, value.toString()));
        this.file = SettingsFile.write(directory.resolve("router.properties"), texts);
        this.log = directory.resolve("router.log");
        this.process = run();
    }

    /**
     * Starts one.
     *
     * @param directory for its settings and its log
     */
    public static RouterProcess start(Path directory) throws IOException {
        return new RouterProcess(directory);
    }

    private JavaProcess run() {
        return JavaProcess.startAgain(
                "the router",
                JavaCommand.of(RouterMain.class)
                        .withOptions("-Xmx256m")
                        .withOptions(JavaCommand.shortLived())
                        .withArguments(file.toString()),
                log);
    }

    /** Kills it, and starts it again. */
    public void killAndStart() throws InterruptedException {
        process.kill();
        process = run();
    }

    /** Whether it reads every topic and answers. */
    public boolean isUp() {
        if (!process.isAlive()) {
            throw new AssertionError("the router has ended; see " + log);
        }
        try {
            return get("/actuator/health/liveness").path("status").asString("").equals("UP")
                    && jdbc().sql("SELECT count(*) FROM router.positions")
                                    .query(Long.class)
                                    .single()
                            > 0;
        } catch (IOException e) {
            return false; // Not yet.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(
                setting("spring.datasource.url"),
                setting("spring.datasource.username"),
                setting("spring.datasource.password")));
    }

    /** Reads a resource. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, "reader", "");
    }

    /** Does something as the operator. */
    public JsonNode operate(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, path, "operator", body);
    }

    private JsonNode send(String method, String path, String principal, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key(principal))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(path + " gives " + response.statusCode() + ": " + response.body());
        }
        return JsonMapper.shared().readTree(response.body());
    }

    private String setting(String name) {
        return String.valueOf(settings.get(name));
    }

    private String key(String principal) {
        return io.masterdeal.contracts.apikey.ApiKeys.read(Path.of(setting("masterdeal.api-keys")), principal);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
