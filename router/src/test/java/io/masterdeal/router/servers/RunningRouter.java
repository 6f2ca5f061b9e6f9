package io.masterdeal.router.servers;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.router.RouterRole;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole role, with its own database. */
public final class RunningRouter implements AutoCloseable {

    private final Map<String, Object> settings;

    private final Path keys;

    private final HttpClient http = HttpClient.newHttpClient();

    private ConfigurableApplicationContext context;

    private RunningRouter(Map<String, Object> settings) {
        this.settings = settings;
        this.keys = Path.of(String.valueOf(settings.get("masterdeal.api-keys")));
        this.context = run();
    }

    /** Starts one. */
    public static RunningRouter start() {
        return start(_ -> {});
    }

    /**
     * Starts one.
     *
     * @param change gets the settings before it starts
     */
    public static RunningRouter start(Consumer<Map<String, Object>> change) {
        Map<String, Object> settings = settings();
        change.accept(settings);
        return new RunningRouter(settings);
    }

    /** The settings of a router with a new database. */
    static Map<String, Object> settings() {
        LocalAddresses at = TestServers.get().addresses();
        Path data = TestServers.get().directory();
        Path keys = data.resolve("api-keys");
        List<String> principals = new ArrayList<>(EventCatalog.bundled().domains());
        principals.addAll(List.of("reader", "operator", "console"));
        ApiKeys.generate(keys, principals);
        String url = TestServers.get().createDatabase("router");
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", 0);
        settings.put("spring.datasource.url", url);
        settings.put("spring.datasource.username", at.postgresUser());
        settings.put("spring.datasource.password", at.postgresPassword());
        settings.put("masterdeal.kafka.bootstrap-servers", at.kafkaBootstrapServers());
        at.kafkaClientProperties().forEach((name, value) -> settings.put("masterdeal.kafka.client." + name, value));
        settings.put("masterdeal.registry.url", at.registryUrl().toString());
        settings.put("masterdeal.api-keys", keys.toString());
        settings.put("masterdeal.router.secrets", data.resolve("subscriptions").toString());
        settings.put("masterdeal.router.sinks.allowed", "127.0.0.0/8");
        settings.put("spring.jmx.enabled", "false");
        return settings;
    }

    private ConfigurableApplicationContext run() {
        return new SpringApplicationBuilder(RouterRole.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(it ->
                        it.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings)))
                .run();
    }

    /** Stops it and starts it again. */
    public void restart() {
        restart(_ -> {});
    }

    /**
     * Stops it and starts it again.
     *
     * @param change gets the settings before it starts again
     */
    public void restart(Consumer<Map<String, Object>> change) {
        context.close();
        change.accept(settings);
        context = run();
    }

    /** Statements in its schema. */
    public JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    /** The secrets of its subscriptions. */
    public Path secrets() {
        return Path.of(String.valueOf(settings.get("masterdeal.router.secrets")));
    }

    /** Where it listens. */
    public int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    /** The header with the key of a principal, including the line break. */
    public String authorization(String principal) {
        return "Authorization: Bearer " + ApiKeys.read(keys, principal) + "\r\n";
    }

    /**
     * Sends a request.
     *
     * @param principal whose key to show; null for none
     * @param headers names and values in turn
     */
    public HttpResponse<String> request(
            String method, String path, @Nullable String principal, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (principal != null) {
            request.header("Authorization", "Bearer " + ApiKeys.read(keys, principal));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Reads a resource that must exist. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return ok(request("GET", path, "operator", null), path);
    }

    /** Sends a request as the operator that must succeed. */
    public JsonNode operate(String method, String path, String body) throws IOException, InterruptedException {
        return ok(request(method, path, "operator", body), path);
    }

    /** Makes a subscription. */
    public void subscribe(String name, String definition) throws IOException, InterruptedException {
        operate("PUT", "/subscriptions/" + name, definition);
    }

    private static JsonNode ok(HttpResponse<String> response, String path) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(path + " gives " + response.statusCode() + ": " + response.body());
        }
        return JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body());
    }

    /** The ledger's line of a subscription. */
    public JsonNode sums(String subscription) throws IOException, InterruptedException {
        for (JsonNode line : get("/ledger").path("items")) {
            if (line.path("subscription").stringValue().equals(subscription)) {
                return line;
            }
        }
        return JsonMapper.shared().createObjectNode();
    }

    @Override
    public void close() {
        context.close();
    }
}
