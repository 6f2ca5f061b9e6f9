package io.masterdeal.rulesets.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.SlaCalendar;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.model.sla.SlaReport.NoDue;
import io.masterdeal.model.sla.SlaState;
import io.masterdeal.rulesets.RuleSets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Examples that a person can follow with a calendar in hand: weeks of Monday 6 April 2026, and of March 2012, in Moscow. */
class WorkedExamplesTest {

    private static final ObjectKey DEAL = new ObjectKey("crm:deal:D-1");

    private static final String CALENDARS = """
            calendars:
              moscow:
                zone: Europe/Moscow
                week:
                  mon: ["09:00-13:00", "14:00-18:00"]
                  tue: ["09:00-13:00", "14:00-18:00"]
                  wed: ["09:00-13:00", "14:00-18:00"]
                  thu: ["09:00-13:00", "14:00-18:00"]
                  fri: ["09:00-13:00", "14:00-18:00"]
                holidays: [2012-03-08/2012-03-09]
                moved: {2012-03-11: fri}
                shortened: {2012-03-07: 1h}
              amsterdam: {zone: Europe/Amsterdam, week: {sat: ["00:00-24:00"], sun: ["00:00-24:00"]}}
              nobody: {zone: UTC, week: {}}
            """;

    private static final Map<String, SlaCalendar> READ = SlaFiles.calendars("calendars.yaml", CALENDARS);

    private final List<Fact> facts = new ArrayList<>();

    private int told;

    private WorkedExamplesTest at(String local, @Nullable String status, Map<String, String> attributes) {
        facts.add(Fact.of(
                new UUID(0, ++told),
                "crm.deal.told",
                DEAL,
                status,
                (long) told,
                moscow(local),
                List.of(),
                attributes,
                null));
        return this;
    }

    private WorkedExamplesTest started(String local) {
        return at(local, "Deal Created", Map.of());
    }

    private WorkedExamplesTest stopped(String local) {
        return at(local, "Brief Submitted", Map.of());
    }

    private WorkedExamplesTest waits(String local, String yesOrNo) {
        return at(local, null, Map.of("waits", yesOrNo));
    }

