package io.masterdeal.sandbox;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The role as others start it, against a {@link GatewayStub}, with people a hundred times as quick. */
final class RunningSandbox implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    final GatewayStub gateway;
    private final ConfigurableApplicationContext context;
    private final Path keys;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningSandbox(GatewayStub gateway, ConfigurableApplicationContext context, Path keys) {
        this.gateway = gateway;
        this.context = context;
        this.keys = keys;
    }

    static RunningSandbox start(Path directory, Map<String, Object> more) throws IOException {
        Path keys = directory.resolve("keys");
        ApiKeys.generate(
                keys,
                List.of(
                        "crm",
                        "media",
                        "task",
                        "docflow",
                        "legal",
                        "dcm",
                        "reader",
                        "operator",
                        "gateway",
                        "masterdeal"));
        var gateway = new GatewayStub(keys);
        var settings = new HashMap<String, Object>();
        settings.put("server.port", "0");
        settings.put("spring.main.banner-mode", "off");
        settings.put("masterdeal.api-keys", keys.toString());
        settings.put("masterdeal.gateway.url", gateway.address().toString());
        settings.put(
                "masterdeal.sandbox.notification-secrets",
                Notifier.secrets(directory).toString());
        settings.put("masterdeal.sandbox.pace", "0.01");
        settings.put("masterdeal.sandbox.patience", "2s");
        settings.putAll(more);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(SandboxRole.class)
                .properties(settings)
                .run();
        var sandbox = new RunningSandbox(gateway, context, keys);
        gateway.routeTo(sandbox.address());
        sandbox.legalHears();
        return sandbox;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** Method and path of all that can be asked, with something for each variable. */
    List<String> endpoints() {
        var endpoints = new ArrayList<String>();
        context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(it -> it.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> it.getPatternValues()
                                .forEach(path -> endpoints.add(method + " "
                                        + path.replaceAll("\\{domain[^}]*}", "crm")
                                                .replaceAll("\\{[^}]+}", "x")))));
        return endpoints;
    }

    /** What the event router does when it is there. */
    private void legalHears() {
        var json = new EventJson(EventCatalog.bundled());
        gateway.listener = event -> {
            if (event.envelope().type().equals("docflow.contract.signed")) {
                Reply reply = send(Notifier.LEGAL.request(address(), json.write(event)));
                if (reply.status() != 204) {
                    throw new IllegalStateException(
                            "Legal does not take it: " + reply.response().body());
                }
            }
        };
    }

    String key(String principal) {
        return ApiKeys.read(keys, principal);
    }

    HttpRequest.Builder request(String path, @Nullable String principal) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(20));
        if (principal != null) {
            request.header("Authorization", "Bearer " + ApiKeys.read(keys, principal));
        }
        return request;
    }

    Reply get(String path) {
        return send(request(path, "operator"));
    }

    Reply post(String path, String body) {
        return send(request(path, "operator").POST(BodyPublishers.ofString(body)));
    }

    Reply put(String path, String body) {
        return send(request(path, "operator").PUT(BodyPublishers.ofString(body)));
    }

    Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode awaitIdle(Duration patience) {
        return Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get("/simulation").json(),
                        status -> status.path("state").asString().equals("idle"));
    }

    /** All pages of a list. */
    List<JsonNode> all(String path) {
        var items = new ArrayList<JsonNode>();
        String cursor = "";
        while (true) {
            JsonNode page = get(path + "?limit=500&cursor=" + cursor).json();
            page.path("items").forEach(items::add);
            if (!page.has("next")) {
                return items;
            }
            cursor = page.path("next").asString();
        }
    }

    @Override
    public void close() {
        context.close();
        gateway.close();
        client.close();
    }

    /** An answer. */
    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String at(String pointer) {
            return json().at(pointer).asString("");
        }
    }
}
