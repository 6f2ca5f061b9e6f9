package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.service.servers.DomainEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

/** An event that Kafka refuses waits with its deal; all others are published, and the log is not kept for it. */
class RelayParkingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private DomainEvents events;

    private RelayedDeals deals;

    @BeforeEach
    void limit_the_topic() throws Exception {
        events = new DomainEvents();
        deals = new RelayedDeals();
        limit("20000");
    }

    @AfterEach
    void drop_the_slot() throws Exception {
        limit(Integer.toString(8 * 1024 * 1024));
        deals.stop();
        events.close();
    }

    @Test
    void an_event_too_large_for_its_topic_is_parked_with_its_deal_and_published_in_order_when_there_is_room()
            throws Exception {
        // given
        Relay relay = deals.relay();
        deals.tell("wide", "Deal Created");
        awaitRevisions("wide", 1);

        // when
        deals.tellLarge("wide", 60_000);
        deals.tell("wide", "Brief Submitted");
        deals.tell("other", "Deal Created");
        deals.tell("other", "Brief Submitted");
        LogSequenceNumber end = deals.end();

        // then
        awaitRevisions("other", 1, 2);
        await().atMost(PATIENCE).until(() -> deals.confirmed().compareTo(end) >= 0);
        assertThat(revisions("wide")).containsExactly(1L);
        assertThat(deals.parked()).singleElement().satisfies(parked -> {
            assertThat(parked.root()).isEqualTo(deals.deal("wide"));
            assertThat(parked.reason()).contains("RecordTooLargeException");
            assertThat(parked.events()).isEqualTo(2);
            assertThat(parked.bytes()).isBetween(60_000, 100_000);
        });
        assertThat(relay.status().state()).isEqualTo(RelayStatus.State.LEADING);
        assertThat(deals.parkedHealth().getCode()).isEqualTo("DEGRADED");

        // when: another process relays, and there is no room yet
        relay.stop();
        deals.relay();
        deals.releaseParked();
        deals.tell("wide", "Deal Lost");
        await().atMost(PATIENCE).until(() -> deals.parked().getFirst().events() == 3);
        await().atMost(PATIENCE).until(() -> deals.parked().getFirst().tries() == 1);

        // then
        assertThat(revisions("wide")).containsExactly(1L);

        // when
        limit(Integer.toString(1024 * 1024));
        deals.releaseParked();

        // then
        awaitRevisions("wide", 1, 2, 3, 4);
        await().atMost(PATIENCE).until(() -> deals.parked().isEmpty());
        assertThat(deals.parkedHealth().getCode()).isEqualTo("UP");

        // when
        deals.tell("wide", "Deal Reopened");

        // then
        awaitRevisions("wide", 1, 2, 3, 4, 5);
        assertThat(deals.incidents()).isEmpty();
    }

    private void awaitRevisions(String id, long... expected) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(revisions(id).stream()
                                .mapToLong(Long::longValue)
                                .toArray())
                        .containsExactly(expected));
    }

    private List<Long> revisions(String id) {
        return deals.published(events, id).stream()
                .map(it -> Objects.requireNonNull(it.envelope().sequence()))
                .toList();
    }

    private static void limit(String bytes) throws Exception {
        try (Admin admin = DomainEvents.clients("unused").admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "masterdeal.events"),
                            Set.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
