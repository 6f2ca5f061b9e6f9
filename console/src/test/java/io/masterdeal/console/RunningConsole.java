package io.masterdeal.console;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The role on real servers, without the roles that it asks unless a test names them. */
@NullMarked
public final class RunningConsole implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final Path keys;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningConsole(ConfigurableApplicationContext context, Path keys) {
        this.context = context;
        this.keys = keys;
    }

    /**
     * Starts it.
     *
     * @param directory for its files
     * @param settings further ones
     */
    public static RunningConsole start(Path directory, Map<String, String> settings) {
        Path keys = directory.resolve("api-keys");
        ApiKeys.generate(keys, List.of("reader", "operator", "console", "crm", "prometheus"));
        LocalAddresses at = TestServers.get().addresses();
        Map<String, Object> all = new HashMap<>();
        all.put("server.port", "0");
        all.put("spring.jmx.enabled", "false");
        all.put("masterdeal.api-keys", keys.toString());
        all.put("masterdeal.kafka.bootstrap-servers", at.kafkaBootstrapServers());
        at.kafkaClientProperties().forEach((name, value) -> all.put("masterdeal.kafka.client." + name, value));
        all.put("masterdeal.registry.url", at.registryUrl().toString());
        all.put("spring.datasource.url", at.jdbcUrl());
        all.put("spring.datasource.username", at.postgresUser());
        all.put("spring.datasource.password", at.postgresPassword());
        all.putAll(settings);
        return new RunningConsole(
                new SpringApplicationBuilder(ConsoleRole.class)
                        .initializers(it ->
                                it.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", all)))
                        .run(),
                keys);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public String key(String principal) {
        return ApiKeys.read(keys, principal);
    }

    public URI address() {
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Reads a page as a program does, with the reader's key. */
    public HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address().resolve(path))
                        .header("Authorization", "Bearer " + key("reader"))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        context.close();
        http.shutdownNow();
    }
}
