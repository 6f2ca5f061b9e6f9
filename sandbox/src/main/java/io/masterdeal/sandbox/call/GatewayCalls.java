package io.masterdeal.sandbox.call;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of one system to another, or to MasterDeal, through the gateway. Transient failures are retried with growing pauses until the
 * patience of the caller ends. Thread-safe.
 */
public final class GatewayCalls {
    /**
     * A call.
     *
     * @param caller the calling domain, whose key is sent
     * @param path such as {@code /docflow/contracts}; already encoded
     * @param body the body of a POST; null for a GET
     * @param idempotencyKey the same for every attempt; null for none
     * @param traceparent W3C trace context; null if there is none
     */
    public record Call(
            String caller,
            String path,
            @Nullable JsonNode body,
            @Nullable String idempotencyKey,
            @Nullable String traceparent) {
        /**
         * A read.
         *
         * @param caller the calling domain, whose key is sent
         * @param path with its query
         * @return the call
         */
        public static Call get(String caller, String path) {
            return new Call(caller, path, null, null, null);
        }
    }

    /**
     * A response, successful or not.
     *
     * @param status HTTP status
     * @param body the body; an empty object if it is not JSON
     */
    public record Answer(int status, JsonNode body) {
        /**
         * Whether the call succeeded.
         *
         * @return true for 2xx
         */
        public boolean ok() {
            return status / 100 == 2;
        }
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long MAX_ANSWER_BYTES = 1L << 20;
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 1000;
    private static final JsonMapper JSON = new JsonMapper();

    private final String base;
    private final UnaryOperator<String> readKey;
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /**
     * Calls through a gateway.
     *
     * @param gateway its base address
     * @param keys gives the API key of a domain
     */
    public GatewayCalls(URI gateway, UnaryOperator<String> keys) {
        this.base = gateway.toString().replaceAll("/+$", "");
        this.readKey = keys;
    }

    /**
     * Calls once.
     *
     * @param call the call
     * @return the answer; status 0 if there was none
     * @throws InterruptedException if the caller is interrupted
     */
    public Answer once(Call call) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call.path()))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + keys.computeIfAbsent(call.caller(), readKey));
        if (call.idempotencyKey() != null) {
            request.header("Idempotency-Key", call.idempotencyKey());
        }
        if (call.traceparent() != null) {
            request.header("traceparent", call.traceparent());
        }
        if (call.body() != null) {
            request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(call.body().toString()));
        }
        try {
            HttpResponse<String> response =
                    client.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES));
            return new Answer(response.statusCode(), parse(response.body()));
        } catch (IOException e) {
            return new Answer(0, JSON.createObjectNode());
        }
    }

    /**
     * Calls until the answer is final.
     *
     * @param call the call
     * @param patience how long to retry; at least one attempt is made
     * @return the answer
     * @throws UnreachableException if the patience ends first
     * @throws InterruptedException if the caller is interrupted
     */
    public Answer untilAnswered(Call call, Duration patience) throws InterruptedException, UnreachableException {
        long end = System.nanoTime() + patience.toNanos();
        long pause = FIRST_PAUSE_MS;
        while (true) {
            Answer answer = once(call);
            if (!mayPass(answer.status())) {
                return answer;
            }
            long wait = pause / 2 + ThreadLocalRandom.current().nextLong(pause);
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait) - end > 0) {
                throw new UnreachableException(call.path() + ": " + answer.status());
            }
            TimeUnit.MILLISECONDS.sleep(wait);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        }
    }

    private static boolean mayPass(int status) {
        return status == 0 || status >= 500 || status == 429 || status == 408;
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json.isObject() ? json : JSON.createObjectNode();
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
