package io.masterdeal.console.alerts;

import java.util.List;

/** A rule of another part of the console, whose readings are not in the samples. */
public interface ReadingSource {
    /** The rule. */
    AlertRule rule();

    /** Makes a rule of a condition that is so or not. */
    static AlertRule rule(String id, Severity severity, String runbook, AlertRule.Measure measure) {
        return new AlertRule(id, severity, 0.5, 0.5, java.time.Duration.ZERO, runbook, measure);
    }

    /** All rules of some sources. */
    static List<AlertRule> rules(List<ReadingSource> sources) {
        return sources.stream().map(ReadingSource::rule).toList();
    }
}
