package io.masterdeal.app.replay;

import io.masterdeal.app.replay.log.ReplayEvent;
import io.masterdeal.client.ApiException;
import io.masterdeal.contracts.apikey.ApiKeys;
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
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Sends events to the gateway in batches, each domain's with its own key. A few batches are under way at once, for the
 * order in which events arrive does not matter. What the gateway could not take for want of Kafka is sent again.
 */
final class EventSender implements AutoCloseable {

    private static final int BATCH = 250;

    private static final int UNDER_WAY = 6;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Semaphore permits = new Semaphore(UNDER_WAY);

    private final URI gateway;

    private final Path apiKeys;

    private final Consumer<String> refusals;

    private final Map<String, List<ReplayEvent>> waiting = new HashMap<>();

    private final Map<String, String> keys = new HashMap<>();

    private final Map<String, Long> sentUpTo = new ConcurrentHashMap<>();

    private final LongAdder taken = new LongAdder();

    private final LongAdder refused = new LongAdder();

    private volatile @Nullable RuntimeException failure;

    /**
     * @param refusals told of each event the gateway refuses, and why; from several threads
     */
    EventSender(URI gateway, Path apiKeys, Consumer<String> refusals) {
        this.gateway = gateway;
        this.apiKeys = apiKeys;
        this.refusals = refusals;
    }

    /** Takes an event; it is sent when its domain's batch is full. */
    void send(ReplayEvent event) throws InterruptedException {
        List<ReplayEvent> batch = waiting.computeIfAbsent(event.domain(), _ -> new ArrayList<>());
        batch.add(event);
        if (batch.size() == BATCH) {
            waiting.remove(event.domain());
            post(event.domain(), batch);
        }
    }

    /** Sends what is left and waits until every batch is answered. */
    void finish() throws InterruptedException {
        for (Map.Entry<String, List<ReplayEvent>> rest : waiting.entrySet()) {
            post(rest.getKey(), rest.getValue());
        }
        waiting.clear();
        permits.acquire(UNDER_WAY);
        permits.release(UNDER_WAY);
        throwFailure();
    }

    /** How many events Kafka has. */
    long taken() {
        return taken.sum();
    }

    /** How many events the gateway refused. */
    long refused() {
        return refused.sum();
    }

    /** Of each partition ({@code topic-number}), the highest offset of an event sent here. */
    Map<String, Long> sentUpTo() {
        return Map.copyOf(sentUpTo);
    }

    private void post(String domain, List<ReplayEvent> batch) throws InterruptedException {
        throwFailure();
        String key = keys.computeIfAbsent(domain, name -> ApiKeys.read(apiKeys, name));
        permits.acquire();
        threads.execute(() -> {
            try {
                postUntilAnswered(key, batch);
            } catch (RuntimeException e) {
                failed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failed(new ApiException("interrupted while it sent events", e));
            } finally {
                permits.release();
            }
        });
    }

    private void postUntilAnswered(String key, List<ReplayEvent> batch) throws InterruptedException {
        List<ReplayEvent> left = batch;
        long end = System.nanoTime() + PATIENCE.toNanos();
        long pause = 100;
        while (!left.isEmpty()) {
            left = post(key, left, System.nanoTime() > end);
            if (!left.isEmpty()) {
                Thread.sleep(pause);
                pause = Math.min(2 * pause, 2000);
            }
        }
    }

    /** Posts a batch; returns the events to send again. */
    private List<ReplayEvent> post(String key, List<ReplayEvent> batch, boolean last) throws InterruptedException {
        ArrayNode body = JsonMapper.shared().createArrayNode();
        batch.forEach(event -> body.add(event.cloudEvent().put("replayed", "true")));
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/events"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/cloudevents-batch+json; charset=UTF-8")
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            if (last) {
                throw new ApiException("the gateway at " + gateway + " cannot be reached: " + e, e);
            }
            return batch;
        }
        return switch (response.statusCode()) {
            case 202, 207, 422 -> account(batch, JsonMapper.shared().readTree(response.body()), last);
            case 429, 503 -> {
                if (last) {
                    throw new ApiException("the gateway still cannot take events: " + response.body());
                }
                yield batch;
            }
            default ->
                throw new ApiException("the gateway answers with " + response.statusCode() + ": " + response.body());
        };
    }

    private List<ReplayEvent> account(List<ReplayEvent> batch, JsonNode answer, boolean last) {
        List<ReplayEvent> again = new ArrayList<>();
        JsonNode items = answer.path("items");
        if (items.size() != batch.size()) {
            throw new ApiException(
                    "the gateway answers for " + items.size() + " of " + batch.size() + " events: " + answer);
        }
        for (int i = 0; i < batch.size(); i++) {
            JsonNode item = items.get(i);
            int status = item.path("status").intValue();
            if (status == 202) {
                taken.increment();
                sentUpTo.merge(
                        item.path("topic").stringValue() + "-"
                                + item.path("partition").intValue(),
                        item.path("offset").longValue(),
                        Math::max);
            } else if (status == 503 && !last) {
                again.add(batch.get(i));
            } else {
                refused.increment();
                ReplayEvent event = batch.get(i);
                refusals.accept(event.file() + ", line " + event.position() + ": event "
                        + event.cloudEvent().path("id").asString() + " was refused: "
                        + reason(item.path("problem"), "/" + i));
            }
        }
        return again;
    }

    /** What is wrong with an event, by places in the event itself: where it was in the batch tells nobody anything. */
    private static String reason(JsonNode problem, String placeInBatch) {
        StringJoiner reasons = new StringJoiner("; ");
        for (JsonNode error : problem.path("errors")) {
            String pointer = error.path("pointer").asString("");
            reasons.add((pointer.startsWith(placeInBatch) ? pointer.substring(placeInBatch.length()) : pointer) + " "
                    + error.path("message").asString(""));
        }
        return reasons.length() > 0
                ? reasons.toString()
                : problem.path("detail").asString(problem.toString());
    }

    private synchronized void failed(RuntimeException e) {
        if (failure == null) {
            failure = e;
        }
    }

    private void throwFailure() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}
