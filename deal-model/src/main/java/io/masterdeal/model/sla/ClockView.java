package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.deal.DealInstant;
import io.masterdeal.model.deal.RootAttributes;
import io.masterdeal.model.rules.RuleSet;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the conditions of one clock are asked of at one instant.
 *
 * @param deal how the deal stands
 * @param attributes those of the root that policies name
 * @param object the object of the clock; null for a clock of the deal
 */
record ClockView(
        DealInstant deal,
        RootAttributes attributes,
        @Nullable ObjectKey object) {

    /** The decimal numbers that are compared: at most 18 digits before the point and 9 after it. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,9})?");

    /**
     * Whether a condition holds.
     *
     * @param startedAt when the cycle started, ms; only segments ask
     */
    boolean holds(SlaCondition condition, long startedAt) {
        return switch (condition) {
            case SlaCondition.All all -> {
                for (SlaCondition part : all.of()) {
                    if (!holds(part, startedAt)) {
                        yield false;
                    }
                }
                yield true;
            }
            case SlaCondition.Any any -> {
                for (SlaCondition part : any.of()) {
                    if (holds(part, startedAt)) {
                        yield true;
                    }
                }
                yield false;
            }
            case SlaCondition.Not not -> !holds(not.condition(), startedAt);
            case SlaCondition.StageReached reached -> hasReached(reached.stage());
            case SlaCondition.StageIs is -> is.stages().contains(deal.stage());
            case SlaCondition.Holds holds -> deal.holds(holds.stage());
            case SlaCondition.OutcomeIs is -> is.outcomes().contains(deal.outcome());
            case SlaCondition.Ever ever -> hadEver(ever.test());
            case SlaCondition.Some some -> hasSome(some);
            case SlaCondition.Every every -> hasEvery(every);
            case SlaCondition.This here -> object != null && passes(object.kind(), deal.status(object), here.test());
            case SlaCondition.AttributeIs is -> {
                String value = attributes.value(is.name());
                yield value != null && is.values().contains(value);
            }
            case SlaCondition.AttributeAtLeast least -> isAtLeast(least);
            case SlaCondition.StartedBefore before ->
                startedAt < before.instant().toEpochMilli();
        };
    }

    private boolean hasReached(String stage) {
        RuleSet rules = deal.rules();
        return rules.rank(deal.stage()) >= rules.rank(stage);
    }

    private boolean hadEver(StatusTest test) {
        for (String status : deal.rootEver()) {
            if (passes(ObjectKind.DEAL, status, test)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasSome(SlaCondition.Some some) {
        for (var each : deal.objects(some.kind()).values()) {
            if (passes(some.kind(), each.status(), some.test())) {
                return true;
            }
        }
        return false;
    }

    private boolean hasEvery(SlaCondition.Every every) {
        var statuses = deal.rules().statuses(every.kind());
        for (var each : deal.objects(every.kind()).values()) {
            if (statuses.isAtOrPast(each.status(), every.among())
                    && !statuses.isAtOrPast(each.status(), every.reached())) {
                return false;
            }
        }
        return true;
    }

    private boolean passes(ObjectKind kind, @Nullable String status, StatusTest test) {
        if (status == null) {
            return false;
        }
        return switch (test) {
            case StatusTest.Reached reached -> deal.rules().statuses(kind).isAtOrPast(status, reached.status());
            case StatusTest.Is is -> is.statuses().contains(status);
        };
    }

    private boolean isAtLeast(SlaCondition.AttributeAtLeast least) {
        String value = attributes.value(least.name());
        return value != null
                && NUMBER.matcher(value).matches()
                && new BigDecimal(value).compareTo(BigDecimal.valueOf(least.least())) >= 0;
    }
}
