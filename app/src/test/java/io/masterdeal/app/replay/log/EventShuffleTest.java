package io.masterdeal.app.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventShuffleTest {

    private static final String EVENT = """
            {"specversion":"1.0","id":"%d","source":"/crm","type":"crm.deal.updated","subject":"crm:deal:1","n":1.10}
            """;

    @TempDir
    private Path folder;

    @TempDir
    private Path temporary;

    private LogFiles files = new LogFiles(Path.of(""));

    @BeforeEach
    void files() {
        files = new LogFiles(folder);
    }

    @ParameterizedTest(name = "buckets of {0} bytes")
    @ValueSource(longs = {1, 150, 2_000, 100_000, 10_000_000})
    void a_shuffle_gives_each_event_once_in_another_order(long bucketBytes) throws IOException {
        Path log = log(1_000);

        List<Integer> one = ids(log, 1L, 0, bucketBytes);

        assertThat(one).hasSize(1_000).doesNotHaveDuplicates().isNotEqualTo(inOrder(1_000));
        assertThat(one.stream().sorted().toList()).isEqualTo(inOrder(1_000));
        assertThat(ids(log, 1L, 0, bucketBytes)).isEqualTo(one);
        assertThat(ids(log, 2L, 0, bucketBytes)).isNotEqualTo(one);
    }

    @Test
    void every_order_is_as_likely_as_any_other() throws IOException {
        Path log = log(4);
        Map<List<Integer>, Integer> seen = new HashMap<>();
        int runs = 1_200;

        for (long seed = 0; seed < runs; seed++) {
            seen.merge(ids(log, seed, 0, seed % 2 == 0 ? 250 : 10_000), 1, Integer::sum);
        }

        double expected = runs / 24.0;
        double chiSquare = seen.values().stream()
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
        assertThat(seen).hasSize(24);
        // 23 degrees of freedom: above 59 in one of 50,000 fair shuffles, and the seeds are fixed.
        assertThat(chiSquare).as("chi square of %s", seen).isLessThan(59);
    }

    @ParameterizedTest(name = "{1} % of {0} are {2}")
    @CsvSource({
        "1000, 20, 200",
        "10, 25, 2",
        "10, 35, 4",
        "7, 50, 4",
        "3, 100, 3",
        "3, 250, 8",
        "1000, 0.1, 1",
        "0, 50, 0",
        "5, 0, 0"
    })
    void the_share_asked_for_is_repeated(int events, double percent, int repeated) throws IOException {
        Path log = log(events);

        for (Long seed : new Long[] {null, 7L}) {
            List<Integer> ids = ids(log, seed, percent, 500);
            assertThat(ids).hasSize(events + repeated);
            assertThat(new HashSet<>(ids)).hasSize(events);
            Map<Integer, Integer> times = new HashMap<>();
            ids.forEach(id -> times.merge(id, 1, Integer::sum));
            if (events > 0) {
                assertThat(times.values()).allMatch(n -> n - 1 == repeated / events || n - 1 == repeated / events + 1);
            }
        }
    }

    @Test
    void without_a_seed_the_order_stays_and_the_repeated_come_at_the_end() throws IOException {
        Path log = log(100);

        List<Integer> ids = ids(log, null, 30, 500);

        assertThat(ids.subList(0, 100)).isEqualTo(inOrder(100));
        assertThat(ids.subList(100, 130)).doesNotHaveDuplicates().isSorted().isNotEqualTo(inOrder(30));
        assertThat(ids(log, null, 30, 500)).isEqualTo(ids);
    }

    @Test
    void what_is_chosen_for_repetition_differs_by_seed() throws IOException {
        Path log = log(100);

        assertThat(repeatedOf(ids(log, 1L, 10, 500))).isNotEqualTo(repeatedOf(ids(log, 2L, 10, 500)));
    }

    @Test
    void an_event_comes_through_unchanged_with_its_place() throws IOException {
        Path log = log(1);

        try (EventLog shuffled = EventShuffle.of(open(log), 1L, 0, temporary)) {
            assertThat(shuffled.total()).hasValue(1);
            ReplayEvent event = shuffled.next();
            assertThat(event.cloudEvent()).hasToString(EVENT.formatted(0).strip());
            assertThat(event.domain()).isEqualTo("crm");
            assertThat(event.file()).isEqualTo("events.jsonl");
            assertThat(event.position()).isEqualTo(1);
        }
    }

    @Test
    void nothing_is_left_in_the_folder_and_what_is_there_meanwhile_only_its_owner_may_read() throws IOException {
        try (EventLog shuffled = EventShuffle.of(open(log(1_000)), 1L, 10, temporary, 5_000)) {
            shuffled.next();
            try (var there = Files.list(temporary)) {
                assertThat(there)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void problems_of_the_log_are_counted_through() throws IOException {
        Path log = files.text("events.jsonl", "{\n" + EVENT.formatted(1) + "{}\n");
        List<LogProblem> problems = new ArrayList<>();

        try (EventLog shuffled = EventShuffle.of(EventLogs.open(log, null, problems::add), 1L, 0, temporary)) {
            assertThat(shuffled.problems()).isEqualTo(2);
            assertThat(problems).extracting(LogProblem::line).containsExactly(1L, 3L);
            assertThat(shuffled.total()).hasValue(1);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_and_a_share_below_zero_are_told() throws IOException {
        Path log = log(1);

        assertThatThrownBy(() -> EventShuffle.of(open(log), 1L, 0, folder.resolve("absent")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("temporary files in ")
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> EventShuffle.of(open(log), 1L, -1, temporary))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.0 percent");
    }

    private static List<Integer> inOrder(int events) {
        return IntStream.range(0, events).boxed().toList();
    }

    private static List<Integer> repeatedOf(List<Integer> ids) {
        Map<Integer, Integer> times = new HashMap<>();
        ids.forEach(id -> times.merge(id, 1, Integer::sum));
        return times.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(Map.Entry::getKey)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private List<Integer> ids(Path log, @Nullable Long seed, double duplicates, long bucketBytes) throws IOException {
        List<Integer> ids = new ArrayList<>();
        try (EventLog shuffled = EventShuffle.of(open(log), seed, duplicates, temporary, bucketBytes)) {
            shuffled.forEachRemaining(
                    e -> ids.add(Integer.parseInt(e.cloudEvent().get("id").stringValue())));
            assertThat(shuffled.total()).hasValue(ids.size());
        }
        return ids;
    }

    private static EventLog open(Path log) throws IOException {
        return EventLogs.open(log, null, problem -> {
            throw new AssertionError(problem.message());
        });
    }

    private Path log(int events) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < events; i++) {
            text.append(EVENT.formatted(i));
        }
        return files.text("events.jsonl", text.toString());
    }
}
