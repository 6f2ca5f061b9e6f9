package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.facts.servers.CommittedMessages;
import io.masterdeal.local.Part;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.testbed.servers.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

/** From the write-ahead log to Kafka: nothing is lost, whatever stops, and what happened to the slot is never hidden. */
class RelayTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> STATUSES =
            List.of("Deal Created", "Brief Submitted", "Deal Lost", "Deal Reopened", "Deal Cancelled");

    private static DomainEvents events;

    private RelayedDeals deals;

    @BeforeAll
    static void connect() {
        events = new DomainEvents();
    }

    @AfterAll
    static void let_go() {
        events.close();
    }

    @BeforeEach
    void make_a_database() {
        deals = new RelayedDeals();
    }

    @AfterEach
    void drop_the_slot() throws Exception {
        deals.stop();
    }

    @Test
    void events_come_in_the_order_of_the_commits() throws Exception {
        // given
        deals.relay();
        CommittedMessages committed = CommittedMessages.from(deals.database());

        // when
        for (String status : STATUSES) {
            for (int i = 0; i < 20; i++) {
                deals.tell("d" + i, status);
            }
        }

        // then
        List<String> ids = new ArrayList<>();
        committed
                .next()
                .forEach(message -> ids.add(new String(
                        OutboxRecord.read(message.bytes())
                                .headers()
                                .lastHeader("ce_id")
                                .value(),
                        StandardCharsets.UTF_8)));
        committed.close();
        assertThat(ids).hasSize(100);
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<Integer, List<String>> byPartition = new TreeMap<>();
            for (ConsumerRecord<byte[], byte[]> record : events.readRecords("masterdeal.events")) {
                String id = new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
                if (ids.contains(id)) {
                    byPartition
                            .computeIfAbsent(record.partition(), _ -> new ArrayList<>())
                            .add(id);
                }
            }
            assertThat(byPartition.values().stream().mapToInt(List::size).sum()).isEqualTo(100);
            byPartition.values().forEach(partition -> {
                List<String> sorted = new ArrayList<>(ids);
                sorted.retainAll(partition);
                assertThat(partition).isEqualTo(sorted);
            });
        });
    }

    @Test
    void how_long_events_take_is_measured_from_their_commit_also_in_a_transaction_of_very_many() throws Exception {
        // given
        deals.relay();

        // when
        deals.tellOf(1_100);

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deals.untilPublished().count()).isEqualTo(1_100));
        assertThat(deals.untilPublished().max(TimeUnit.MILLISECONDS)).isLessThan((double) PATIENCE.toMillis());
    }

    @Test
    void a_relay_that_is_stopped_and_started_loses_nothing() throws Exception {
        // given
        Relay relay = deals.relay();

        // when
        for (int round = 0; round < 6; round++) {
            deals.tell("d1", STATUSES.get(round % STATUSES.size()));
            deals.tell("d2", STATUSES.get(round % STATUSES.size()));
            if (round % 2 == 1) {
                relay.stop();
                deals.tell("d1", "Deal Lost");
                relay = deals.relay();
            }
        }

        // then
        for (String id : List.of("d1", "d2")) {
            long last = deals.jdbc()
                    .sql("SELECT revision FROM deals WHERE root_key = ?")
                    .param(deals.deal(id))
                    .query(Long.class)
                    .single();
            awaitRevisions(id, last);
        }
        assertThat(deals.incidents()).isEmpty();
    }

    @Test
    void one_relays_and_another_takes_over_when_its_session_ends() throws Exception {
        // given
        Relay first = deals.relay();
        await().atMost(PATIENCE).until(() -> first.status().state() == RelayStatus.State.LEADING);
        Relay second = deals.relay();
        await().atMost(PATIENCE).until(() -> second.status().state() == RelayStatus.State.STANDBY);
        deals.tell("d", "Deal Created");
        awaitRevisions("d", 1);

        // when: the session with the lease is ended from outside
        assertThat(deals.jdbc()
                        .sql("SELECT pg_terminate_backend(session_pid) FROM leases")
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
        deals.tell("d", "Brief Submitted");

        // then
        awaitRevisions("d", 2);

        // when: the process ends
        await().atMost(PATIENCE)
                .until(() -> first.status().state() == RelayStatus.State.LEADING
                        || second.status().state() == RelayStatus.State.LEADING);
        Relay leader = first.status().state() == RelayStatus.State.LEADING ? first : second;
        Relay other = leader == first ? second : first;
        leader.stop();
        deals.tell("d", "Deal Lost");

        // then
        await().atMost(PATIENCE).until(() -> other.status().state() == RelayStatus.State.LEADING);
        awaitRevisions("d", 3);
        assertThat(deals.incidents()).isEmpty();
    }

    @Test
    void a_lost_slot_is_an_incident_and_every_deal_is_published_again() throws Exception {
        // given
        Relay relay = deals.relay();
        deals.tell("d1", "Deal Created");
        deals.tell("d2", "Deal Created");
        awaitRevisions("d2", 1);
        relay.stop();

        // when
        await().atMost(PATIENCE).ignoreExceptions().until(this::dropSlot);
        deals.tell("d1", "Brief Submitted");
        deals.relay();
        deals.settle();

        // then
        assertThat(deals.incidents()).singleElement().asString().contains("is missing");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(published("d1"))
                    .endsWith("masterdeal.updated 3 snapshot")
                    .doesNotContain("masterdeal.stage.changed 2");
            assertThat(published("d2")).endsWith("masterdeal.updated 2 snapshot");
        });
    }

    @Test
    void a_slot_that_was_created_again_by_another_program_is_an_incident() throws Exception {
        // given
        Relay relay = deals.relay();
        deals.tell("d", "Deal Created");
        awaitRevisions("d", 1);
        relay.stop();
        await().atMost(PATIENCE).ignoreExceptions().until(this::dropSlot);
        deals.tell("d", "Brief Submitted");
        deals.jdbc()
                .sql("SELECT pg_create_logical_replication_slot(?, 'pgoutput')")
                .param(deals.slotName())
                .query((row, _) -> true)
                .single();

        // when
        deals.relay();
        deals.settle();

        // then
        assertThat(deals.incidents()).singleElement().asString().contains("recreated or moved on");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(published("d")).endsWith("masterdeal.updated 3 snapshot"));
    }

    @Test
    void a_process_that_dies_while_it_replaces_a_lost_slot_leaves_the_repair_to_the_next() throws Exception {
        // given
        Relay relay = deals.relay();
        deals.tell("d", "Deal Created");
        awaitRevisions("d", 1);
        relay.stop();
        await().atMost(PATIENCE).ignoreExceptions().until(this::dropSlot);
        deals.tell("d", "Brief Submitted");
        RelaySlot dying = new RelaySlot(deals.database().dataSource(), deals.slotName(), () -> {
            throw new IllegalStateException("killed before the deals were marked");
        });
        assertThatThrownBy(dying::ensure).hasMessage("killed before the deals were marked");

        // when
        deals.relay();
        deals.settle();

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(published("d")).endsWith("masterdeal.updated 3 snapshot"));
        assertThat(deals.slot().ensure()).isEmpty();
        assertThat(deals.slot().incidents()).isEqualTo(deals.incidents().size());
    }

    @Test
    void nothing_is_confirmed_before_kafka_has_it() throws Exception {
        // given
        deals.relay();
        deals.tell("d", "Deal Created");
        awaitRevisions("d", 1);
        TestServers.get().stop(Part.KAFKA);
        LogSequenceNumber before;
        try {
            // when
            before = deals.end();
            deals.tell("d", "Brief Submitted");
            deals.tell("d", "Deal Lost");

            // then
            await().during(Duration.ofSeconds(4))
                    .atMost(PATIENCE)
                    .until(() -> deals.confirmed().compareTo(before) <= 0);
        } finally {
            TestServers.get().start(Part.KAFKA);
        }
        awaitRevisions("d", 3);
        await().atMost(PATIENCE).until(() -> deals.confirmed().compareTo(before) > 0);
    }

    @Test
    void an_idle_slot_moves_and_messages_of_others_are_passed_over() throws Exception {
        // given
        deals.relay();
        deals.tell("d", "Deal Created");
        awaitRevisions("d", 1);
        for (String prefix : List.of(
                "debezium", "masterdeal", "masterdeal." + deals.database().schema())) {
            deals.jdbc()
                    .sql("SELECT pg_logical_emit_message(true, ?, 'not a canonical event')")
                    .param(prefix)
                    .query((row, _) -> true)
                    .single();
        }
        deals.tell("d", "Brief Submitted");
        awaitRevisions("d", 2);

        // when: the log grows by what is not for the relay
        deals.jdbc()
                .sql("CREATE TABLE busy AS SELECT generate_series(1, 1000) AS n")
                .update();
        LogSequenceNumber end = deals.end();

        // then
        await().atMost(PATIENCE).until(() -> deals.confirmed().compareTo(end) >= 0);
        assertThat(published("d")).containsExactly("masterdeal.created 1", "masterdeal.stage.changed 2");
    }

    @Test
    void services_in_two_schemas_of_one_database_publish_each_its_own() throws Exception {
        // given
        RelayedDeals others = new RelayedDeals();
        try {
            Relay relay = deals.relay();
            Relay other = others.relay();
            await().atMost(PATIENCE)
                    .until(() -> relay.status().state() == RelayStatus.State.LEADING
                            && other.status().state() == RelayStatus.State.LEADING);

            // when
            deals.tell("d", "Deal Created");
            others.tell("d", "Deal Created");
            LogSequenceNumber end = deals.end();
            await().atMost(PATIENCE)
                    .until(() -> deals.confirmed().compareTo(end) >= 0
                            && others.confirmed().compareTo(end) >= 0);

            // then
            assertThat(deals.published(events, "d")).hasSize(1);
            assertThat(others.published(events, "d")).hasSize(1);
        } finally {
            others.stop();
        }
    }

    @Test
    void a_process_that_starts_beside_a_busy_relay_finds_nothing_wrong_with_its_slot() throws Exception {
        // given
        Relay relay = deals.relay();
        await().atMost(PATIENCE).until(() -> relay.status().state() == RelayStatus.State.LEADING);
        AtomicBoolean enough = new AtomicBoolean();
        Thread busy = Thread.startVirtualThread(() -> {
            for (int i = 0; !enough.get(); i++) {
                deals.tell("d" + i % 7, STATUSES.get(i / 7 % STATUSES.size()));
            }
        });

        // when
        RelaySlot slot = deals.slot();
        for (int i = 0; i < 150; i++) {
            assertThat(slot.ensure()).isEmpty();
        }
        enough.set(true);
        busy.join();

        // then
        assertThat(deals.incidents()).isEmpty();
    }

    private boolean dropSlot() {
        return deals.jdbc()
                .sql("SELECT pg_drop_replication_slot(?)")
                .param(deals.slotName())
                .query((row, _) -> true)
                .single();
    }

    private List<String> published(String id) {
        List<String> told = new ArrayList<>();
        for (Event event : deals.published(events, id)) {
            told.add(event.envelope().type() + " " + event.envelope().sequence()
                    + (event.data().get("snapshot").equals(true) ? " snapshot" : ""));
        }
        return List.copyOf(new LinkedHashSet<>(told));
    }

    /** Until Kafka has revisions 1 to last; the first time each comes, it comes behind the one before. */
    private void awaitRevisions(String id, long last) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            LinkedHashSet<Long> revisions = new LinkedHashSet<>();
            for (Event event : deals.published(events, id)) {
                revisions.add(Objects.requireNonNull(event.envelope().sequence()));
            }
            List<Long> expected = new ArrayList<>();
            for (long revision = 1; revision <= last; revision++) {
                expected.add(revision);
            }
            assertThat(revisions).containsExactlyElementsOf(expected);
        });
    }
}
