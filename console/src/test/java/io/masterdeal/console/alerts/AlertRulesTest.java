package io.masterdeal.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class AlertRulesTest {

    private static final List<AlertRule> RULES = AlertRules.all(_ -> List.of());

    @Test
    void each_rule_has_a_title_and_says_what_to_do_in_both_languages() {
        Words words = Words.load();

        for (AlertRule rule : RULES) {
            for (Language language : Language.values()) {
                assertThat(words.text(language, "alerts.rule." + rule.id())).isNotBlank();
                assertThat(words.text(language, "alerts.do." + rule.id())).isNotBlank();
            }
        }
        assertThat(RULES).extracting(AlertRule::id).doesNotHaveDuplicates();
    }

    @Test
    void a_firing_alert_never_needs_more_to_go_on_than_it_needed_to_fire() {
        assertThat(RULES).allMatch(rule -> rule.clear() <= rule.above());
    }

    @Test
    void thresholds_are_settings() {
        WatchSettings settings = settings(Map.of(
                "masterdeal.console.watch.intake-lag.above", "500",
                "masterdeal.console.watch.intake-lag.for", "20s",
                "masterdeal.console.watch.intake-lag.severity", "page"));

        AlertRule set = settings.set(rule("intake-lag"));

        assertThat(set.above()).isEqualTo(500);
        assertThat(set.clear()).isEqualTo(400);
        assertThat(set.hold()).isEqualTo(Duration.ofSeconds(20));
        assertThat(set.severity()).isEqualTo(Severity.PAGE);
    }

    @Test
    void a_setting_that_makes_no_sense_is_named() {
        WatchSettings settings = settings(Map.of("masterdeal.console.watch.intake-lag.severity", "loud"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.set(rule("intake-lag")))
                .withMessageContaining(
                        "masterdeal.console.watch.intake-lag.severity: 'loud' is not page, warn or info");
    }

    private static AlertRule rule(String id) {
        return RULES.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private static WatchSettings settings(Map<String, Object> values) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.setConversionService(new ApplicationConversionService());
        environment.getPropertySources().addFirst(new MapPropertySource("test", values));
        return new WatchSettings(environment);
    }
}
