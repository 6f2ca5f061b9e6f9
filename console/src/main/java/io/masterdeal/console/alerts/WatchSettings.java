package io.masterdeal.console.alerts;

import java.time.Duration;
import org.springframework.core.env.Environment;

/**
 * The settings {@code masterdeal.console.watch.*}: of each rule {@code ID.above}, {@code ID.clear}, {@code ID.for}, {@code ID.severity} and
 * {@code ID.enabled}.
 */
final class WatchSettings {

    private static final String PREFIX = "masterdeal.console.watch.";

    private final Environment environment;

    WatchSettings(Environment environment) {
        this.environment = environment;
    }

    /** Between two rounds. */
    Duration interval() {
        return environment.getProperty(PREFIX + "interval", Duration.class, Duration.ofSeconds(15));
    }

    /** How long a reading has to be low before an alert is resolved. */
    Duration calm() {
        return environment.getProperty(PREFIX + "calm", Duration.class, Duration.ofMinutes(1));
    }

    /** Whether a rule is judged. */
    boolean has(AlertRule rule) {
        return environment.getProperty(PREFIX + rule.id() + ".enabled", Boolean.class, true);
    }

    /**
     * A rule as it is set.
     *
     * @throws IllegalArgumentException if a setting makes no sense
     */
    AlertRule set(AlertRule rule) {
        String own = PREFIX + rule.id() + ".";
        double above = environment.getProperty(own + "above", Double.class, rule.above());
        double clear = environment.getProperty(
                own + "clear", Double.class, rule.above() == 0 ? above : above * rule.clear() / rule.above());
        if (clear > above) {
            throw new IllegalArgumentException(
                    own + "clear is " + clear + ", and may not be greater than " + own + "above, " + above);
        }
        Severity severity;
        try {
            severity = Severity.of(
                    environment.getProperty(own + "severity", rule.severity().tag()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(own + "severity: " + e.getMessage(), e);
        }
        return new AlertRule(
                rule.id(),
                severity,
                above,
                clear,
                environment.getProperty(own + "for", Duration.class, rule.hold()),
                rule.runbook(),
                rule.measure());
    }
}
