package io.masterdeal.routes.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A system that does not use our contracts: records what it is sent, and gives the answers that a test sets. */
public final class Endpoint implements AutoCloseable {

    private final HttpServer server;

    private final List<String> received = new CopyOnWriteArrayList<>();

    private volatile String answer = "";

    private volatile int status = 200;

    private volatile Map<String, String> query = Map.of();

    private volatile Map<String, String> headers = Map.of();

    private final Map<String, String> answerHeaders = new ConcurrentHashMap<>();

    private Endpoint(HttpServer server) {
        this.server = server;
    }

    /** Starts one. */
    public static Endpoint start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Endpoint endpoint = new Endpoint(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", endpoint::handle);
        server.start();
        return endpoint;
    }

    /** Sets the answer of all further calls. */
    public void answers(int code, String text) {
        status = code;
        answer = text;
    }

    /** Its address. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The calls so far: method, path, a blank, the body. */
    public List<String> received() {
        return received;
    }

    /** Adds a header to all further answers. */
    public void answersHeader(String name, String value) {
        answerHeaders.put(name, value);
    }

    /** The headers of the last call, by name in lower case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The parameters of the last call, decoded. */
    public Map<String, String> query() {
        return query;
    }

    private static Map<String, String> parsed(@Nullable String raw) {
        Map<String, String> parsed = new TreeMap<>();
        for (String each : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] parts = each.split("=", 2);
            parsed.put(parts[0], URLDecoder.decode(parts.length < 2 ? "" : parts[1], StandardCharsets.UTF_8));
        }
        return Map.copyOf(parsed);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " "
                            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Map<String, String> given = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> given.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
            headers = Map.copyOf(given);
            answerHeaders.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            query = parsed(exchange.getRequestURI().getRawQuery());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
