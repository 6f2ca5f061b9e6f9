package io.masterdeal.console.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final ProcessAddress ONE =
            new ProcessAddress(ProcessAddress.SERVICE, URI.create("http://127.0.0.1:8081"));
    private static final String COUNTER = "masterdeal_intake_refused_total";

    private final Samples samples = new Samples();

    private void add(int second, String metrics) {
        samples.add(new Sample(
                START.plusSeconds(second),
                List.of(new ProcessSample(
                        ONE,
                        "",
                        "UP",
                        true,
                        Map.of(),
                        MetricsText.read("masterdeal_intake_held 0\n" + metrics),
                        Map.of())),
                true));
    }

    private Map<Map<String, String>, Double> refused(Duration span) {
        return samples.increase(ProcessAddress.SERVICE, COUNTER, _ -> true, List.of("reason"), span);
    }

    @Test
    void what_a_process_had_counted_before_does_not_count() {
        add(0, COUNTER + "{reason=\"no-value\"} 7.0\n");
        add(15, COUNTER + "{reason=\"no-value\"} 9.0\n");

        assertThat(refused(Duration.ofMinutes(1))).isEqualTo(Map.of(Map.of("reason", "no-value"), 2.0));
    }

    @Test
    void a_series_that_appears_later_counts_from_zero() {
        add(0, "");
        add(15, COUNTER + "{reason=\"wrong-topic\"} 3.0\n");

        assertThat(refused(Duration.ofMinutes(1))).isEqualTo(Map.of(Map.of("reason", "wrong-topic"), 3.0));
    }

    @Test
    void a_process_that_was_started_again_counts_from_zero() {
        add(0, COUNTER + "{reason=\"no-value\"} 7.0\n");
        add(15, COUNTER + "{reason=\"no-value\"} 2.0\n");

        assertThat(refused(Duration.ofMinutes(1))).isEqualTo(Map.of(Map.of("reason", "no-value"), 2.0));
    }

    @Test
    void what_grew_before_the_span_does_not_count() {
        add(0, COUNTER + "{reason=\"no-value\"} 1.0\n");
        add(15, COUNTER + "{reason=\"no-value\"} 5.0\n");
        add(90, COUNTER + "{reason=\"no-value\"} 5.0\n");

        assertThat(refused(Duration.ofMinutes(1))).isEmpty();
        assertThat(refused(Duration.ofMinutes(5))).isEqualTo(Map.of(Map.of("reason", "no-value"), 4.0));
    }

    @Test
    void samples_older_than_an_hour_are_forgotten() {
        add(0, "");
        add(3_000, "");
        add(3_601, "");

        assertThat(samples.all())
                .extracting(Sample::at)
                .containsExactly(START.plusSeconds(3_000), START.plusSeconds(3_601));
    }

    @Test
    void a_series_is_read_with_its_labels_whatever_they_hold() {
        Map<Metric, Double> read = MetricsText.read("""
            # HELP masterdeal_intake_refused_total x
            masterdeal_intake_refused_total{reason="a \\"b\\" {c}, d=\\"e\\""} 1.5
            other_metric 3
            masterdeal_relay_parked NaN
            """);

        assertThat(read).isEqualTo(Map.of(new Metric(COUNTER, Map.of("reason", "a \"b\" {c}, d=\"e\"")), 1.5));
    }
}
