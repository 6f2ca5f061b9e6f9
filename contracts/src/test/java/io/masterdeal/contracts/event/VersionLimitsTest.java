package io.masterdeal.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.text.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionLimitsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private final VersionLimits limits = new VersionLimits(Duration.ofMinutes(5));

    @Test
    void a_time_may_be_ahead_of_the_clock_by_the_tolerance_and_no_more() {
        assertThat(limits.atDoor(event("2026-03-02T09:05:00.000Z", null), NOW)).isEmpty();
        assertThat(limits.atDoor(event("0001-01-01T00:00:00.000Z", null), NOW)).isEmpty();
        assertThat(limits.atDoor(event("2026-03-02T09:05:00.001Z", null), NOW))
                .containsExactly(new Violation(
                        "/time",
                        "must not be more than 5 min ahead of the clock, which was at 2026-03-02T09:00:00Z, not"
                                + " 2026-03-02T09:05:00.001Z: later events about this object would count for older"));
        assertThat(limits.atDoor(event("9999-12-31T23:59:59.999Z", null), NOW)).hasSize(1);
    }

    @Test
    void a_sequence_that_leaves_no_room_for_later_ones_is_refused_only_by_the_gateway() {
        Instant longAgo = NOW.minusSeconds(1);

        assertThat(limits.atDoor(event(longAgo.toString(), VersionLimits.LARGEST_SEQUENCE), NOW))
                .isEmpty();
        assertThat(limits.atDoor(event(longAgo.toString(), Long.MAX_VALUE), NOW))
                .extracting(Violation::pointer)
                .containsExactly("/sequence");
        assertThat(limits.ofTime(event(longAgo.toString(), Long.MAX_VALUE), NOW))
                .isNull();
    }

    @Test
    void nanoseconds_of_today_are_a_sequence() {
        Instant now = Instant.parse("2026-03-02T09:00:00Z");
        long nanos = Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L);

        assertThat(limits.atDoor(event(now.toString(), nanos), now)).isEmpty();
    }

    @Test
    void a_negative_tolerance_is_refused() {
        assertThatThrownBy(() -> new VersionLimits(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("masterdeal.events.ahead is PT-0.001S, and has to be 0 or more, such as 5m");
    }

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T00:00:00.000Z, true",
        "0000-12-31T23:59:59-10:00, true",
        "9999-12-31T23:59:59.9999Z, true",
        "0000-12-31T23:59:59.999Z, false",
        "0000-01-01T00:00:00Z, false",
        "0001-01-01T00:00:00+01:00, false",
        "9999-12-31T23:59:59-14:00, false",
    })
    void an_instant_outside_the_years_1_to_9999_in_utc_is_refused_by_every_reader(String text, boolean taken) {
        if (taken) {
            assertThat(Rfc3339.parse(Rfc3339.format(Rfc3339.parse(text)))).isEqualTo(Rfc3339.parse(text));
        } else {
            assertThatThrownBy(() -> Rfc3339.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("must lie within the years 0001 to 9999 in UTC");
        }
    }

    private static Envelope event(String time, @Nullable Long sequence) {
        return Envelope.builder(new UUID(1, 2), "/crm", "crm.deal.created", "crm:deal:1", Instant.parse(time))
                .sequence(sequence)
                .build();
    }
}
