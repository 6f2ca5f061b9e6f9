package io.masterdeal.rulesets.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.RuleSets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Evaluators are told apart by what may change a report or who is told, and by nothing else. */
class SlaMeaningTest {

    private static final String POLICIES = """
            name: mine
            version: 3
            policies:
              - policy: planning
                title: from the brief to a plan
                start: {holds: briefed}
                pause: {any: [{attribute: {name: tier, is: [gold, vip, key]}}, {some: {kind: media:mediaplan, is: [Plan Draft, Plan Ready]}}]}
                stop: {stage: {reached: offer_ready}}
                cancel: {outcome: {is: [lost, cancelled]}}
                on_outcome: cancel
                reopen: new
                target: 80h
                calendar: moscow
                warn: [50, 80]
                segment_at: start
                segments:
                  - name: large
                    when: {attribute: {name: amount, at_least: 1000}}
                    target: 40h
                  - name: old
                    when: {started: {before: 2026-01-01T00:00:00Z}}
                    calendar: always
                end_to_end: true
                escalation: {owner: media, at: {80: {task: Hurry}, breach: {task: Late, page: true}}}
              - policy: review
                per: legal:case
                start: {this: {reached: Legal Started}}
                stop: {this: {is: [Legal Approved, Legal Rejected]}}
                target: 24h
            """;

    private static final String CALENDARS = """
            calendars:
              moscow:
                zone: Europe/Moscow
                week:
                  mon: ["09:00-13:00", "14:00-18:00"]
                  tue: ["09:00-18:00"]
                weeks: {2026-07-01: {mon: ["10:00-18:00"]}}
                holidays: [2026-01-01/2026-01-11, 2026-02-23]
                moved: {2026-03-14: tue}
                shortened: {2026-04-30: 1h}
                hours: {2026-12-24: ["09:00-12:00"]}
              always: {around_the_clock: true}
              unused: {zone: UTC, week: {fri: ["09:00-10:00"]}}
            """;

    private static UUID meaning(String policies, String calendars) {
        return evaluator(policies, calendars).meaning();
    }

    private static SlaEvaluator evaluator(String policies, String calendars) {
        return SlaFiles.policies(
                "mine.yaml", policies, RuleSets.load("default"), SlaFiles.calendars("calendars.yaml", calendars));
    }

    @Test
    void how_the_files_are_written_changes_nothing() {
        UUID meaning = meaning(POLICIES, CALENDARS);

        for (String same : List.of(
                "# approved by legal\n" + POLICIES,
                POLICIES.replace("title: from the brief to a plan", "title: planning"),
                POLICIES.replace("name: mine\nversion: 3\n", "version: 3\nname: 'mine'\ntitle: ours\n"),
                POLICIES.replace("[gold, vip, key]", "[key, gold, vip]"),
                POLICIES.replace("[Plan Draft, Plan Ready]", "[Plan Ready, Plan Draft]"),
                POLICIES.replace("[lost, cancelled]", "[cancelled, lost]"),
                POLICIES.replace("    on_outcome: cancel\n    reopen: new\n", ""),
                POLICIES.replace("    segment_at: start\n", ""),
                POLICIES.replace("2026-01-01T00:00:00Z", "2026-01-01T03:00:00+03:00"),
                POLICIES.replace("target: 24h", "target: 23h60m"))) {
            assertThat(meaning(same, CALENDARS)).as(same).isEqualTo(meaning);
        }
        for (String same : List.of(
                "# of the office\n" + CALENDARS,
                CALENDARS.replace("  unused: {zone: UTC, week: {fri: [\"09:00-10:00\"]}}\n", ""),
                CALENDARS.replace("zone: UTC", "zone: Asia/Tokyo"),
                CALENDARS.replace("[2026-01-01/2026-01-11, 2026-02-23]", "[2026-02-23, 2026-01-01/2026-01-11]"),
                CALENDARS.replace("[\"09:00-18:00\"]", "[\"09:00-11:00\", \"11:00-18:00\"]"))) {
            assertThat(meaning(POLICIES, same)).as(same).isEqualTo(meaning);
        }
    }

