package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RecordingSink;
import io.masterdeal.router.servers.RecordingSink.Received;
import io.masterdeal.router.servers.RecordingSink.Reply;
import io.masterdeal.router.servers.RouterProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A router that is killed at random moments loses nothing and keeps the order of each deal. */
class RouterKillTest {

    private static final boolean LONG = Boolean.getBoolean("masterdeal.long");

    private static final int KILLS = LONG ? 20 : 3;

    private static final int EVENTS = LONG ? 100_000 : 6_000;

    private static final int DEALS = 300;

    /** What one process may have sent but not noted: the size of a worker's window. */
    private static final int IN_FLIGHT = 500;

    private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 20 : 3);

    private final long seed = System.nanoTime();

    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @Test
    void killed_at_random_moments_it_delivers_every_event_in_order_and_the_ledger_is_whole() throws Exception {
        // given
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(Publisher.event("docflow.contract.drafted", "docflow:contract:K-" + random.nextInt(DEALS)));
        }
        try (RecordingSink sink = RecordingSink.start();
                Publisher publisher = new Publisher();
                RouterProcess router = RouterProcess.start(folder)) {
            await("the router").atMost(PATIENCE).until(router::isUp);
            router.operate(
                    "PUT",
                    "/subscriptions/recorder",
                    "{\"sink\": {\"type\": \"http\", \"url\": \"" + sink.url()
                            + "\"}, \"types\": [\"docflow.contract.drafted\"]}");
            // One in a hundred fails once, so that there are retries and parked deliveries at every kill.
            Set<String> failed = java.util.concurrent.ConcurrentHashMap.newKeySet();
            sink.behave(it -> it.id().hashCode() % 100 == 0 && failed.add(it.id()) ? Reply.of(500, "once") : Reply.OK);

            // when
            CompletableFuture<Void> published = CompletableFuture.runAsync(() -> publish(publisher, events));
            for (int kill = 1; kill <= KILLS; kill++) {
                int share = EVENTS * kill / (KILLS + 1);
                await("seed " + seed + ", kill " + kill)
                        .atMost(PATIENCE)
                        .until(() -> sink.received().size() >= share);
                await().pollDelay(Duration.ofMillis(1 + random.nextInt(400))).until(() -> true);
                router.killAndStart();
            }
            published.get();

            // then
            await("seed " + seed).atMost(PATIENCE).until(() -> delivered(router) == EVENTS);
            assertThatAllCameInOrder(events, sink, failed);
            assertThat(router.get("/ledger/verify").path("differences"))
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    private static void publish(Publisher publisher, List<Event> events) {
        try {
            for (int from = 0; from < events.size(); from += 500) {
                publisher.publish(events.subList(from, Math.min(from + 500, events.size())));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long delivered(RouterProcess router) throws InterruptedException {
        try {
            for (JsonNode line : router.get("/ledger").path("items")) {
                if (line.path("subscription").stringValue().equals("recorder")) {
                    return line.path("delivered").longValue();
                }
            }
        } catch (IOException e) {
            return -1; // The router is restarting.
        }
        return 0;
    }

    private void assertThatAllCameInOrder(List<Event> events, RecordingSink sink, Set<String> failed) {
        Map<String, List<String>> told = new LinkedHashMap<>();
        events.forEach(it -> told.computeIfAbsent(it.envelope().subject(), _ -> new ArrayList<>())
                .add(it.envelope().id().toString()));
        Map<String, Set<String>> came = new LinkedHashMap<>();
        for (Received it : sink.received()) {
            came.computeIfAbsent(it.subject(), _ -> new LinkedHashSet<>()).add(it.id());
        }
        told.forEach((subject, ids) -> assertThat(came.getOrDefault(subject, Set.of()))
                .as("seed %d, %s", seed, subject)
                .containsExactlyElementsOf(ids));
        int repeats = sink.received().size() - failed.size() - EVENTS;
        assertThat(repeats).as("seed %d, repeats", seed).isBetween(0, KILLS * IN_FLIGHT);
    }
}
