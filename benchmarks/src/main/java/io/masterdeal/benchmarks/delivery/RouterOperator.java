package io.masterdeal.benchmarks.delivery;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the router's API as its operator. */
final class RouterOperator {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();

    private final String base;

    private final String key;

    RouterOperator(MeasuredPlatform platform, MeasuredRole router) {
        this.base = "http://127.0.0.1:" + router.port();
        this.key = ApiKeys.read(platform.keys(), "operator");
    }

    /** Creates a subscription to canonical events, with defaults otherwise. */
    void subscribe(String name, String url) throws IOException, InterruptedException {
        send(
                "PUT",
                "/subscriptions/" + name,
                "{\"types\": [\"masterdeal.*\"], \"retry\": {\"first-pause\": \"PT0.2S\"}, \"sink\": {\"type\": \"http\", \"url\": \""
                        + url + "\"}}");
    }

    void unsubscribe(String name) throws IOException, InterruptedException {
        send("DELETE", "/subscriptions/" + name, "");
    }

    void redriveAll() throws IOException, InterruptedException {
        send("POST", "/dead-letters/redrive", "{\"all\": true, \"reason\": \"the poison is gone\"}");
    }

    /** Waits until nothing is pending, parked or dead-lettered. */
    void awaitDone() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (open() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        open() + " deliveries are not done after " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Waits until there is a dead letter. */
    void awaitDeadLetter() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (sum("dead_lettered") == 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no dead letter after " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private long open() throws IOException, InterruptedException {
        return sum("pending") + sum("parked") + sum("dead_lettered");
    }

    private long sum(String state) throws IOException, InterruptedException {
        return send("GET", "/ledger", "")
                .path("items")
                .valueStream()
                .mapToLong(it -> it.path(state).longValue())
                .sum();
    }

    /** Whether the ledger's sums add up. */
    boolean isWhole() throws IOException, InterruptedException {
        return send("GET", "/ledger/verify", "").path("whole").booleanValue();
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    method + " " + path + " is answered with " + response.statusCode() + ": " + response.body());
        }
        return JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body());
    }
}
