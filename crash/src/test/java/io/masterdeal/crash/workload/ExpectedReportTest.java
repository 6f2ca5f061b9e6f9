package io.masterdeal.crash.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.rulesets.RuleSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ExpectedReportTest {

    private static final Path SAMPLES =
            Path.of(System.getProperty("masterdeal.home", "")).resolve("samples");

    @ParameterizedTest
    @ValueSource(strings = {"default", "strict-table", "strict-pipeline"})
    void the_samples_give_the_report_that_a_platform_gives(String rules) throws IOException {
        SentEvents events = new SentEvents();
        try (var lines = Files.lines(SAMPLES.resolve("events.jsonl"))) {
            List<JsonNode> cloudEvents = lines.filter(line -> !line.isBlank())
                    .map(JsonMapper.shared()::readTree)
                    .toList();
            events.addAll(cloudEvents);
        }

        assertThat(ExpectedReport.of(events.statements(), RuleSets.load(rules)))
                .isEqualTo(Files.readString(SAMPLES.resolve("expected").resolve("events." + rules + ".jsonl")));
    }

    @Test
    void the_same_seed_gives_the_same_deals_of_seven_events_each() {
        List<ObjectNode> first = RandomDeals.generate("S", 50, 7);

        assertThat(first)
                .hasSize(350)
                .isEqualTo(RandomDeals.generate("S", 50, 7))
                .isNotEqualTo(RandomDeals.generate("S", 50, 8));
    }

    @Test
    void among_many_deals_some_are_retracted_and_all_stages_occur() {
        SentEvents events = new SentEvents();
        events.addAll(RandomDeals.generate("S", 1000, 1));

        String report = ExpectedReport.of(events.statements(), RuleSets.load("default"));

        assertThat(report)
                .contains("\"stage\":\"closed\"", "\"stage\":\"contracting\"", "\"stage\":\"offer_ready\"")
                .contains("\"outcome\":\"lost\"", "\"outcome\":\"won\"", "\"outcome\":\"open\"");
        assertThat(report.lines().count()).isBetween(900L, 999L);
    }
}
