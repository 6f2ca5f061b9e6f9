package io.masterdeal.rulesets.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Statement;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaCalendar;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.rulesets.RuleSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Random deals under random policies, calendars and zones: against the oracle, and against a walk by minutes. */
class RandomSlaTest {

    private static final boolean LONG = Boolean.getBoolean("masterdeal.long");

    private final long seed = Long.getLong("masterdeal.seed", System.nanoTime());

    @TempDir
    private Path folder;

    /** One draw of everything. */
    private record Draw(
            String rules, String policies, String calendars, List<String> events, Instant now, String what) {

        Map<String, SlaCalendar> readCalendars() {
            return SlaFiles.calendars("calendars.json", calendars);
        }

        SlaEvaluator evaluator() {
            RuleSet set = RuleSets.load(rules);
            return SlaFiles.policies("policies.json", policies, set, readCalendars());
        }

        List<Statement> statements() {
            List<Statement> statements = new ArrayList<>();
            events.forEach(
                    event -> statements.add(EventFacts.of(JsonMapper.shared().readTree(event))));
            return statements;
        }
    }

    private Draw draw(int round, int deals) {
        String rules = RuleSets.BUNDLED.get(round % RuleSets.BUNDLED.size());
        RandomSla random = new RandomSla(seed + round, RuleSets.load(rules));
        return new Draw(
                rules,
                random.policies(),
                random.calendars(),
                random.events(deals),
                random.now(),
                "seed " + seed + ", round " + round);
    }

    @Test
    void random_deals_are_reported_as_the_oracle_does_in_any_order_of_arrival() throws Exception {
        for (int round = 0; round < (LONG ? 100 : 6); round++) {
            // given
            Draw draw = draw(round, 50);
            Path facts = Files.writeString(folder.resolve("facts.jsonl"), String.join("\n", draw.events) + "\n");
            Path policies = Files.writeString(folder.resolve("policies.json"), draw.policies);
            Path calendars = Files.writeString(folder.resolve("calendars.json"), draw.calendars);
            String expected = Reference.oracle(List.of(
                    "--facts", facts.toString(),
                    "--policies", policies.toString(),
                    "--calendars", calendars.toString(),
                    "--rules", draw.rules,
                    "--now", draw.now.toString()));
            List<Statement> statements = draw.statements();
            Collections.shuffle(statements, new Random(seed));
            statements.addAll(statements.subList(0, statements.size() / 4));

            // when
            List<SlaReport> reports = ReportLines.reports(statements, draw.evaluator(), draw.now);

            // then
            List<String> lines =
                    new ArrayList<>(reports.stream().map(ReportLines::line).toList());
            lines.add(ReportLines.summary(reports, "random@1", draw.rules, draw.now));
            assertThat(lines).as(draw.what).isEqualTo(expected.lines().toList());
        }
    }

    @Test
    void a_walk_by_minutes_finds_the_same_numbers() {
        int cycles = 0;
        for (int round = 0; round < (LONG ? 60 : 4); round++) {
            // given
            Draw draw = draw(round, 12);
            Map<String, SlaCalendar> calendars = draw.readCalendars();
            JsonNode policies = JsonMapper.shared().readTree(draw.policies).get("policies");

            // when
            for (SlaReport report : ReportLines.reports(draw.statements(), draw.evaluator(), draw.now)) {
                for (SlaReport.Clock clock : report.clocks()) {
                    List<Integer> percents = percents(policies, clock.policy());
                    for (SlaReport.Cycle cycle : clock.cycles()) {
                        // then
                        String what = draw.what + ", " + report.root() + ", " + clock.policy();
                        assertIsAsWalked(cycle, percents, calendars, draw.now, what);
                        cycles++;
                    }
                }
            }
        }
        assertThat(cycles).as("seed %d", seed).isGreaterThan(20);
    }

    private static void assertIsAsWalked(
            SlaReport.Cycle cycle,
            List<Integer> percents,
            Map<String, SlaCalendar> calendars,
            Instant now,
            String what) {
        List<Long> amounts = new ArrayList<>(List.of(cycle.target()));
        percents.forEach(percent -> amounts.add(Math.ceilDiv(cycle.target() * percent, 100)));
        SlaCalendar calendar = cycle.calendar() == null ? null : calendars.get(cycle.calendar());
        MinuteWalk.Walked walked = new MinuteWalk(calendar, cycle, now)
                .walk(amounts.stream().distinct().toList());
        assertThat(cycle.spent()).as(what).isEqualTo(walked.spent());
        assertThat(cycle.attribution().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as(what)
                .isEqualTo(walked.spent());
        if (cycle.dueAt() != null && walked.reached().containsKey(cycle.target())) {
            assertThat(cycle.dueAt().toEpochMilli())
                    .as(what)
                    .isEqualTo(walked.reached().get(cycle.target()));
        }
        for (SlaReport.Warning warning : cycle.warnings()) {
            long amount = Math.ceilDiv(cycle.target() * warning.percent(), 100);
            assertThat(warning.at().toEpochMilli())
                    .as(what)
                    .isEqualTo(Objects.requireNonNull(walked.reached().get(amount)));
        }
    }

    private static List<Integer> percents(JsonNode policies, String name) {
        List<Integer> percents = new ArrayList<>();
        for (JsonNode policy : policies) {
            if (policy.get("policy").stringValue().equals(name)) {
                policy.get("warn").forEach(percent -> percents.add(percent.intValue()));
            }
        }
        return percents;
    }

    @Test
    void nothing_but_what_grows_changes_before_the_next_instant_told() {
        for (int round = 0; round < (LONG ? 200 : 20); round++) {
            // given
            Draw draw = draw(round, 10);
            SlaEvaluator evaluator = draw.evaluator();
            List<Statement> statements = draw.statements();
            List<SlaReport> reports = ReportLines.reports(statements, evaluator, draw.now);
            for (int i = 0; i < reports.size(); i++) {
                Instant next = reports.get(i).nextAt();
                if (next != null) {
                    // when
                    SlaReport before = ReportLines.reports(statements, evaluator, next.minusMillis(1))
                            .get(i);
                    SlaReport then =
                            ReportLines.reports(statements, evaluator, next).get(i);

                    // then
                    assertThat(standing(before)).as(draw.what).isEqualTo(standing(reports.get(i)));
                    assertThat(next).as(draw.what).isAfter(draw.now);
                    assertThat(then.nextAt()).as(draw.what).isNotEqualTo(next);
                }
            }
        }
    }

    /** A report without what grows. */
    private static String standing(SlaReport report) {
        return ReportLines.line(report)
                .replaceAll("\"(spent|remaining)\":-?[0-9]+", "")
                .replaceAll("\"attribution\":\\{[^}]*}", "");
    }
}
