package io.masterdeal.service.servers;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.service.ServiceRole;
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
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole role, as the application starts it, with a database of its own, before real Kafka and registry. */
public final class RunningService implements AutoCloseable {

    private static @Nullable RunningService shared;

    private final ConfigurableApplicationContext context;

    private final Map<String, Object> settings;

    private final Path keys;

    private final HttpClient http = HttpClient.newHttpClient();

    private RunningService(Map<String, Object> settings) {
        this.settings = Map.copyOf(settings);
        this.keys = Path.of(String.valueOf(settings.get("masterdeal.api-keys")));
        this.context = new SpringApplicationBuilder(ServiceRole.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(it ->
                        it.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", this.settings)))
                .run();
    }

    /** The service of this test run; it starts when the first test asks for it. */
    public static synchronized RunningService shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static RunningService start() {
        LocalAddresses postgres = TestServers.get().addresses();
        LocalAddresses kafka = TestServers.get().addresses();
        Path keys = TestServers.get().directory().resolve("api-keys");
        List<String> principals = new ArrayList<>(EventCatalog.bundled().domains());
        principals.addAll(List.of("reader", "operator", "console", "masterdeal"));
        ApiKeys.generate(keys, principals);
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", 0);
        settings.put("spring.datasource.url", TestServers.get().createDatabase("service"));
        settings.put("spring.datasource.username", postgres.postgresUser());
        settings.put("spring.datasource.password", postgres.postgresPassword());
        // A stopped PostgreSQL has to be noticed soon.
        settings.put("spring.datasource.hikari.connection-timeout", "2000");
        settings.put("masterdeal.readers.answer", "3s");
        settings.put("masterdeal.kafka.bootstrap-servers", kafka.kafkaBootstrapServers());
        kafka.kafkaClientProperties().forEach((name, value) -> settings.put("masterdeal.kafka.client." + name, value));
        settings.put(
                "masterdeal.registry.url",
                TestServers.get().addresses().registryUrl().toString());
        settings.put("masterdeal.api-keys", keys.toString());
        settings.put("masterdeal.relay.slot", "service_role");
        settings.put("spring.jmx.enabled", "false");
        RunningService service = new RunningService(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "close-service"));
        return service;
    }

    /**
     * Starts a second role with the same database, as if it were another process.
     *
     * @param changed settings that are other than those of this one
     */
    public RunningService another(Map<String, Object> changed) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(changed);
        return new RunningService(all);
    }

    @Override
    public void close() {
        context.close();
    }

    /** A bean of the service. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Statements in the service's schema. */
    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /** Events to records and back. */
    public static EventSerde serde() {
        return new EventSerde(
                EventCatalog.bundled(),
                new HttpSchemaRegistry(TestServers.get().addresses().registryUrl()));
    }

    /** Where it listens. */
    public int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    /** The header with the key of a principal, and the end of its line. */
    public String authorization(String principal) {
        return "Authorization: Bearer " + ApiKeys.read(keys, principal) + "\r\n";
    }

    /**
     * Sends a request as it is.
     *
     * @param method GET, POST
     * @param path path and query, encoded
     * @param principal whose key to show; null for none
     */
    public HttpResponse<String> request(String method, String path, @Nullable String principal)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (principal != null) {
            request.header("Authorization", "Bearer " + ApiKeys.read(keys, principal));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Reads a resource that has to be there. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = request("GET", path, "reader");
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " gives " + response.statusCode() + ": " + response.body());
        }
        return JsonMapper.shared().readTree(response.body());
    }

    /** Whether everything sent so far is in the store or refused, and folded. */
    public boolean isIdle() throws IOException, InterruptedException {
        HttpResponse<String> response = request("GET", "/intake", "reader");
        if (response.statusCode() != 200) {
            return false;
        }
        JsonNode intake = JsonMapper.shared().readTree(response.body());
        return intake.path("lag").longValue() == 0
                && intake.path("pending_folds").longValue() == 0;
    }

    /**
     * Sends JSON.
     *
     * @param headers names and values of more headers
     */
    public HttpResponse<String> post(String path, String principal, String json, String... headers)
            throws IOException, InterruptedException {
        int listening = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listening + path))
                .header("Authorization", "Bearer " + ApiKeys.read(keys, principal))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
