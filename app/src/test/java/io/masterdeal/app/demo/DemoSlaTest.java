package io.masterdeal.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaCalendar;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.model.sla.WorkingDay;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import io.masterdeal.sandbox.story.WorkingMinutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SLA policies and the calendar of a demonstration, and that they fit its stories. */
class DemoSlaTest {

    /** Ten seconds before closing time. */
    private static final Instant BEGIN = Instant.parse("2026-04-06T12:00:50Z");

    private static final ObjectKey DEAL = new ObjectKey("crm:deal:D-1");

    private static final ObjectKey PLAN = new ObjectKey("media:mediaplan:MP-1");

    private static final ObjectKey CONTRACT = new ObjectKey("docflow:contract:K-1");

    private static final ObjectKey CASE = new ObjectKey("legal:case:C-1");

    private static final ObjectKey CLOSEOUT = new ObjectKey("dcm:closeout:X-1");

    private static final RuleSet RULES = RuleSets.load("default");

    @TempDir
    private Path folder;

    private Map<String, String> settings = Map.of();

    private final List<Fact> facts = new ArrayList<>();

    private String level = "";

    @BeforeEach
    void write() throws IOException {
        settings = DemoSla.write(folder.resolve("data"));
    }

    @Test
    void both_files_are_written_anew_into_a_folder_that_only_its_owner_can_read() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
                .isEqualTo("rwx------");
        Path policies = Path.of(settings.getOrDefault("masterdeal.service.sla.policies", ""));
        Files.writeString(policies, "left by another version");

        DemoSla.write(folder.resolve("data"));

        assertThat(evaluator().label()).isEqualTo("demo@1");
    }

    @Test
    void the_calendar_has_the_working_minutes_of_the_simulated_people() throws IOException {
        Map<String, SlaCalendar> calendars = SlaFiles.calendars(
                "calendars", Files.readString(Path.of(settings.getOrDefault("masterdeal.service.sla.calendars", ""))));

        assertThat(calendars).containsOnlyKeys("demo");
        SlaCalendar.WorkingHours calendar = (SlaCalendar.WorkingHours) Objects.requireNonNull(calendars.get("demo"));
        assertThat(calendar.zone().getRules().getOffset(BEGIN)).isEqualTo(ZoneOffset.UTC);
        for (LocalDate date = LocalDate.parse("2026-04-06"); date.getDayOfMonth() < 13; date = date.plusDays(1)) {
            for (int minute = 0; minute < 24 * 60; minute++) {
                int at = minute;
                assertThat(calendar.week().days().getOrDefault(date.getDayOfWeek(), WorkingDay.NONE).hours().stream()
                                .anyMatch(span -> span.from() <= at && at < span.to()))
                        .as(date + ", minute " + minute)
                        .isEqualTo(WorkingMinutes.isWorkingTime(
                                date.atStartOfDay().plusMinutes(minute).toInstant(ZoneOffset.UTC)));
            }
        }
    }

    @Test
    void a_usual_deal_meets_all_its_clocks_without_a_warning() {
        deal("");
        plan(2_000);
        contract(5_000, 1_000);
        closeout(15_000);

        assertThat(clocks(20_000))
                .containsExactly(
                        "lead-to-close met",
                        "brief-to-offer met",
                        "offer-to-contracting met",
                        "legal-review met",
                        "invoice-to-close not_started");
    }

    @Test
    void a_slow_plan_warns_and_is_in_time() {
        deal("quick-plan");
        plan(8_500);

        assertThat(clocks(12_000)).contains("brief-to-offer met 50");
    }

    @Test
    void a_slow_legal_review_breaches_and_with_it_the_whole_deal() {
        deal("quick-review");
        plan(2_000);
        contract(4_000, 12_500);
        closeout(20_000);

        assertThat(clocks(20_000))
                .contains("legal-review breached 50 80", "lead-to-close breached 80", "brief-to-offer met");
    }

    @Test
    void a_contract_that_waits_over_closing_time_takes_longer_than_its_target_and_is_in_time() {
        deal("quick-contract");
        plan(2_000);
        contract(24_000, 1_500);

        assertThat(clocks(30_000)).contains("offer-to-contracting met");
    }

    @Test
    void a_plan_that_was_reported_late_seems_overdue_until_it_is_reported() {
        deal("quick-plan");
        assertThat(clocks(13_000)).contains("brief-to-offer breached 50 80");

        plan(2_000);

        assertThat(clocks(18_000)).contains("brief-to-offer met");
    }

    /** Opens the deal, and submits its brief half a second later. */
    private void deal(String promised) {
        level = promised;
        fact(0, DEAL, "Deal Created", DEAL);
        fact(500, DEAL, "Brief Submitted", DEAL);
    }

    private void plan(long at) {
        fact(at, PLAN, "Plan Ready", DEAL);
    }

    private void contract(long signedAt, long reviewed) {
        fact(signedAt, CONTRACT, "Contract Signed", DEAL);
        fact(signedAt + 500, CASE, "Legal Started", CONTRACT);
        fact(signedAt + 500 + reviewed, CASE, "Legal Approved", CONTRACT);
    }

    private void closeout(long at) {
        fact(at, CLOSEOUT, "Closeout Completed", DEAL);
    }

    private void fact(long at, ObjectKey subject, String status, ObjectKey link) {
        Map<String, String> attributes =
                subject.equals(DEAL) && !level.isEmpty() ? Map.of("service_level", level) : Map.of();
        facts.add(Fact.of(
                UUID.randomUUID(),
                "test",
                subject,
                status,
                null,
                BEGIN.plusMillis(at),
                link.equals(subject) ? List.of() : List.of(link),
                attributes,
                null));
    }

    /** Policy, state and warnings of every clock so long after the beginning. */
    private List<String> clocks(long at) {
        return evaluator().report(DEAL, facts, BEGIN.plusMillis(at)).clocks().stream()
                .map(DemoSlaTest::text)
                .toList();
    }

    private static String text(SlaReport.Clock clock) {
        if (clock.cycles().isEmpty()) {
            return clock.policy() + " not_started";
        }
        SlaReport.Cycle last = clock.cycles().getLast();
        StringBuilder text =
                new StringBuilder(clock.policy() + " " + last.state().name().toLowerCase(Locale.ROOT));
        last.warnings().forEach(warning -> text.append(' ').append(warning.percent()));
        return text.toString();
    }

    private SlaEvaluator evaluator() {
        return SlaFiles.load(
                settings.getOrDefault("masterdeal.service.sla.policies", ""),
                settings.getOrDefault("masterdeal.service.sla.calendars", ""),
                RULES);
    }
}
