package io.masterdeal.benchmarks.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.benchmarks.Bench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each part of the measurement, with few deals. How fast it is, is not tested. */
class SlaBenchTest {

    @Test
    void clocks_are_evaluated_in_three_ways() throws Exception {
        Map<String, @Nullable Object> figures = run(SlaBench.Part.EVALUATE);

        assertThat(number(figures, "kept_clocks_per_second")).isPositive();
        assertThat(number(figures, "stored_clocks_per_second")).isPositive();
        assertThat(number(figures, "clocks_per_second_from_facts")).isPositive();
        assertThat(number(figures, "stored_bytes_of_a_deal")).isBetween(100.0, 1000.0);
    }

    @Test
    void every_deadline_is_told_by_one_process_and_by_two() throws Exception {
        // when: it throws if one is missing, or told twice
        Map<String, @Nullable Object> figures = run(SlaBench.Part.DEADLINES);

        assertThat(figures).containsOnlyKeys("one_process", "two_processes");
        assertThat(figures.values())
                .allSatisfy(each -> assertThat(String.valueOf(each))
                        .contains("deadlines=20", "deadlines_per_second=", "plain_writes_per_second="));
    }

    @Test
    void the_intake_runs_with_clocks_and_without() throws Exception {
        assumeTrue(
                Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: ControlTest tries how the intake is measured; runs in the long run (./masterdeal test --long)");
        Map<String, @Nullable Object> figures = run(SlaBench.Part.INTAKE);

        assertThat(number(figures, "events_per_second_with_clocks")).isPositive();
        assertThat(number(figures, "ratio")).isPositive();
    }

    @Test
    void a_newest_fact_is_timed_in_deals_of_few_and_of_many_facts() throws Exception {
        Map<String, @Nullable Object> figures = run(SlaBench.Part.NEWEST);

        assertThat(figures)
                .containsOnlyKeys(
                        "few_with_clocks_ms",
                        "few_without_clocks_ms",
                        "many_with_clocks_ms",
                        "many_without_clocks_ms",
                        "pauses_with_clocks_ms",
                        "pauses_without_clocks_ms",
                        "facts_of_many");
    }

    @Test
    void a_changed_calendar_reaches_all_clocks_while_events_come_in() throws Exception {
        assumeTrue(
                Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: facts' ActiveSlaTest changes calendars; how long that takes is measured in the long run (./masterdeal test --long)");
        // when: it throws if a deal still has the old calendar
        Map<String, @Nullable Object> figures = run(SlaBench.Part.CALENDAR);

        assertThat(String.valueOf(figures.get("events_alone"))).contains("never_seen=0");
        assertThat(String.valueOf(figures.get("events_beside"))).contains("never_seen=0");
    }

    @SuppressWarnings("unchecked") // The figures of a part are such a map.
    private static Map<String, @Nullable Object> run(SlaBench.Part part) throws Exception {
        List<String> flags = List.of("-XX:TieredStopAtLevel=1");
        SlaBench.Sizes sizes = new SlaBench.Sizes(Duration.ofMillis(100), 100, 40, 150, 10, 200);
        SlaBench.Options options = new SlaBench.Options(Set.of(part), sizes, 50, 1, 1, 0.5, flags, 7);
        List<String> progress = new ArrayList<>();
        Bench.Report report = new SlaBench(options).run(progress::add);
        assertThat(report.table()).isNotEmpty();
        return (Map<String, @Nullable Object>)
                Objects.requireNonNull(report.figures().get(part.key()));
    }

    private static double number(Map<String, @Nullable Object> figures, String name) {
        return (Double) Objects.requireNonNull(figures.get(name));
    }
}
