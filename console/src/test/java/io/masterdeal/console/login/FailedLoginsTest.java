package io.masterdeal.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

    private final Steps clock = new Steps();
    private final FailedLogins failures = new FailedLogins(clock);

    private static final class Steps extends Clock {
        private Instant now = Instant.parse("2026-12-01T09:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            failures.failed(address);
        }
    }

    @Test
    void ten_failures_from_an_address_close_it_for_the_rest_of_the_minute() {
        // given
        fail("192.0.2.1", 9);
        assertThat(failures.waitSeconds("192.0.2.1")).isZero();
        clock.now = clock.now.plusSeconds(20);

        // when
        fail("192.0.2.1", 1);

        // then
        assertThat(failures.waitSeconds("192.0.2.1")).isEqualTo(40);
        assertThat(failures.waitSeconds("192.0.2.2")).isZero();
        clock.now = clock.now.plusSeconds(40);
        assertThat(failures.waitSeconds("192.0.2.1")).isZero();
        fail("192.0.2.1", 1);
        assertThat(failures.waitSeconds("192.0.2.1")).isZero();
    }

    @Test
    void addresses_of_one_ipv6_network_count_together() {
        fail("2001:db8:1:2::1", 5);
        fail("2001:db8:1:2:ffff::9", 5);

        assertThat(failures.waitSeconds("2001:db8:1:2::77")).isPositive();
        assertThat(failures.waitSeconds("2001:db8:1:3::1")).isZero();
    }

    @Test
    void many_failures_from_many_addresses_close_the_login_for_all() {
        for (int i = 0; i < FailedLogins.OF_ALL; i++) {
            failures.failed("10.0.%d.%d".formatted(i / 250, i % 250));
        }

        assertThat(failures.waitSeconds("192.0.2.1")).isEqualTo(60);
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertThat(failures.waitSeconds("192.0.2.1")).isZero();
    }

    @Test
    void no_more_than_ten_thousand_addresses_are_remembered() {
        for (int i = 0; i < 12_000; i++) {
            failures.failed("10.%d.%d.1".formatted(i / 250, i % 250));
        }

        assertThat(failures.addresses()).isEqualTo(FailedLogins.ADDRESSES);
    }
}
