package io.masterdeal.benchmarks.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP endpoint that answers as it is told to, as quickly as it can. */
final class SubscriberEndpoint implements AutoCloseable {

    /** Bodies it keeps, for the bare client to send. */
    private static final int KEPT = 2_000;

    private final HttpServer server;

    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();

    private final Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();

    private final AtomicInteger kept = new AtomicInteger();

    private volatile Behaviour behaviour = _ -> 204;

    private SubscriberEndpoint(HttpServer server) {
        this.server = server;
    }

    /** What it does with an event. */
    @FunctionalInterface
    interface Behaviour {
        /** The status to answer with; it may take its time. */
        int take(UUID eventId) throws InterruptedException;
    }

    static SubscriberEndpoint start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        SubscriberEndpoint subscriber = new SubscriberEndpoint(server);
        server.setExecutor(subscriber.handlers);
        server.createContext("/events", subscriber::handle);
        server.createContext("/bare", SubscriberEndpoint::takeBare);
        server.start();
        return subscriber;
    }

    void behave(Behaviour how) {
        behaviour = how;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Bodies that have arrived. */
    byte[][] bodies() {
        return bodies.toArray(new byte[0][]);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (kept.get() < KEPT && kept.incrementAndGet() <= KEPT) {
                bodies.add(body);
            }
            String id = Objects.requireNonNull(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.sendResponseHeaders(behaviour.take(UUID.fromString(id)), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void takeBare(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        handlers.shutdownNow();
    }
}
