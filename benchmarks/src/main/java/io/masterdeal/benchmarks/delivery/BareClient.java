package io.masterdeal.benchmarks.delivery;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The ceiling: the same bodies to the same endpoint by the same HTTP client, and nothing else. */
final class BareClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private BareClient() {}

    /**
     * Sends.
     *
     * @param concurrency how many requests at a time
     * @param count how many in total; a third as many are sent before, unmeasured
     * @return requests a second
     */
    static double perSecond(String url, byte[][] bodies, int concurrency, int count) throws InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            send(client, url, bodies, concurrency, count / 3);
            long began = System.nanoTime();
            send(client, url, bodies, concurrency, count);
            return count * 1e9 / (System.nanoTime() - began);
        }
    }

    private static void send(HttpClient client, String url, byte[][] bodies, int concurrency, int count)
            throws InterruptedException {
        Semaphore free = new Semaphore(concurrency);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            free.acquire();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/cloudevents+json; charset=UTF-8")
                    .POST(BodyPublishers.ofByteArray(bodies[i % bodies.length]))
                    .build();
            var _ = client.sendAsync(request, BodyHandlers.discarding()).whenComplete((response, failure) -> {
                if (failure != null || response.statusCode() != 204) {
                    failed.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquire(concurrency);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " of " + count + " bare requests failed");
        }
    }
}
