package io.masterdeal.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertBookTest {

    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final AlertRule LAG =
            new AlertRule("relay-lag", Severity.PAGE, 100, 80, Duration.ofSeconds(60), "operate.md", _ -> null);

    private final AlertBook book = new AlertBook(Duration.ofSeconds(30));

    private List<Alert> at(int second, double value) {
        return judge(second, List.of(new Reading(Map.of(), value, "")));
    }

    private List<Alert> judge(int second, @Nullable List<Reading> readings) {
        return book.judge(LAG, readings, START.plusSeconds(second));
    }

    @Test
    void it_fires_once_when_the_condition_has_held_for_its_time() {
        assertThat(at(0, 101)).isEmpty();
        assertThat(at(59, 101)).isEmpty();

        List<Alert> fired = at(60, 101);

        assertThat(fired).singleElement().satisfies(alert -> {
            assertThat(alert.isFiring()).isTrue();
            assertThat(alert.since()).isEqualTo(START);
            assertThat(alert.firedAt()).isEqualTo(START.plusSeconds(60));
        });
        assertThat(at(75, 101)).isEmpty();
    }

    @Test
    void a_condition_that_does_not_last_never_fires() {
        at(0, 101);
        at(30, 50);
        assertThat(at(60, 101)).isEmpty();
        assertThat(at(119, 101)).isEmpty();
        assertThat(at(120, 101)).hasSize(1);
    }

    @Test
    void a_value_around_the_threshold_keeps_one_alert() {
        at(0, 101);
        Alert fired = at(60, 101).getFirst();

        for (int second = 75; second < 600; second += 15) {
            for (Alert changed : at(second, second % 2 == 0 ? 101 : 85)) {
                assertThat(changed.id()).isEqualTo(fired.id());
                assertThat(changed.isFiring()).isTrue();
            }
        }
    }

    @Test
    void it_is_resolved_when_the_value_was_low_for_a_while() {
        at(0, 101);
        Alert fired = at(60, 101).getFirst();

        assertThat(at(75, 80)).isEmpty();
        assertThat(at(89, 80)).isEmpty();
        List<Alert> ended = at(90, 80);

        assertThat(ended).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isEqualTo(fired.id());
            assertThat(alert.state()).isEqualTo(AlertState.RESOLVED);
            assertThat(alert.resolvedAt()).isEqualTo(START.plusSeconds(90));
        });
        assertThat(at(105, 80)).isEmpty();
    }

    @Test
    void what_is_not_known_changes_nothing() {
        at(0, 101);
        at(60, 101);

        assertThat(judge(300, null)).isEmpty();
        assertThat(judge(600, List.of())).singleElement().matches(alert -> !alert.isFiring());
    }

    @Test
    void readings_with_other_labels_are_other_alerts() {
        List<Reading> both =
                List.of(new Reading(Map.of("process", "a"), 101, ""), new Reading(Map.of("process", "b"), 102, ""));

        judge(0, both);

        assertThat(judge(60, both))
                .extracting(Alert::fingerprint)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void another_process_goes_on_with_what_fires() {
        at(0, 101);
        Alert fired = at(60, 101).getFirst();
        AlertBook other = new AlertBook(Duration.ofSeconds(30));
        other.restore(List.of(fired), START.plusSeconds(70));

        assertThat(other.judge(LAG, List.of(new Reading(Map.of(), 101, "")), START.plusSeconds(75)))
                .isEmpty();
        assertThat(other.judge(LAG, List.of(), START.plusSeconds(105)))
                .singleElement()
                .satisfies(alert -> assertThat(alert.id()).isEqualTo(fired.id()));
    }

    @Test
    void alerts_of_rules_that_are_gone_end() {
        at(0, 101);
        at(60, 101);

        assertThat(book.endOthers(Set.of("another"), START.plusSeconds(61)))
                .singleElement()
                .matches(alert -> !alert.isFiring());
        assertThat(book.endOthers(Set.of("another"), START.plusSeconds(62))).isEmpty();
    }
}
