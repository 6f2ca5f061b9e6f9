package io.masterdeal.console.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.alerts.Alert;
import io.masterdeal.console.alerts.AlertState;
import io.masterdeal.console.alerts.Severity;
import io.masterdeal.console.alerts.Silence;
import io.masterdeal.console.alerts.Told;
import io.masterdeal.console.page.Language;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoticePlanTest {

    private static final Instant FIRED = Instant.parse("2026-11-24T20:00:00Z");
    private static final NoticePlan PLAN = new NoticePlan(Duration.ofSeconds(30), Duration.ofHours(4));
    private static final Target HOOK = new Target.Webhook(URI.create("http://127.0.0.1/x"), null, null, false);
    private static final Channel DUTY = channel("duty", null);
    private static final Channel AT_DAY = channel("office", QuietHours.read("22:00-07:00 Europe/Moscow"));

    private final Map<UUID, Alert> alerts = new HashMap<>();

    private static Channel channel(String name, @Nullable QuietHours quiet) {
        return new Channel(name, EnumSet.of(Severity.PAGE, Severity.WARN), quiet, Language.EN, true, HOOK);
    }

    private static Alert alert(String rule, Severity severity, @Nullable String acknowledgedBy) {
        return new Alert(
                UUID.randomUUID(),
                rule,
                "watch",
                rule,
                Map.of(),
                severity,
                AlertState.FIRING,
                1,
                "",
                "",
                "",
                FIRED,
                FIRED,
                null,
                null,
                acknowledgedBy,
                null,
                Map.of());
    }

    private static Alert ended(Alert alert, Instant at) {
        return new Alert(
                alert.id(),
                alert.fingerprint(),
                alert.source(),
                alert.rule(),
                alert.labels(),
                alert.severity(),
                AlertState.RESOLVED,
                0,
                "",
                "",
                "",
                alert.since(),
                alert.firedAt(),
                at,
                null,
                null,
                null,
                alert.told());
    }

    private List<Notice> after(Duration time, Channel channel, Silence... silences) {
        NoticePlan.Decision decision =
                PLAN.decide(List.of(channel), List.copyOf(alerts.values()), List.of(silences), FIRED.plus(time));
        decision.told().forEach(this::put);
        return decision.notices();
    }

    private void put(Alert alert) {
        alerts.put(alert.id(), alert);
    }

    @Test
    void what_comes_within_half_a_minute_is_one_notice_told_once() {
        put(alert("relay-lag", Severity.PAGE, null));
        assertThat(after(Duration.ofSeconds(29), DUTY)).isEmpty();
        put(alert("dead-letters", Severity.WARN, null));

        List<Notice> notices = after(Duration.ofSeconds(30), DUTY);

        assertThat(notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.alerts())
                        .extracting(Notice.Item::rule)
                        .containsExactly("relay-lag", "dead-letters"));
        assertThat(after(Duration.ofSeconds(45), DUTY)).isEmpty();
    }

    @Test
    void what_still_fires_is_told_again_after_four_hours_unless_somebody_has_taken_it() {
        put(alert("relay-lag", Severity.PAGE, null));
        after(Duration.ofSeconds(30), DUTY);

        assertThat(after(Duration.ofHours(4), DUTY)).isEmpty();
        assertThat(after(Duration.ofHours(4).plusSeconds(30), DUTY)).hasSize(1);

        alerts.clear();
        put(alert("relay-lag", Severity.PAGE, "Анна").told("duty", new Told(AlertState.FIRING, FIRED)));
        assertThat(after(Duration.ofHours(9), DUTY)).isEmpty();
    }

    @Test
    void its_end_is_told_to_whoever_was_told_of_it() {
        Alert alert = alert("relay-lag", Severity.PAGE, null);
        put(alert);
        after(Duration.ofSeconds(30), DUTY);
        put(ended(Objects.requireNonNull(alerts.get(alert.id())), FIRED.plusSeconds(100)));

        assertThat(after(Duration.ofSeconds(131), AT_DAY)).isEmpty();
        assertThat(after(Duration.ofSeconds(131), DUTY))
                .singleElement()
                .satisfies(notice -> assertThat(notice.firing()).isZero());
        assertThat(after(Duration.ofSeconds(145), DUTY)).isEmpty();
    }

    @Test
    void what_ended_before_anybody_was_told_is_not_told() {
        Alert alert = alert("relay-lag", Severity.PAGE, null);
        put(ended(alert, FIRED.plusSeconds(10)));

        assertThat(after(Duration.ofMinutes(2), DUTY)).isEmpty();
    }

    @Test
    void in_quiet_hours_only_pages_are_told_and_the_rest_after_them() {
        put(alert("dead-letters", Severity.WARN, null));
        assertThat(after(Duration.ofMinutes(1), AT_DAY)).as("23:01 in Moscow").isEmpty();
        put(alert("relay-lag", Severity.PAGE, null));

        assertThat(after(Duration.ofMinutes(2), AT_DAY))
                .singleElement()
                .satisfies(notice -> assertThat(notice.alerts())
                        .extracting(Notice.Item::rule)
                        .containsExactly("relay-lag"));
        assertThat(after(Duration.ofHours(8), AT_DAY))
                .singleElement()
                .satisfies(notice -> assertThat(notice.alerts())
                        .extracting(Notice.Item::rule)
                        .contains("dead-letters"));
    }

    @Test
    void nobody_is_told_of_what_is_silenced() {
        Alert alert = alert("relay-lag", Severity.PAGE, null);
        put(alert);
        Silence silence = new Silence(
                UUID.randomUUID(), "", alert.fingerprint(), "known", "Анна", FIRED, FIRED.plusSeconds(3_600), null);

        assertThat(after(Duration.ofMinutes(5), DUTY, silence)).isEmpty();
        assertThat(after(Duration.ofMinutes(61), DUTY, silence)).hasSize(1);
    }
}
