package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.role.leadership.Lease;
import io.masterdeal.role.replication.ReplicationSource;
import io.masterdeal.testbed.servers.TestServers;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One process at a time holds a lease, each time in a greater epoch, and one that is silent loses it. */
class RelayLeaseTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private static final Duration SHORT = Duration.ofMillis(300);

    private Database database;

    private ReplicationSource postgres;

    @BeforeEach
    void make_a_schema() {
        database = Database.create();
        LocalAddresses at = TestServers.get().addresses();
        postgres = new ReplicationSource(
                at.jdbcUrl(), at.postgresUser(), at.postgresPassword(), database.schema(), "relay");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void while_one_holds_it_another_does_not_get_it_and_gets_it_as_soon_as_it_is_released() throws Exception {
        try (Connection one = postgres.open();
                Connection two = postgres.open()) {
            // given
            Lease first = new Lease("relay", LONG);
            Lease second = new Lease("relay", LONG);
            long before = Instant.now().getEpochSecond();
            assertThat(first.acquire(one).orElseThrow()).isBetween(before - 60, before + 60);

            // then
            assertThat(second.acquire(two)).isEmpty();
            assertThat(second.isHeld()).isFalse();
            assertThat(first.renew(one)).isTrue();
            assertThat(first.isHeld()).isTrue();
            assertThat(first.isToBeRenewed()).isFalse();

            // when
            first.release(one);

            // then
            assertThat(second.acquire(two).orElseThrow()).isGreaterThan(first.epoch());
            assertThat(first.isHeld()).isFalse();
            assertThat(first.renew(one)).isFalse();
        }
    }

    @Test
    void one_that_is_silent_for_too_long_loses_it_and_finds_out_when_it_wakes_up() throws Exception {
        try (Connection one = postgres.open();
                Connection two = postgres.open()) {
            // given
            Lease silent = new Lease("relay", SHORT);
            Lease second = new Lease("relay", LONG);
            silent.acquire(one);

            // when
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> second.acquire(two).isPresent());

            // then
            assertThat(silent.isHeld()).isFalse();
            assertThat(silent.renew(one)).isFalse();
            assertThat(silent.raise(one, 7)).isFalse();
            assertThat(second.epoch()).isGreaterThan(silent.epoch());
        }
    }

    @Test
    void one_that_was_silent_without_a_rival_continues_in_its_epoch() throws Exception {
        try (Connection one = postgres.open()) {
            // given
            Lease lease = new Lease("relay", SHORT);
            long epoch = lease.acquire(one).orElseThrow();
            await().until(() -> !lease.isHeld());

            // then
            assertThat(lease.renew(one)).isTrue();
            assertThat(lease.isHeld()).isTrue();
            assertThat(lease.epoch()).isEqualTo(epoch);
        }
    }

    @Test
    void one_whose_session_ended_is_not_waited_for() throws Exception {
        // given
        Lease gone = new Lease("relay", LONG);
        try (Connection one = postgres.open()) {
            gone.acquire(one);
        }

        // then
        try (Connection two = postgres.open()) {
            Lease second = new Lease("relay", LONG);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> second.acquire(two).isPresent());
            assertThat(second.epoch()).isGreaterThan(gone.epoch());
        }
    }

    @Test
    void an_epoch_can_be_raised_above_one_that_was_seen_elsewhere() throws Exception {
        try (Connection one = postgres.open()) {
            // given
            Lease lease = new Lease("relay", LONG);
            long epoch = lease.acquire(one).orElseThrow();

            // when
            assertThat(lease.raise(one, epoch + 1000)).isTrue();

            // then
            assertThat(lease.epoch()).isEqualTo(epoch + 1001);
            assertThat(lease.acquire(one)).isEqualTo(OptionalLong.of(epoch + 1002));
        }
    }
}
