package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.model.rules.StatusModel;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what makes policies senseless: stages, statuses and calendars that there are not, names given twice. */
final class SlaPolicyCheck {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]*:[a-z][a-z0-9-]*");

    /** 87,600 hours. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private static final int HIGHEST_WARNING = 1_000;

    private static final long GREATEST = 1_000_000_000_000_000_000L;

    private final RuleSet rules;

    private final Set<String> calendars;

    private String policy = "";

    private @Nullable ObjectKind per;

    SlaPolicyCheck(RuleSet rules, Set<String> calendars) {
        this.rules = rules;
        this.calendars = calendars;
    }

    void run(SlaPolicySet set) {
        Set<String> names = new HashSet<>();
        boolean endToEnd = false;
        for (SlaPolicy each : set.policies()) {
            policy = each.name();
            per = each.per();
            require(
                    NAME.matcher(each.name()).matches(),
                    each.name(),
                    "a name is of small letters, digits and '-', 64 at most");
            require(names.add(each.name()), each.name(), "there is another policy of this name");
            require(!(each.endToEnd() && endToEnd), "end_to_end", "only one policy of a set is end to end");
            endToEnd |= each.endToEnd();
            check(each);
        }
    }

    private void check(SlaPolicy each) {
        if (per != null) {
            checkKind(per);
            require(
                    !per.equals(ObjectKind.DEAL),
                    per.value(),
                    "'per' names a kind of object within a deal, not the deal");
            require(!each.endToEnd(), "end_to_end", "end to end is a clock of the deal, not of its objects");
        }
        SlaPolicy.Cycle when = each.when();
        checkEach(when.start(), when.pause(), when.stop(), when.cancel());
        checkTarget(each.target());
        int before = 0;
        for (int warning : each.warnings()) {
            require(
                    warning > before && warning <= HIGHEST_WARNING,
                    Integer.toString(warning),
                    "warnings are whole percents from 1 to 1000, rising");
            before = warning;
        }
        Set<String> names = new HashSet<>(Set.of(SlaPolicy.DEFAULT_SEGMENT));
        for (SlaPolicy.Segment segment : each.segments()) {
            require(!segment.name().isBlank(), "segments", "a segment has a name");
            require(
                    names.add(segment.name()),
                    segment.name(),
                    "there is another segment of the name '" + segment.name()
                            + "' ('default' is the policy's own target)");
            if (segment.when() != null) {
                check(segment.when(), true);
            }
            checkTarget(segment.target());
        }
        each.escalation()
                .atWarnings()
                .keySet()
                .forEach(percent -> require(
                        each.warnings().contains(percent),
                        Integer.toString(percent),
                        "the escalation is at " + percent + " percent, but 'warn' has no such warning"));
    }

    private void checkTarget(SlaPolicy.Target target) {
        require(
                !target.amount().isNegative() && target.amount().compareTo(LONGEST) <= 0,
                "target",
                "a target is from 0s to 87600h");
        String calendar = target.calendar();
        require(
                calendar == null || calendars.contains(calendar),
                String.valueOf(calendar),
                "there is no calendar '" + calendar + "'");
    }

    private void checkEach(@Nullable SlaCondition... conditions) {
        for (SlaCondition condition : conditions) {
            if (condition != null) {
                check(condition, false);
            }
        }
    }

    private void check(SlaCondition condition, boolean inSegment) {
        switch (condition) {
            case SlaCondition.All all -> checkParts("all", all.of(), inSegment);
            case SlaCondition.Any any -> checkParts("any", any.of(), inSegment);
            case SlaCondition.Not not -> check(not.condition(), inSegment);
            case SlaCondition.StageReached reached -> checkStages(Set.of(reached.stage()));
            case SlaCondition.StageIs is -> checkStages(is.stages());
            case SlaCondition.Holds holds -> {
                require(!holds.stage().equals(Stage.NONE), Stage.NONE, "'none' is the stage without a condition");
                checkStages(Set.of(holds.stage()));
            }
            case SlaCondition.OutcomeIs is ->
                require(!is.outcomes().isEmpty(), "is", "'is' needs at least one outcome");
            case SlaCondition.Ever ever -> checkStatuses(ObjectKind.DEAL, ever.test());
            case SlaCondition.Some some -> {
                checkKind(some.kind());
                checkStatuses(some.kind(), some.test());
            }
            case SlaCondition.Every every -> {
                checkKind(every.kind());
                checkOrdered(every.kind(), every.among());
                checkOrdered(every.kind(), every.reached());
            }
            case SlaCondition.This here -> {
                if (per == null) {
                    throw wrong("this", "only a policy with 'per' has an object that 'this' can mean");
                }
                checkStatuses(per, here.test());
            }
            case SlaCondition.AttributeIs is ->
                require(!is.values().isEmpty(), is.name(), "'is' needs at least one text");
            case SlaCondition.AttributeAtLeast least ->
                require(Math.abs(least.least()) <= GREATEST, least.name(), "'at_least' is from -10^18 to 10^18");
            case SlaCondition.StartedBefore _ ->
                require(inSegment, "started", "only the segments can ask when the cycle started");
        }
    }

    private void checkParts(String word, List<SlaCondition> parts, boolean inSegment) {
        require(!parts.isEmpty(), word, "'" + word + "' needs at least one condition");
        parts.forEach(part -> check(part, inSegment));
    }

    private void checkStages(Collection<String> stages) {
        require(!stages.isEmpty(), "is", "'is' needs at least one stage");
        for (String stage : stages) {
            require(
                    rules.rank(stage) >= 0,
                    stage,
                    "the rule set " + rules.label() + " has no stage '" + stage + "'; it has "
                            + rules.stages().stream().map(Stage::name).toList());
        }
    }

    private void checkKind(ObjectKind kind) {
        require(KIND.matcher(kind.value()).matches(), kind.value(), "'" + kind + "' is no kind like legal:case");
    }

    private void checkStatuses(ObjectKind kind, StatusTest test) {
        switch (test) {
            case StatusTest.Reached reached -> checkOrdered(kind, reached.status());
            case StatusTest.Is is -> {
                require(!is.statuses().isEmpty(), "is", "'is' needs at least one status");
                StatusModel model = rules.kinds().get(kind);
                if (model != null) { // A kind that the rule set does not know has whatever statuses it has.
                    is.statuses()
                            .forEach(status -> require(
                                    model.lists(status), status, "kind '" + kind + "' has no status '" + status + "'"));
                }
            }
        }
    }

    private void checkOrdered(ObjectKind kind, String status) {
        require(
                rules.statuses(kind).position().containsKey(status),
                status,
                "nothing is at or past '" + status + "' of " + kind + "; its order is "
                        + rules.statuses(kind).order());
    }

    private void require(boolean right, String offending, String reason) {
        if (!right) {
            throw wrong(offending, reason);
        }
    }

    private SlaPolicyException wrong(String offending, String reason) {
        return new SlaPolicyException(policy, offending, reason);
    }
}
