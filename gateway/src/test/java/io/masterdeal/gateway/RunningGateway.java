package io.masterdeal.gateway;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.local.LocalAddresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The role as others start it, on a free port, with a key for each principal, and a client of it. */
final class RunningGateway implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final Path keys;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private RunningGateway(ConfigurableApplicationContext context, Path keys) {
        this.context = context;
        this.keys = keys;
    }

    static RunningGateway start(Map<String, Object> more) {
        Path keys = Infrastructure.temporaryDirectory().resolve("keys");
        ApiKeys.generate(
                keys, List.of("crm", "media", "task", "docflow", "legal", "dcm", "reader", "operator", "stranger"));
        var settings = new HashMap<String, Object>(settings(Infrastructure.addresses()));
        settings.put("masterdeal.api-keys", keys.toString());
        settings.putAll(more);
        return new RunningGateway(
                new SpringApplicationBuilder(GatewayRole.class)
                        .properties(settings)
                        .run(),
                keys);
    }

    static Map<String, Object> settings(LocalAddresses addresses) {
        var settings = new HashMap<String, Object>();
        settings.put("server.port", "0");
        settings.put("spring.main.banner-mode", "off");
        settings.put("masterdeal.kafka.bootstrap-servers", addresses.kafkaBootstrapServers());
        addresses
                .kafkaClientProperties()
                .forEach((name, value) -> settings.put("masterdeal.kafka.client." + name, value));
        settings.put("masterdeal.registry.url", addresses.registryUrl().toString());
        return settings;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    int port() {
        return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    String key(String name) {
        return ApiKeys.read(keys, name);
    }

    /** A request with the key of a principal. */
    HttpRequest.Builder request(String path, String principal) {
        return request(path).header("Authorization", "Bearer " + key(principal));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    Reply structured(String principal, Object event) throws IOException, InterruptedException {
        return post(principal, "application/cloudevents+json", event);
    }

    Reply batch(String principal, Object events) throws IOException, InterruptedException {
        return post(principal, "application/cloudevents-batch+json", events);
    }

    Reply post(String principal, String contentType, Object body) throws IOException, InterruptedException {
        String text = body instanceof String string ? string : JSON.writeValueAsString(body);
        return send(request("/events", principal)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(text)));
    }

    Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new Reply(client.send(request.build(), BodyHandlers.ofString()));
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }

    /** An answer of the gateway. */
    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        /** A member by JSON pointer, as text; empty if there is none. */
        String at(String pointer) {
            return json().at(pointer).asString("");
        }
    }
}
