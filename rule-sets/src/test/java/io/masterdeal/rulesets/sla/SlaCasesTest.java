package io.masterdeal.rulesets.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.model.Statement;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaCalendar;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.rulesets.RuleSets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Cases worked by hand, mistakes to be refused, and the results of the oracle for whole logs. */
class SlaCasesTest {

    @ParameterizedTest
    @ValueSource(strings = {"cases.json", "edge-cases.json"})
    void every_case_worked_by_hand_is_reported_so_in_any_order_of_arrival(String file) {
        JsonNode all = Reference.json("data/sla/" + file);
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode one : all.get("cases")) {
            // given
            ObjectNode calendars = JsonMapper.shared().createObjectNode();
            all.get("calendars").properties().forEach(it -> calendars.set(it.getKey(), it.getValue()));
            one.path("calendars").properties().forEach(it -> calendars.set(it.getKey(), it.getValue()));
            SlaEvaluator evaluator = SlaFiles.policies(
                    "policies.json",
                    one.get("policies").toString(),
                    RuleSets.load(one.path("rules").asString("default")),
                    SlaFiles.calendars("calendars.json", "{\"calendars\": " + calendars + "}"));
            List<Statement> statements = new ArrayList<>();
            one.get("events").forEach(event -> statements.add(EventFacts.of(event)));
            List<Statement> backwards = new ArrayList<>(statements);
            Collections.reverse(backwards);
            backwards.addAll(statements);
            Instant now = EventFacts.instant(one.get("now").stringValue());

            for (List<Statement> order : List.of(statements, backwards)) {
                // when
                List<JsonNode> reports = ReportLines.reports(order, evaluator, now).stream()
                        .map(report -> JsonMapper.shared().readTree(ReportLines.line(report)))
                        .toList();

                // then
                softly.assertThat(reports.toString())
                        .as(one.get("name").stringValue())
                        .isEqualTo(sorted(one.get("reports")));
            }
        }
        assertThat(all.get("cases").size()).isPositive();
        softly.assertAll();
    }

    @Test
    void every_mistake_is_refused_with_file_line_and_reason_and_nothing_else_is() {
        SoftAssertions softly = new SoftAssertions();
        RuleSet rules = RuleSets.load("default");
        for (JsonNode one : Reference.json("data/sla/refused.json").get("cases")) {
            String said = "";
            try {
                Map<String, SlaCalendar> calendars = SlaFiles.calendars("c.json", pretty(one.get("calendars")));
                SlaFiles.policies("p.json", pretty(one.get("policies")), rules, calendars);
            } catch (InvalidSlaFileException e) {
                said = String.valueOf(e.getMessage());
            }
            String name = one.get("name").stringValue();
            if (one.path("fine").asBoolean(false)) {
                softly.assertThat(said).as(name).isEmpty();
            } else {
                softly.assertThat(said).as(name).matches("[cp]\\.json:[1-9][0-9]*: .{10,}");
            }
        }
        softly.assertAll();
    }

    @Test
    void a_status_that_no_object_of_the_kind_has_is_refused_at_its_line() {
        String policies = """
                name: mine
                version: 1
                policies:
                  - policy: review
                    per: legal:case
                    start: {this: {is: Legal Started}}
                    stop:
                      this:
                        is: [Legal Approved, Legal Aproved]
                    target: 8h
                """;

        assertThatThrownBy(() -> SlaFiles.policies("mine.yaml", policies, RuleSets.load("default"), Map.of()))
                .isInstanceOf(InvalidSlaFileException.class)
                .hasMessageStartingWith(
                        "mine.yaml:9: policy 'review': kind 'legal:case' has no status 'Legal Aproved'");
    }

    @Test
    void a_name_that_no_index_and_no_event_has_room_for_is_refused_at_its_line() {
        String policies = """
                name: mine
                version: 1
                policies:
                  - policy: review
                    start: {holds: briefed}
                    stop: {holds: closed}
                    target: 8h
                    segments:
                      - name: %s
                        target: 4h
                """.formatted("x".repeat(101));

        assertThatThrownBy(() -> SlaFiles.policies("mine.yaml", policies, RuleSets.load("default"), Map.of()))
                .isInstanceOf(InvalidSlaFileException.class)
                .hasMessage("mine.yaml:9: this has at most 100 characters, not 101");
    }

    @Test
    void whole_logs_are_reported_as_the_oracle_does() throws Exception {
        Map<String, List<Statement>> logs = new HashMap<>();
        int compared = 0;
        for (String line : Reference.lines(Reference.file("data/sla/expected/INDEX.jsonl"))) {
            JsonNode expected = JsonMapper.shared().readTree(line);
            String log = expected.get("log").stringValue();
            if (!log.equals("samples-events")) {
                continue;
            }
            // given
            List<Statement> statements = logs.computeIfAbsent(log, SlaCasesTest::events);
            Map<String, SlaCalendar> calendars =
                    SlaFiles.calendars("calendars.json", Reference.text(Reference.file("data/sla/calendars.json")));
            String policies = expected.get("policies").stringValue();
            RuleSet rules = RuleSets.load(expected.get("rules").stringValue());
            SlaEvaluator evaluator = SlaFiles.policies(
                    policies + ".json",
                    Reference.text(Reference.file("data/sla/" + policies + ".json")),
                    rules,
                    calendars);
            Instant now = EventFacts.instant(expected.get("now").stringValue());

            // when
            List<SlaReport> reports = ReportLines.reports(statements, evaluator, now);
            StringBuilder whole = new StringBuilder();
            reports.forEach(report -> whole.append(ReportLines.line(report)).append('\n'));
            whole.append(ReportLines.summary(
                            reports, expected.at("/summary/policies").stringValue(), rules.name(), now))
                    .append('\n');

            // then
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(whole.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(HexFormat.of().formatHex(digest))
                    .as(expected.get("result").stringValue())
                    .isEqualTo(expected.get("sha256").stringValue());
            compared++;
        }
        assertThat(compared).isEqualTo(4);
    }

    private static List<Statement> events(String log) {
        Path file = Path.of(System.getProperty("masterdeal.home", "."), "samples", log.substring(8) + ".jsonl");
        List<Statement> statements = new ArrayList<>();
        for (String line : Reference.lines(file)) {
            if (!line.isBlank()) {
                statements.add(EventFacts.of(JsonMapper.shared().readTree(line)));
            }
        }
        return statements;
    }

    private static String pretty(JsonNode node) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    private static String sorted(JsonNode node) {
        List<String> lines = new ArrayList<>();
        node.forEach(report -> lines.add(canonical(report)));
        return lines.toString();
    }

    private static String canonical(JsonNode node) {
        Object plain = JsonMapper.shared().treeToValue(node, Object.class);
        return JsonMapper.builder()
                .enable(tools.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build()
                .writeValueAsString(plain);
    }
}
