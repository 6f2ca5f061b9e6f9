package io.masterdeal.contracts.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A remote registry in small: Confluent's REST API as far as it is used, and any answer a test wants in its place. */
public final class RegistryServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<String> schemas = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> compatibility = Collections.synchronizedMap(new HashMap<>());
    private final Set<String> subjects = Collections.synchronizedSet(new HashSet<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Answer> planned = new ConcurrentLinkedQueue<>();
    private volatile boolean configuresUnknownSubjects = true;
    private volatile @Nullable String authorization;

    /** An answer given in place of the real one. */
    public record Answer(int status, String body) {}

    /** Starts on a free port of the loopback. */
    public RegistryServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api", this::handle);
        server.start();
    }

    /** Address of the API. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api");
    }

    /** The next requests get these answers. */
    public void plan(Answer... answers) {
        planned.addAll(List.of(answers));
    }

    /** From now on a subject without a version cannot be configured, as in Apicurio. */
    public void refuseToConfigureUnknownSubjects() {
        configuresUnknownSubjects = false;
    }

    /** Makes a schema known, whatever it is. */
    public int put(String schema) {
        synchronized (schemas) {
            int at = schemas.indexOf(schema);
            if (at < 0) {
                schemas.add(schema);
                at = schemas.size() - 1;
            }
            return at + 1;
        }
    }

    /** Method and path of every request so far. */
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Compatibility by subject. */
    public Map<String, String> compatibility() {
        return Map.copyOf(compatibility);
    }

    /** The authorization of the last request. */
    public @Nullable String authorization() {
        return authorization;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/api".length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + path);
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Answer next = planned.poll();
            Answer answer = next != null ? next : answer(path, body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(String path, String body) {
        String[] parts = path.split("/", -1);
        return switch (parts[1]) {
            case "config" -> configure(parts[2], body);
            case "subjects" -> {
                subjects.add(parts[2]);
                yield new Answer(
                        200, "{\"id\":" + put(JSON.readTree(body).get("schema").stringValue()) + "}");
            }
            case "schemas" -> schema(Integer.parseInt(parts[3]));
            default -> new Answer(404, "no such path");
        };
    }

    private Answer configure(String subject, String body) {
        if (!configuresUnknownSubjects && !subjects.contains(subject)) {
            return new Answer(404, "{\"error_code\":40401,\"message\":\"no such subject\"}");
        }
        compatibility.put(subject, JSON.readTree(body).get("compatibility").stringValue());
        return new Answer(200, body);
    }

    private Answer schema(int id) {
        if (id < 1 || id > schemas.size()) {
            return new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        }
        return new Answer(200, JSON.writeValueAsString(Map.of("schema", schemas.get(id - 1))));
    }
}
