package io.masterdeal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.client.PublishResult.Accepted;
import io.masterdeal.client.PublishResult.Undecided;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ends the wait before an event is sent again. */
@Timeout(60)
class EventClientWaitTest {

    private static final Instant TIME = Instant.parse("2026-03-02T09:00:00Z");

    private static final RetryPolicy QUICK = new RetryPolicy(
            Duration.ofSeconds(20), Duration.ofMillis(2), Duration.ofMillis(10), Duration.ofMillis(50), false);

    private final ScriptedServer gateway;

    private final ClientSettings settings;

    EventClientWaitTest() throws IOException {
        gateway = new ScriptedServer();
        settings = ClientSettings.of(gateway.address(), ApiKey.of(ScriptedServer.KEY))
                .withRetry(QUICK)
                .withTimeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private static CloudEvent event(String id) {
        return CloudEvent.create(
                "crm.deal.created",
                "crm:deal:D-1",
                TIME,
                Map.of("client", "Yantar"),
                Map.of("id", id, "sequence", "1"));
    }

    private static List<CloudEvent> events(String... ids) {
        return Stream.of(ids).map(EventClientWaitTest::event).toList();
    }

    @Test
    void a_listener_hears_of_each_wait_and_may_end_it() throws Exception {
        // given
        gateway.problem(503, "Kafka is away");
        List<String> heard = new ArrayList<>();
        RetryListener listener = new RetryListener() {
            @Override
            public void waiting(ApiException cause, int open, Duration pause) {
                heard.add(open + " " + cause.status() + " " + pause.toMillis());
            }

            @Override
            public boolean goOn() {
                return heard.isEmpty();
            }
        };
        RetryPolicy patient = new RetryPolicy(
                Duration.ofHours(1), Duration.ofMinutes(20), Duration.ofMinutes(20), Duration.ZERO, false);
        try (EventClient client = new EventClient(settings.withRetry(patient))) {
            // when
            List<PublishResult> results = client.publish(events("a", "b"), listener);

            // then
            assertThat(heard).singleElement().asString().startsWith("2 503 ");
            assertThat(results).hasOnlyElementsOfType(Undecided.class);
        }
    }

    @Test
    void closing_ends_a_request_in_progress_and_a_wait() throws Exception {
        for (boolean silent : new boolean[] {true, false}) {
            gateway.asked.clear();
            if (silent) {
                gateway.silence();
            } else {
                gateway.problem(503, "Kafka is away", Map.of("Retry-After", "30"));
            }
            EventClient client =
                    new EventClient(settings.withTimeout(Duration.ofMinutes(5)).withRetry(RetryPolicy.standard()));
            CompletableFuture<List<PublishResult>> results = inThread(client);
            await().until(() -> gateway.asked.size() == 1);

            client.close();

            assertThat(results.join())
                    .singleElement()
                    .satisfies(result -> assertThat(result)
                            .isInstanceOfSatisfying(
                                    Undecided.class,
                                    undecided -> assertThat(undecided.cause())
                                            .hasMessageContaining("the client was closed before")));
            assertThat(client.publish(events("b"))).singleElement().isInstanceOf(Undecided.class);
        }
    }

    private static CompletableFuture<List<PublishResult>> inThread(EventClient client) {
        CompletableFuture<List<PublishResult>> results = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                results.complete(client.publish(events("a")));
            } catch (InterruptedException | RuntimeException e) {
                results.completeExceptionally(e);
            }
        });
        return results;
    }

    @Test
    void an_interrupt_ends_the_call() throws Exception {
        // given
        gateway.silence();
        AtomicReference<String> ended = new AtomicReference<>("");
        try (EventClient client = new EventClient(settings.withTimeout(Duration.ofMinutes(5)))) {
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    client.publish(event("a"));
                } catch (InterruptedException e) {
                    ended.set("interrupted");
                }
            });
            await().until(() -> gateway.asked.size() == 1);

            // when
            thread.interrupt();

            // then
            await().untilAsserted(() -> assertThat(ended).hasValue("interrupted"));
        }
    }

    @Test
    void a_client_that_waits_for_access_uses_a_key_that_is_replaced_meanwhile(@TempDir Path folder) throws Exception {
        // given
        gateway.problem(401, "no such key");
        Path file = folder.resolve("crm.key");
        RetryPolicy endless =
                new RetryPolicy(Duration.ofHours(1), Duration.ofMillis(2), Duration.ofMillis(10), Duration.ZERO, true);
        List<String> heard = new ArrayList<>();
        RetryListener replacesTheKey = new RetryListener() {
            @Override
            public void recovered() {
                heard.add("recovered");
            }

            @Override
            public void waiting(ApiException cause, int open, Duration pause) {
                heard.add(String.valueOf(cause.getMessage()));
                try {
                    Files.writeString(
                            file,
                            heard.size() == 1 ? "md_crm_the-first-key-of-32-characters-or-more" : ScriptedServer.KEY);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        ClientSettings withFile =
                ClientSettings.of(gateway.address(), ApiKey.file(file)).withRetry(endless);
        try (EventClient client = new EventClient(withFile)) {
            // when
            List<PublishResult> results = client.publish(events("a"), replacesTheKey);

            // then
            assertThat(results).hasOnlyElementsOfType(Accepted.class);
            assertThat(heard).hasSize(3);
            assertThat(heard.get(0)).contains("cannot be asked: there is no API key " + file);
            assertThat(heard.get(1)).contains("401: no such key");
            assertThat(heard.get(2)).isEqualTo("recovered");
            assertThat(gateway.asked.getLast().headers().get("Authorization"))
                    .containsExactly("Bearer " + ScriptedServer.KEY);
            assertThat(withFile.toString()).contains(file.toString()).doesNotContain(ScriptedServer.KEY);
        }
    }
}
