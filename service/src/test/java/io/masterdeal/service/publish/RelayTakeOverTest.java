package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.role.replication.ReplicationSource;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.testbed.servers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The next relay is ahead of all earlier ones, even if the database went back meanwhile. */
class RelayTakeOverTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> TABLES = List.of(
            "event_ids",
            "facts",
            "objects",
            "links",
            "deal_references",
            "placements",
            "deals",
            "deal_revisions",
            "leases");

    private DomainEvents events;

    private RelayedDeals deals;

    @BeforeEach
    void make_a_database() {
        events = new DomainEvents();
        deals = new RelayedDeals();
    }

    @AfterEach
    void drop_the_slot() throws Exception {
        deals.stop();
        events.close();
    }

    @Test
    void a_leader_whose_network_is_gone_is_replaced_when_its_lease_is_over_and_publishes_nothing_when_it_comes_back()
            throws Exception {
        // given
        LocalAddresses at = TestServers.get().addresses();
        try (BlackholeProxy network = BlackholeProxy.before(at.jdbcUrl())) {
            Relay cutOff = deals.relay(
                    new ReplicationSource(
                            network.url(),
                            at.postgresUser(),
                            at.postgresPassword(),
                            deals.database().schema(),
                            "relay"),
                    Duration.ofSeconds(2));
            awaitState(cutOff, RelayStatus.State.LEADING);
            Relay next = deals.relay();
            awaitState(next, RelayStatus.State.STANDBY);
            deals.tell("d", "Deal Created");
            awaitEvents("d", 1);

            // when
            network.swallow();
            deals.tell("d", "Brief Submitted");

            // then
            awaitState(next, RelayStatus.State.LEADING);
            awaitEvents("d", 2);

            // when
            deals.tell("d", "Deal Lost");
            network.letThrough();
            awaitState(cutOff, RelayStatus.State.STANDBY);
            deals.tell("d", "Deal Reopened");

            // then
            awaitEvents("d", 4);
            assertThat(epochs("d")).isSorted();
            assertThat(epochs("d").getFirst()).isLessThan(epochs("d").getLast());
            assertThat(next.status().state()).isEqualTo(RelayStatus.State.LEADING);
            assertThat(deals.incidents()).isEmpty();
        }
    }

    @Test
    void a_database_that_was_restored_publishes_all_again_in_an_epoch_greater_than_any_in_the_topic() throws Exception {
        // given
        Relay relay = deals.relay();
        deals.tell("d1", "Deal Created");
        deals.tell("d2", "Deal Created");
        awaitEvents("d2", 1);
        TABLES.forEach(it -> execute("CREATE TABLE backup_" + it + " AS TABLE " + it));
        deals.tell("d1", "Brief Submitted");
        deals.tell("d1", "Deal Lost");
        awaitEvents("d1", 3);
        relay.stop();

        // when
        TABLES.forEach(it -> execute("TRUNCATE " + it + "; INSERT INTO " + it + " SELECT * FROM backup_" + it));
        deals.relay();
        await().atMost(PATIENCE).until(() -> !deals.incidents().isEmpty());
        deals.settle();

        // then
        assertThat(deals.incidents()).singleElement().asString().contains("restored from an older backup");
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Event> d1 = deals.published(events, "d1");
            assertThat(d1).extracting(it -> it.envelope().sequence()).containsExactly(1L, 2L, 3L, 2L);
            assertThat(d1.getLast().data().get("snapshot")).isEqualTo(true);
            assertThat(d1.getLast().data().get("stage")).isEqualTo("lead_created");
            assertThat(d1.getLast().envelope().id())
                    .isNotEqualTo(d1.get(1).envelope().id());
            assertThat(deals.published(events, "d2")).hasSize(2);
        });
        List<Long> epochs = epochs("d1");
        assertThat(epochs.getLast()).isGreaterThan(epochs.get(2));

        // when
        deals.tell("d1", "Brief Submitted");

        // then
        awaitEvents("d1", 5);
        assertThat(deals.published(events, "d1").getLast().data().get("epoch")).isEqualTo(epochs.getLast());
        assertThat(deals.incidents()).hasSize(1);
    }

    private void execute(String statements) {
        deals.jdbc().sql(statements).update();
    }

    private static void awaitState(Relay relay, RelayStatus.State state) {
        await().atMost(PATIENCE).until(() -> relay.status().state() == state);
    }

    /** Until Kafka has so many events of a deal, repeats not counted, in the order of epoch and revision. */
    private void awaitEvents(String id, int count) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(new LinkedHashSet<>(deals.published(events, id).stream()
                                .map(it -> it.data().get("epoch") + "/"
                                        + Objects.requireNonNull(it.envelope().sequence()))
                                .toList()))
                        .hasSize(count));
    }

    private List<Long> epochs(String id) {
        List<Long> epochs = new ArrayList<>();
        deals.published(events, id).forEach(it -> epochs.add((Long) it.data().get("epoch")));
        return epochs;
    }
}
