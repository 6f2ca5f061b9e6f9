package io.masterdeal.facts.sla;

import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaPolicySet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the clocks of deals are evaluated and told.
 *
 * @param evaluator has the policies and calendars
 * @param maxAge how long ago a warning or breach may have been, to be told when it is found
 * @param clock gives the present instant
 * @param tasks has tasks made for people
 */
public record SlaTerms(SlaEvaluator evaluator, Duration maxAge, Clock clock, SlaTasks tasks) {

    /** How old what is told may be, if nothing else is said. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(24);

    /** No clocks. */
    public static SlaTerms none(RuleSet rules) {
        SlaEvaluator evaluator = new SlaEvaluator(rules, new SlaPolicySet("none", 0, List.of()), Map.of());
        return new SlaTerms(evaluator, DEFAULT_MAX_AGE, Clock.systemUTC(), SlaTasks.NONE);
    }

    /** Whether there are no policies, so that no deal has a clock. */
    public boolean isOff() {
        return evaluator.policies().isEmpty();
    }
}
