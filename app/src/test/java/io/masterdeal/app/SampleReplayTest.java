package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.app.platform.Role;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The logs in {@code samples/}, through gateway, Kafka, service and its API, give the answers beside them. */
class SampleReplayTest {

    private static final Path DEALS = TestPlatform.sample("deals.csv");

    private static final Path MAPPING = TestPlatform.sample("deals.mapping.json");

    private static final Path EVENTS = TestPlatform.sample("events.jsonl");

    @Test
    void the_sample_deals_end_in_the_expected_answer() throws Exception {
        TestPlatform platform = TestPlatform.empty();

        String report = platform.report(DEALS, MAPPING);

        assertThat(report).isEqualTo(TestPlatform.expected("deals.default.jsonl"));
    }

    @Test
    void the_sample_events_end_in_the_expected_answer() throws Exception {
        TestPlatform platform = TestPlatform.empty();

        String report = platform.report(EVENTS, null);

        assertThat(report).isEqualTo(TestPlatform.expected("events.default.jsonl"));
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "2, 300"})
    void order_and_repetitions_change_nothing(long seed, double duplicates) throws Exception {
        TestPlatform platform = TestPlatform.empty();
        String deals = platform.report(DEALS, MAPPING, seed, duplicates);

        platform = TestPlatform.empty();
        String events = platform.report(EVENTS, null, seed, duplicates);

        assertThat(deals).as("deals, seed %d", seed).isEqualTo(TestPlatform.expected("deals.default.jsonl"));
        assertThat(events).as("events, seed %d", seed).isEqualTo(TestPlatform.expected("events.default.jsonl"));
    }

    @Test
    void a_log_replayed_again_into_the_same_platform_changes_and_publishes_nothing() throws Exception {
        TestPlatform platform = TestPlatform.empty();
        platform.report(DEALS, MAPPING);
        String revisions = platform.query("SELECT sum(revision) FROM deals");

        String again = platform.report(DEALS, MAPPING);
        String shuffled = platform.report(DEALS, MAPPING, 3L, 50);

        assertThat(again).isEqualTo(TestPlatform.expected("deals.default.jsonl"));
        assertThat(shuffled).isEqualTo(again);
        assertThat(platform.query("SELECT sum(revision) FROM deals")).isEqualTo(revisions);
    }

    @Test
    void logs_replayed_one_after_the_other_do_not_disturb_each_other() throws Exception {
        TestPlatform platform = TestPlatform.empty();
        platform.report(DEALS, MAPPING);

        String both = platform.report(EVENTS, null);

        assertThat(deals(both))
                .isEqualTo(deals(TestPlatform.expected("deals.default.jsonl"))
                        + deals(TestPlatform.expected("events.default.jsonl")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict-table", "strict-pipeline"})
    void a_service_started_with_another_rule_set_answers_anew_from_the_facts_it_has(String rules) throws Exception {
        // given
        TestPlatform.empty().report(DEALS, MAPPING);

        // when
        TestPlatform strict = TestPlatform.with(rules, Role.WITHOUT_PAGES);
        String answersOfDeals = strict.report();

        // then
        assertThat(answersOfDeals).isEqualTo(TestPlatform.expected("deals." + rules + ".jsonl"));
        assertThat(strict.service().get("/summary").path("rule_set").stringValue())
                .startsWith(rules + "@");

        // and with the same rule set, new events
        String both = strict.report(EVENTS, null);
        assertThat(deals(both))
                .isEqualTo(deals(answersOfDeals) + deals(TestPlatform.expected("events." + rules + ".jsonl")));
    }

    /** A report without its summary. */
    private static String deals(@Nullable String report) {
        return String.valueOf(report).replaceFirst("\\{\"summary\".*\n$", "");
    }
}
