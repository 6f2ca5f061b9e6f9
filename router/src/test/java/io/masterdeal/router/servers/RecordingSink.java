package io.masterdeal.router.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP endpoint that records requests, and answers as a test chooses. */
public final class RecordingSink implements AutoCloseable {

    private final HttpServer server;

    private final List<Received> received = new CopyOnWriteArrayList<>();

    private volatile Behaviour behaviour = _ -> Reply.OK;

    private RecordingSink(HttpServer server) {
        this.server = server;
    }

    /** Starts one. */
    public static RecordingSink start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        RecordingSink sink = new RecordingSink(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", sink::handle);
        server.start();
        return sink;
    }

    /** A request. */
    public record Received(Instant at, Map<String, String> headers, String body) {

        /** The event, in structured mode. */
        public JsonNode event() {
            return JsonMapper.shared().readTree(body);
        }

        /** The event's subject. */
        public String subject() {
            return event().path("subject").stringValue();
        }

        /** The event's id. */
        public String id() {
            return event().path("id").stringValue();
        }
    }

    /** An answer. */
    public record Reply(int status, Map<String, String> headers, String body) {
        /** The event is accepted. */
        public static final Reply OK = new Reply(204, Map.of(), "");

        /** An answer with a body. */
        public static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body);
        }
    }

    /** What it answers. */
    @FunctionalInterface
    public interface Behaviour {
        /** The answer to a request; it may wait. */
        Reply answer(Received request) throws InterruptedException;
    }

    /** Sets the answers from now on. */
    public void behave(Behaviour how) {
        behaviour = how;
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    /** All requests so far, including those that were not accepted. */
    public List<Received> received() {
        return received;
    }

    /** Ids of the events about an object, in the order of the requests. */
    public List<String> idsAbout(String subject) {
        return received.stream()
                .filter(it -> it.subject().equals(subject))
                .map(Received::id)
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(
                            it -> it.getKey().toLowerCase(java.util.Locale.ROOT),
                            it -> it.getValue().getFirst()));
            Received request = new Received(
                    Instant.now(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            received.add(request);
            Reply reply = behaviour.answer(request);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
