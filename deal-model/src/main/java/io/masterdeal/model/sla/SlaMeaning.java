package io.masterdeal.model.sla;

import io.masterdeal.model.MeaningText;
import io.masterdeal.model.NameUuid;
import io.masterdeal.model.Utf8Order;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of a set of policies and the calendars that they use: exactly what affects a report, or who is told. It excludes how
 * the files were written, titles, and calendars that no policy uses.
 */
final class SlaMeaning {

    private static final UUID NAMESPACE = NameUuid.of(NameUuid.URL_NAMESPACE, "urn:masterdeal:sla-policies");

    private final MeaningText text = new MeaningText();

    private SlaMeaning() {}

    /**
     * The id of that normal form.
     *
     * @param calendars by name; all that the policies name, and maybe others
     */
    static UUID of(SlaPolicySet policies, Map<String, SlaCalendar> calendars) {
        SlaMeaning meaning = new SlaMeaning();
        meaning.text.word("sla-policies").word(policies.name()).word(Integer.toString(policies.version()));
        Set<String> used = new TreeSet<>(Utf8Order.INSTANCE);
        for (SlaPolicy policy : policies.policies()) {
            meaning.policy(policy);
            add(policy.target(), used);
            policy.segments().forEach(segment -> add(segment.target(), used));
        }
        for (String name : used) {
            SlaCalendar calendar = calendars.get(name);
            if (calendar != null) {
                meaning.text.word("calendar").word(name);
                meaning.calendar(calendar);
            }
        }
        return meaning.text.id(NAMESPACE);
    }

    private static void add(SlaPolicy.Target target, Set<String> used) {
        if (target.calendar() != null) {
            used.add(target.calendar());
        }
    }

    private void policy(SlaPolicy policy) {
        text.word("policy").word(policy.name());
        optional("per", policy.per() == null ? null : policy.per().value());
        SlaPolicy.Cycle when = policy.when();
        condition("start", when.start());
        condition("pause", when.pause());
        condition("stop", when.stop());
        condition("cancel", when.cancel());
        text.word(when.onOutcome().name()).word(when.reopen().name());
        target(policy.target());
        text.words("warn", policy.warnings().stream().map(String::valueOf).toList());
        text.word(policy.segmentAt().name());
        text.word(Integer.toString(policy.segments().size()));
        for (SlaPolicy.Segment segment : policy.segments()) {
            text.word(segment.name());
            condition("when", segment.when());
            target(segment.target());
        }
        text.word(policy.endToEnd() ? "end-to-end" : "part");
        escalation(policy.escalation());
    }

    private void target(SlaPolicy.Target target) {
        text.word("target").word(Long.toString(target.amount().toMillis()));
        optional("calendar", target.calendar());
    }

    private void escalation(SlaEscalation escalation) {
        optional("owner", escalation.owner());
        text.word(Integer.toString(escalation.atWarnings().size()));
        escalation.atWarnings().forEach((percent, step) -> step(percent.toString(), step));
        if (escalation.atBreach() != null) {
            step("breach", escalation.atBreach());
        }
    }

    private void step(String at, SlaEscalation.Step step) {
        text.word("at").word(at).word(step.task()).word(step.page() ? "page" : "quiet");
    }

    private void optional(String name, @Nullable String value) {
        text.words(name, value == null ? List.of() : List.of(value));
    }

    private void condition(String name, @Nullable SlaCondition condition) {
        text.word(name);
        if (condition == null) {
            text.word("never");
        } else {
            condition(condition);
        }
    }

    private void condition(SlaCondition condition) {
        switch (condition) {
            case SlaCondition.All all -> parts("all", all.of());
            case SlaCondition.Any any -> parts("any", any.of());
            case SlaCondition.Not not -> parts("not", List.of(not.condition()));
            case SlaCondition.StageReached reached -> text.word("stage-reached").word(reached.stage());
            case SlaCondition.StageIs is -> text.sorted("stage-is", is.stages());
            case SlaCondition.Holds holds -> text.word("holds").word(holds.stage());
            case SlaCondition.OutcomeIs is ->
                text.sorted("outcome", is.outcomes().stream().map(Enum::name).collect(Collectors.toSet()));
            case SlaCondition.Ever ever -> test("ever", ever.test());
            case SlaCondition.Some some -> {
                text.word("some").word(some.kind().value());
                test("that", some.test());
            }
            case SlaCondition.Every every ->
                text.word("every")
                        .word(every.kind().value())
                        .word(every.among())
                        .word(every.reached());
            case SlaCondition.This here -> test("this", here.test());
            case SlaCondition.AttributeIs is ->
                text.word("attribute").word(is.name()).sorted("is", is.values());
            case SlaCondition.AttributeAtLeast least ->
                text.word("at-least").word(least.name()).word(Long.toString(least.least()));
            case SlaCondition.StartedBefore before ->
                text.word("started-before").word(Long.toString(before.instant().toEpochMilli()));
        }
    }

    private void parts(String word, List<SlaCondition> parts) {
        text.word(word).word(Integer.toString(parts.size()));
        parts.forEach(this::condition);
    }

    private void test(String word, StatusTest test) {
        text.word(word);
        switch (test) {
            case StatusTest.Reached reached -> text.word("reached").word(reached.status());
            case StatusTest.Is is -> text.sorted("is", is.statuses());
        }
    }

    private void calendar(SlaCalendar calendar) {
        switch (calendar) {
            case SlaCalendar.AroundTheClock _ -> text.word("around-the-clock");
            case SlaCalendar.WorkingHours hours -> {
                text.word("zone").word(hours.zone().getId());
                week(hours.week());
                text.word(Integer.toString(hours.weeks().size()));
                hours.weeks().forEach((from, week) -> {
                    text.word(from.toString());
                    week(week);
                });
                text.sorted(
                        "holidays",
                        hours.holidays().stream().map(LocalDate::toString).collect(Collectors.toSet()));
                dates("moved", hours.moved());
                dates("shortened", hours.shortened());
                SortedMap<LocalDate, WorkingDay> byDate = new TreeMap<>(hours.hours());
                text.word("hours").word(Integer.toString(byDate.size()));
                byDate.forEach((date, day) -> day(date.toString(), day));
            }
        }
    }

    private void week(WorkingWeek week) {
        for (DayOfWeek weekday : DayOfWeek.values()) {
            day(weekday.name(), week.day(weekday));
        }
    }

    private void day(String name, WorkingDay day) {
        text.words(
                name,
                day.hours().stream().map(span -> span.from() + "-" + span.to()).toList());
    }

    private void dates(String name, Map<LocalDate, ?> byDate) {
        SortedMap<LocalDate, Object> sorted = new TreeMap<>(byDate);
        text.word(name).word(Integer.toString(sorted.size()));
        sorted.forEach((date, value) -> text.word(date.toString()).word(value.toString()));
    }
}
