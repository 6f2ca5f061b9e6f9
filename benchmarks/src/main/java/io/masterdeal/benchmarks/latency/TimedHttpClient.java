package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Latencies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over a number of HTTP/1.1 connections that are kept. If all of them wait for answers, what is due waits for
 * one of them, and counts from when it was due; opening ever more connections to a slow server would make it slower.
 */
final class TimedHttpClient implements AutoCloseable {

    private static final int CONNECTIONS = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService senders =
            Executors.newFixedThreadPool(CONNECTIONS, Thread.ofVirtual().factory());

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final String base;

    private final int expected;

    private final AtomicInteger underWay = new AtomicInteger();

    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

    /**
     * @param port on 127.0.0.1
     * @param expected the HTTP status of a success
     */
    TimedHttpClient(int port, int expected) {
        this.base = "http://127.0.0.1:" + port;
        this.expected = expected;
    }

    /** A request to a path, with a key; what else it needs is the caller's to add. */
    HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key);
    }

    /**
     * Sends a request; its latency is recorded when the answer is there.
     *
     * @param dueNanos when it was due, by {@link System#nanoTime}
     */
    void send(HttpRequest request, long dueNanos, Latencies latencies) {
        underWay.incrementAndGet();
        senders.execute(() -> {
            try {
                HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() == expected) {
                    latencies.record(System.nanoTime() - dueNanos);
                } else {
                    fail(latencies, response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                fail(latencies, e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(latencies, e.toString());
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    private void fail(Latencies latencies, String why) {
        latencies.fail();
        firstFailure.compareAndSet(null, why);
    }

    /** What went wrong first; null if nothing did. */
    @Nullable
    String firstFailure() {
        return firstFailure.get();
    }

    /** Waits for the answers that are still to come. */
    void awaitAnswers() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (underWay.get() > 0 && System.nanoTime() < end) {
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        senders.shutdownNow();
        client.close();
    }
}