    private static Instant moscow(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("Europe/Moscow")).toInstant();
    }

    private SlaReport.Clock clock(String now, String... more) {
        return report(now, "moscow", more).clocks().getFirst();
    }

    private SlaReport report(String now, String calendar, String... more) {
        String policies = """
                name: worked
                version: 1
                policies:
                  - policy: clock
                    start: {stage: {reached: lead_created}}
                    stop: {stage: {reached: briefed}}
                    pause: {attribute: {name: waits, is: "yes"}}
                    target: 8h
                    calendar: %s
                    warn: [50, 200]
                """.formatted(calendar)
                + String.join(
                        "",
                        List.of(more).stream().map(line -> "    " + line + "\n").toList());
        return SlaFiles.policies("worked.yaml", policies, RuleSets.load("default"), READ)
                .report(DEAL, facts, moscow(now));
    }

    private static void assertIs(SlaReport.Cycle cycle, SlaState state, String spent, @Nullable String due) {
        assertThat(cycle.state()).isEqualTo(state);
        assertThat(Duration.ofMillis(cycle.spent())).isEqualTo(Duration.parse("PT" + spent));
        assertThat(cycle.dueAt()).isEqualTo(due == null ? null : moscow(due));
    }

    @Test
    void two_hours_of_a_morning_are_two_hours_and_the_eighth_ends_next_morning() {
        SlaReport.Clock clock =
                started("2026-04-06T10:00").stopped("2026-04-06T12:00").clock("2026-04-10T12:00");

        assertIs(clock.cycles().getFirst(), SlaState.MET, "2H", "2026-04-07T10:00");
        assertThat(clock.cycles().getFirst().attribution()).isEqualTo(Map.of("lead_created", 7_200_000L));
    }

    @Test
    void a_weekend_does_not_count() {
        SlaReport.Clock clock =
                started("2026-04-10T17:00").stopped("2026-04-13T10:00").clock("2026-04-14T12:00");

        assertIs(clock.cycles().getFirst(), SlaState.MET, "2H", "2026-04-13T17:00");
    }

    @Test
    void what_is_done_on_saturday_and_was_due_on_friday_evening_is_late_by_nothing() {
        SlaReport.Clock clock =
                started("2026-04-10T09:00").stopped("2026-04-11T12:00").clock("2026-04-14T12:00");

        assertIs(clock.cycles().getFirst(), SlaState.BREACHED, "8H", "2026-04-10T18:00");
        assertThat(clock.cycles().getFirst().remaining()).isZero();
    }

    @Test
    void what_is_done_at_the_due_instant_is_in_time_and_what_is_open_then_is_late() {
        started("2026-04-10T09:00");
        assertIs(clock("2026-04-10T17:59").cycles().getFirst(), SlaState.RUNNING, "7H59M", "2026-04-10T18:00");
        assertIs(clock("2026-04-10T18:00").cycles().getFirst(), SlaState.BREACHED, "8H", "2026-04-10T18:00");

        stopped("2026-04-10T18:00");
        assertIs(clock("2026-04-10T18:00").cycles().getFirst(), SlaState.MET, "8H", "2026-04-10T18:00");
    }

    @Test
    void a_pause_moves_the_due_time_by_its_working_time() {
        SlaReport.Clock clock = started("2026-04-06T10:00")
                .waits("2026-04-06T11:00", "yes")
                .waits("2026-04-06T12:00", "no")
                .stopped("2026-04-06T13:00")
                .clock("2026-04-10T12:00");

        assertIs(clock.cycles().getFirst(), SlaState.MET, "2H", "2026-04-07T11:00");
    }

    @Test
    void a_pause_over_a_weekend_moves_it_by_the_hours_before_and_after() {
        SlaReport.Clock clock = started("2026-04-10T15:00")
                .waits("2026-04-10T16:00", "yes")
                .waits("2026-04-13T10:00", "no")
                .stopped("2026-04-13T12:00")
                .clock("2026-04-14T12:00");

        assertIs(clock.cycles().getFirst(), SlaState.MET, "3H", "2026-04-13T18:00");
    }

    @Test
    void a_paused_clock_has_no_due_time_and_says_why() {
        SlaReport.Clock clock =
                started("2026-04-06T10:00").waits("2026-04-06T11:00", "yes").clock("2026-04-06T17:00");

        assertIs(clock.cycles().getFirst(), SlaState.PAUSED, "1H", null);
        assertThat(clock.cycles().getFirst().noDue()).isEqualTo(NoDue.PAUSED);
    }

    @Test
    void a_deal_that_is_lost_and_reopened_gets_a_new_cycle_or_goes_on_as_the_policy_says() {
        started("2026-04-06T10:00")
                .at("2026-04-06T12:00", "Deal Lost", Map.of())
                .started("2026-04-07T09:00");

        SlaReport.Clock fresh = clock("2026-04-07T10:00");
        assertThat(fresh.cycles()).hasSize(2);
        assertIs(fresh.cycles().getFirst(), SlaState.CANCELLED, "2H", null);
        assertIs(fresh.cycles().getLast(), SlaState.RUNNING, "1H", "2026-04-07T18:00");

        SlaReport.Clock goesOn = clock("2026-04-07T10:00", "reopen: continue");
        assertThat(goesOn.cycles()).hasSize(1);
        assertIs(goesOn.cycles().getFirst(), SlaState.RUNNING, "3H", "2026-04-07T16:00");

        assertThat(clock("2026-04-07T10:00", "reopen: never").cycles()).hasSize(1);
    }

    @Test
    void a_day_in_which_the_clocks_go_forward_has_23_hours() {
        started("2026-03-29T02:00"); // Midnight in Amsterdam, where 02:00 to 03:00 does not occur.

        SlaReport.Cycle cycle = report("2026-03-30T01:00", "amsterdam")
                .clocks()
                .getFirst()
                .cycles()
                .getFirst();

        assertIs(cycle, SlaState.BREACHED, "23H", "2026-03-29T10:00");
    }

    @Test
    void short_days_holidays_and_sundays_that_work_are_those_of_the_calendar() {
        SlaReport.Clock clock =
                started("2012-03-07T16:00").stopped("2012-03-11T10:00").clock("2012-04-01T12:00");

        assertIs(clock.cycles().getFirst(), SlaState.MET, "2H", "2012-03-11T17:00");
    }

    @Test
    void a_warning_is_told_when_its_part_is_spent_and_the_report_says_when_it_changes_next() {
        SlaReport report = started("2026-04-06T09:00").report("2026-04-06T14:30", "moscow");

        assertThat(report.clocks().getFirst().cycles().getFirst().warnings())
                .containsExactly(new SlaReport.Warning(50, moscow("2026-04-06T13:00")));
        assertThat(report.nextAt()).isEqualTo(moscow("2026-04-06T18:00"));
    }

    @Test
    void a_clock_without_enough_working_time_ahead_is_never_due() {
        SlaReport.Cycle cycle = started("2026-04-06T09:00")
                .report("2026-04-06T14:30", "nobody")
                .clocks()
                .getFirst()
                .cycles()
                .getFirst();

        assertIs(cycle, SlaState.RUNNING, "0S", null);
        assertThat(cycle.noDue()).isEqualTo(NoDue.NO_WORKING_TIME);
    }

    @Test
    void a_late_fact_that_the_work_was_done_takes_the_breach_back() {
        started("2026-04-06T10:00");
        assertThat(clock("2026-04-08T10:00").state()).isEqualTo(SlaState.BREACHED);

        stopped("2026-04-06T12:00");

        assertThat(clock("2026-04-08T10:00").state()).isEqualTo(SlaState.MET);
    }
}
