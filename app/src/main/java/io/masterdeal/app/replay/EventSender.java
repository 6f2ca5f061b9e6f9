package io.masterdeal.app.replay;

import io.masterdeal.app.replay.log.ReplayEvent;
import io.masterdeal.client.ApiException;
import io.masterdeal.client.ApiKey;
import io.masterdeal.client.ClientSettings;
import io.masterdeal.client.CloudEvent;
import io.masterdeal.client.EventClient;
import io.masterdeal.client.PublishResult;
import io.masterdeal.client.PublishResult.Accepted;
import io.masterdeal.client.PublishResult.Rejected;
import io.masterdeal.client.PublishResult.Undecided;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to the gateway in batches, each domain's with its own key. A few batches are under way at once, for the
 * order in which events arrive does not matter. What the gateway could not take is sent again by {@link EventClient}.
 */
final class EventSender implements AutoCloseable {

    private static final int BATCH = 250;

    private static final int UNDER_WAY = 6;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Semaphore permits = new Semaphore(UNDER_WAY);

    private final URI gateway;

    private final Path apiKeys;

    private final boolean replayed;

    private final Consumer<String> refusals;

    private final Map<String, List<ReplayEvent>> waiting = new HashMap<>();

    private final Map<String, EventClient> clients = new HashMap<>();

    private final Map<String, Long> sentUpTo = new ConcurrentHashMap<>();

    private final LongAdder taken = new LongAdder();

    private final LongAdder refused = new LongAdder();

    private volatile @Nullable RuntimeException failure;

    /**
     * @param replayed whether the events are marked as replayed
     * @param refusals told of each event the gateway refuses, and why; from several threads
     */
    EventSender(URI gateway, Path apiKeys, boolean replayed, Consumer<String> refusals) {
        this.replayed = replayed;
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

    private EventClient client(String domain) {
        return new EventClient(ClientSettings.of(gateway, ApiKey.of(ApiKeys.read(apiKeys, domain)))
                .withHttp(http));
    }

    private void post(String domain, List<ReplayEvent> batch) throws InterruptedException {
        throwFailure();
        EventClient client = clients.computeIfAbsent(domain, this::client);
        List<CloudEvent> events = batch.stream()
                .map(event ->
                        CloudEvent.json(replayed ? event.cloudEvent().put("replayed", "true") : event.cloudEvent()))
                .toList();
        permits.acquire();
        threads.execute(() -> {
            try {
                account(batch, client.publish(events));
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

    private void account(List<ReplayEvent> batch, List<PublishResult> results) {
        for (int i = 0; i < batch.size(); i++) {
            switch (results.get(i)) {
                case Accepted accepted -> {
                    taken.increment();
                    sentUpTo.merge(accepted.topic() + "-" + accepted.partition(), accepted.offset(), Math::max);
                }
                case Rejected rejected -> {
                    refused.increment();
                    ReplayEvent event = batch.get(i);
                    refusals.accept(event.file() + ", line " + event.position() + ": event "
                            + event.cloudEvent().path("id").asString() + " was refused: "
                            + rejected.problem().summary());
                }
                case Undecided undecided -> throw undecided.cause();
            }
        }
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
