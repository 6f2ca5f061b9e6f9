package io.masterdeal.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Clocks of an answer, and those that follow from the facts. */
class ClockTextsTest {

    private static final Instant BEGIN = Instant.parse("2026-04-06T09:00:00Z");

    private static final ObjectKey DEAL = new ObjectKey("crm:deal:D-1");

    private static final ObjectKey CASE = new ObjectKey("legal:case:C-1");

    private static final RuleSet RULES = RuleSets.load("default");

    private static final SlaEvaluator SLA = SlaFiles.policies("test", """
            name: test
            version: 1
            policies:
              - policy: whole
                start: {stage: {reached: lead_created}}
                stop: {stage: {reached: closed}}
                target: 1h
              - policy: closing
                start: {stage: {reached: closing}}
                stop: {stage: {reached: closed}}
                target: 1h
              - policy: review
                per: "legal:case"
                start: {this: {reached: Legal Started}}
                stop: {this: {reached: Legal Approved}}
                target: 30m
            """, RULES, Map.of());

    private static final List<Fact> FACTS = List.of(
            fact(DEAL, "Deal Created", List.of(), 0),
            fact(CASE, "Legal Started", List.of(DEAL), 60),
            fact(CASE, "Legal Approved", List.of(DEAL), 2400));

    @Test
    void the_same_clocks_are_the_same_text_whichever_order_they_have() {
        List<String> expected = ClockTexts.of(SLA.report(DEAL, FACTS, BEGIN.plusSeconds(2700)));

        assertThat(expected)
                .containsExactly(
                        "review of legal:case:C-1 breached, breached at 2026-04-06T09:31:00Z", "whole running");
        assertThat(answered("""
                {"sla": [
                  {"policy": "whole", "object": null, "state": "running", "breached_at": null, "due_at": "2026-04-06T10:00:00.000Z"},
                  {"policy": "review", "object": "legal:case:C-1", "state": "breached",
                   "breached_at": "2026-04-06T09:31:00.000Z"}]}""")).isEqualTo(expected);
    }

    @Test
    void another_state_or_another_instant_of_a_breach_is_another_text() {
        List<String> expected = ClockTexts.of(SLA.report(DEAL, FACTS, BEGIN.plusSeconds(4000)));

        assertThat(answered("""
                {"sla": [
                  {"policy": "whole", "state": "running"},
                  {"policy": "review", "object": "legal:case:C-1", "state": "breached",
                   "breached_at": "2026-04-06T09:31:00.001Z"}]}""")).doesNotContainAnyElementsOf(expected);
    }

    @Test
    void an_answer_that_says_nothing_of_clocks_is_not_compared() {
        assertThat(answered("{\"stage\": \"briefed\"}")).isNull();
        assertThat(answered("{\"sla\": []}")).isEmpty();
    }

    @Test
    void a_difference_of_clocks_is_recognised_whatever_explains_it() {
        assertThat(Comparison.isAboutClocks("clocks should be [] but is [whole running]"))
                .isTrue();
        assertThat(Comparison.isAboutClocks(Comparison.UNEXPLAINED + "clocks should be [] but is [whole running]"))
                .isTrue();
        assertThat(Comparison.isAboutClocks("stage should be briefed but is closed"))
                .isFalse();
    }

    private static @Nullable List<String> answered(String json) {
        return ClockTexts.of(JsonMapper.shared().readTree(json));
    }

    private static Fact fact(ObjectKey subject, String status, List<ObjectKey> links, long second) {
        return Fact.of(
                UUID.randomUUID(), "test", subject, status, null, BEGIN.plusSeconds(second), links, Map.of(), null);
    }
}
