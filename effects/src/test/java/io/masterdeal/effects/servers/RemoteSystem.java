package io.masterdeal.effects.servers;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server in the place of the gateway and of what is behind it: it notes what it gets, and answers as it is told. */
public final class RemoteSystem implements AutoCloseable {

    private final HttpServer server;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final List<Received> received = new CopyOnWriteArrayList<>();

    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();

    private final List<String> overlapping = new CopyOnWriteArrayList<>();

    private volatile Function<Received, Answer> answers = _ -> ACCEPTED;

    public static final Answer ACCEPTED =
            new Answer(202, Map.of("Content-Type", "application/json"), "{\"mediaplan\":\"media:mediaplan:MP-1\"}");

    /** A request. */
    public record Received(String method, String path, Headers headers, String body) {
        public String key() {
            return String.valueOf(headers.getFirst("Idempotency-Key"));
        }
    }

    /** An answer. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer of(int status) {
            return new Answer(status, Map.of(), "");
        }
    }

    public RemoteSystem() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received request = new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            AtomicInteger same = underWay.computeIfAbsent(request.key(), _ -> new AtomicInteger());
            if (same.incrementAndGet() > 1) {
                overlapping.add(request.key());
            }
            received.add(request);
            Answer answer = answers.apply(request);
            same.decrementAndGet();
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on answers so; the function may wait. */
    public void answers(Function<Received, Answer> function) {
        answers = function;
    }

    /** Answers in this order, and with the last one ever after. */
    public void answersInTurn(Answer... inTurn) {
        AtomicInteger next = new AtomicInteger();
        answers = _ -> inTurn[Math.min(next.getAndIncrement(), inTurn.length - 1)];
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Keys that came while a request with the same key was under way. */
    public List<String> overlapping() {
        return List.copyOf(overlapping);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