    /** Each replaces a text that the file has. */
    private static Map<String, String> changes(String... fromAndTo) {
        Map<String, String> changes = new HashMap<>();
        for (int i = 0; i < fromAndTo.length; i += 2) {
            changes.put(fromAndTo[i], fromAndTo[i + 1]);
        }
        return changes;
    }

    @Test
    void each_change_of_a_policy_is_another_meaning() {
        Set<UUID> meanings = new HashSet<>(Set.of(meaning(POLICIES, CALENDARS)));

        changes(
                        "name: mine", "name: yours",
                        "version: 3", "version: 4",
                        "policy: planning", "policy: plan",
                        "start: {holds: briefed}", "start: {stage: {reached: briefed}}",
                        "any: [{attr", "all: [{attr",
                        "[gold, vip, key]", "[gold, vip]",
                        "name: tier", "name: rank",
                        "is: [Plan Draft, Plan Ready]", "reached: Plan Draft",
                        "[lost, cancelled]", "[lost]",
                        "    cancel: {outcome: {is: [lost, cancelled]}}\n", "",
                        "on_outcome: cancel", "on_outcome: stop",
                        "reopen: new", "reopen: continue",
                        "target: 80h", "target: 81h",
                        "calendar: moscow", "calendar: always",
                        "warn: [50, 80]", "warn: [80]",
                        "segment_at: start", "segment_at: latest",
                        "name: large", "name: huge",
                        "at_least: 1000", "at_least: 1001",
                        "target: 40h", "target: 41h",
                        "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z",
                        "    end_to_end: true\n", "",
                        "owner: media", "owner: crm",
                        "task: Hurry", "task: Run",
                        "page: true", "page: false",
                        "per: legal:case", "per: dcm:invoice",
                        "{80: {task: Hurry}, breach", "{50: {task: Hurry}, breach")
                .forEach((from, to) -> {
                    assertThat(POLICIES).contains(from);
                    String other = POLICIES.replace(from, to);
                    if (from.startsWith("per:")) {
                        other = other.replace("Legal Started", "Invoice Issued")
                                .replace("[Legal Approved, Legal Rejected]", "Invoice Paid");
                    }
                    assertThat(meanings.add(meaning(other, CALENDARS))).as(from).isTrue();
                });
    }

    @Test
    void the_order_of_policies_is_part_of_the_meaning() {
        int second = POLICIES.indexOf("  - policy: review");
        int first = POLICIES.indexOf("  - policy: planning");
        String swapped = POLICIES.substring(0, first) + POLICIES.substring(second) + POLICIES.substring(first, second);

        assertThat(meaning(swapped, CALENDARS)).isNotEqualTo(meaning(POLICIES, CALENDARS));
    }

    @Test
    void each_change_of_a_calendar_in_use_is_another_meaning() {
        Set<UUID> meanings = new HashSet<>(Set.of(meaning(POLICIES, CALENDARS)));

        changes(
                        "zone: Europe/Moscow", "zone: Europe/Minsk",
                        "mon: [\"09:00-13:00\"", "mon: [\"08:00-13:00\"",
                        "tue: [", "wed: [",
                        "2026-07-01", "2026-07-02",
                        "10:00-18:00", "10:00-17:00",
                        "2026-02-23", "2026-02-24",
                        "2026-03-14", "2026-03-15",
                        "2026-03-14: tue", "2026-03-14: mon",
                        "2026-04-30: 1h", "2026-04-30: 2h",
                        "2026-12-24", "2026-12-25",
                        "09:00-12:00", "09:00-11:00")
                .forEach((from, to) -> {
                    assertThat(CALENDARS).contains(from);
                    assertThat(meanings.add(meaning(POLICIES, CALENDARS.replace(from, to))))
                            .as(from)
                            .isTrue();
                });
    }

    /** Sets are iterated in another order in each JVM. If this value is meant to change, all kept clocks are evaluated anew. */
    @Test
    void every_process_finds_the_same() {
        assertThat(meaning(POLICIES, CALENDARS)).hasToString("b77d0051-5b1c-555b-853d-78f40d30edbc");
    }
}
