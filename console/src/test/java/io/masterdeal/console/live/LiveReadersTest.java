package io.masterdeal.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveReadersTest {

    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LiveReaders readers = new LiveReaders(Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void start() {
        readers.start();
    }

    @AfterEach
    void stop() {
        readers.stop();
    }

    private static Set<UUID> deals(long from, long to) {
        return LongStream.range(from, to).mapToObj(i -> new UUID(0, i)).collect(Collectors.toSet());
    }

    @Test
    void a_reader_is_told_the_topic_and_the_deals() throws Exception {
        LiveMailbox reader = Objects.requireNonNull(readers.open());

        readers.dealsChanged(deals(0, 2));

        LiveChange told = reader.take(SOON);
        assertThat(told).isEqualTo(new LiveChange(1, Set.of("deals"), deals(0, 2), false));
        assertThat(Objects.requireNonNull(told).message("p", 2_000))
                .isEqualTo("id: p-1\ndata: {\"topics\":[\"deals\"],\"deals\":[\"00000000-0000-0000-0000-000000000000\","
                        + "\"00000000-0000-0000-0000-000000000001\"],\"more\":false,\"interval\":2000}\n\n");
    }

    @Test
    void what_changes_while_a_reader_is_busy_becomes_one_message_of_at_most_200_deals() throws Exception {
        LiveMailbox reader = Objects.requireNonNull(readers.open());
        for (int i = 0; i < 30; i++) {
            reader.offer(new LiveChange(i, Set.of("deals"), deals(10L * i, 10L * i + 10), false));
        }
        reader.offer(new LiveChange(30, Set.of("alerts"), Set.of(), false));

        LiveChange told = Objects.requireNonNull(reader.take(SOON));

        assertThat(told.topics()).containsExactlyInAnyOrder("deals", "alerts");
        assertThat(told.deals()).hasSize(200);
        assertThat(told.more()).isTrue();
        assertThat(told.number()).isEqualTo(30);
        assertThat(reader.take(Duration.ZERO)).isNull();
    }

    @Test
    void more_than_200_deals_at_once_are_said_to_be_more() throws Exception {
        LiveMailbox reader = Objects.requireNonNull(readers.open());

        readers.dealsChanged(deals(0, 5_000));

        LiveChange told = Objects.requireNonNull(reader.take(SOON));
        assertThat(told.deals()).hasSize(200);
        assertThat(told.more()).isTrue();
    }

    @Test
    void a_reader_that_was_away_is_told_what_it_has_missed() {
        readers.changed("alerts");
        readers.dealsChanged(deals(0, 1));

        assertThat(readers.missed(readers.process() + "-1", NOW).topics()).containsExactly("deals");
        assertThat(readers.missed(readers.process() + "-2", NOW).topics()).isEmpty();
        assertThat(readers.missed(null, NOW).topics())
                .as("at the instant at which the page was made")
                .containsExactlyInAnyOrder("alerts", "deals");
        assertThat(readers.missed(null, NOW.plusMillis(1)).topics()).isEmpty();
    }

    @Test
    void a_reader_of_another_process_or_of_before_the_start_has_missed_everything() {
        assertThat(readers.missed("another-7", NOW).topics()).containsExactly("*");
        assertThat(readers.missed(null, NOW.minusMillis(1)).topics()).containsExactly("*");
    }

    @Test
    void there_is_an_end_to_the_number_of_readers() {
        for (int i = 0; i < LiveReaders.MOST; i++) {
            assertThat(readers.open()).isNotNull();
        }

        assertThat(readers.open()).isNull();
    }

    @Test
    void refreshes_of_all_readers_together_take_at_most_half_a_processor() {
        LivePace pace = new LivePace();
        assertThat(pace.interval(2_000)).isEqualTo(Duration.ofSeconds(2));

        pace.took(Duration.ofMillis(5).toNanos());

        assertThat(pace.interval(10)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pace.interval(1_000)).isEqualTo(Duration.ofSeconds(10));
        assertThat(pace.interval(1_000_000)).isEqualTo(Duration.ofMinutes(1));
    }
}
