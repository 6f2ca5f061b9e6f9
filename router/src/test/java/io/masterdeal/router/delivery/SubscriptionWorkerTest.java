package io.masterdeal.router.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.router.delay.RouterDelays;
import io.masterdeal.router.ledger.Backlog;
import io.masterdeal.router.ledger.LeaderEpoch;
import io.masterdeal.router.ledger.OutcomeTable;
import io.masterdeal.router.servers.LedgerDatabase;
import io.masterdeal.router.subscription.AllowedSinks;
import io.masterdeal.router.subscription.DeliveryRetries;
import io.masterdeal.router.subscription.Sink;
import io.masterdeal.router.subscription.StoredSubscription;
import io.masterdeal.router.subscription.Subscription;
import io.masterdeal.router.subscription.SubscriptionRules;
import io.masterdeal.router.subscription.Subscriptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** The worker of a subscription, with a real ledger. */
class SubscriptionWorkerTest {

    private final LedgerDatabase database = new LedgerDatabase("worker");

    private final List<Integer> attempts = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_failed_delivery_is_tried_again_even_if_its_outcome_is_noted_after_it_is_due() throws Exception {
        // given a delivery whose first attempt fails, and outcomes that are noted late
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        database.addDay(now.truncatedTo(ChronoUnit.DAYS));
        database.addDelivery(1, now, "pending");
        LeaderEpoch epoch = new LeaderEpoch(database.transactions());
        epoch.begin();
        OutcomeWriter outcomes = new OutcomeWriter(new OutcomeTable(database.transactions(), epoch), _ -> {});
        SubscriptionWorker worker = worker(outcomes);
        Thread working = Thread.ofVirtual().start(worker);
        await().until(() -> attempts.size() == 1);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

        // when
        Thread writing = Thread.ofVirtual().start(outcomes);

        // then
        await().atMost(Duration.ofMinutes(1)).until(() -> database.state(1).equals("delivered"));
        assertThat(attempts).containsExactly(1, 2);
        worker.stop();
        working.join();
        outcomes.close();
        writing.join();
    }

    private SubscriptionWorker worker(OutcomeWriter outcomes) {
        Subscription subscription = new Subscription(
                "recorder",
                List.of("*"),
                null,
                new Sink.Kafka("partners"),
                true,
                new DeliveryRetries(3, Duration.ofMillis(100), Duration.ofSeconds(1)),
                Subscription.Delivery.DEFAULT,
                false);
        StoredSubscription stored = new StoredSubscription(
                1,
                1,
                subscription,
                JsonNodeFactory.instance.objectNode(),
                StoredSubscription.Origin.API,
                Instant.now(),
                "operator",
                null);
        SubscriptionMeters meters = new SubscriptionMeters(
                new SimpleMeterRegistry(), RouterDelays.of(new SimpleMeterRegistry(), Clock.systemUTC()), "recorder");
        Subscriptions subscriptions = new Subscriptions(
                database.transactions(), new SubscriptionRules(EventCatalog.bundled(), AllowedSinks.parse("", "")));
        return new SubscriptionWorker(
                stored,
                new SubscriptionFilter(stored, subscriptions, meters),
                (_, attempt) -> {
                    attempts.add(attempt);
                    return CompletableFuture.completedFuture(response(attempt));
                },
                new Backlog(database.transactions()),
                outcomes,
                Clock.systemUTC(),
                meters);
    }

    private static SinkResponse response(int attempt) {
        return attempt == 1
                ? new SinkResponse(SinkResponse.Verdict.FAILED, 500, "no room", null)
                : new SinkResponse(SinkResponse.Verdict.TAKEN, 200, "", null);
    }
}
