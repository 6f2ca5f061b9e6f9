package io.masterdeal.rulesets.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.model.sla.SlaCalendar;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies and calendars that come along. */
class BundledSlaTest {

    @ParameterizedTest
    @ValueSource(strings = {"default", "strict-table", "strict-pipeline"})
    void the_bundled_policies_fit_every_bundled_rule_set(String rules) {
        assertThat(SlaFiles.load("default", "default", RuleSets.load(rules)).label())
                .isEqualTo("default@1");
    }

    @Test
    void the_bundled_policies_are_those_of_the_reference() throws Exception {
        String bundled = resource("/masterdeal/sla/policies.yaml");
        String reference = Reference.text(Reference.file("data/sla/default.json"));

        assertThat(PolicyReader.policies(YamlDocument.parse("ours", bundled, InvalidSlaFileException::new)))
                .isEqualTo(PolicyReader.policies(
                        YamlDocument.parse("reference", reference, InvalidSlaFileException::new)));
    }

    @Test
    void the_bundled_calendar_of_2026_is_that_of_the_reference() throws Exception {
        String bundled = resource("/masterdeal/sla/calendars.yaml");
        SlaCalendar.WorkingHours ours = moscow(SlaFiles.calendars("ours", bundled));
        SlaCalendar.WorkingHours reference =
                moscow(SlaFiles.calendars("reference", Reference.text(Reference.file("data/sla/calendars.json"))));

        assertThat(in2026(ours)).isEqualTo(in2026(reference)).hasSize(18);
        assertThat(ours.week()).isEqualTo(reference.week());
        assertThat(ours.shortened().get(LocalDate.of(2026, 4, 30))).isEqualTo(60);
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(SlaFiles.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<LocalDate> in2026(SlaCalendar.WorkingHours calendar) {
        TreeSet<LocalDate> days = new TreeSet<>(calendar.holidays());
        days.removeIf(day -> day.getYear() != 2026);
        return days;
    }

    private static SlaCalendar.WorkingHours moscow(Map<String, SlaCalendar> calendars) {
        return (SlaCalendar.WorkingHours) calendars.getOrDefault("moscow", new SlaCalendar.AroundTheClock());
    }

    @Test
    void the_examples_of_the_document_can_be_used_as_they_stand() throws IOException {
        String document = Files.readString(Path.of(System.getProperty("masterdeal.home", "."), "docs", "sla.md"));
        List<String> examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(document)
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(examples).hasSize(2);
        Map<String, SlaCalendar> bundled = SlaFiles.calendars("ours", resource("/masterdeal/sla/calendars.yaml"));
        assertThat(SlaFiles.policies("example", examples.getFirst(), RuleSets.load("default"), bundled)
                        .policies())
                .containsExactly("offer", "review");
        assertThat(SlaFiles.calendars("example", examples.getLast())).containsOnlyKeys("office", "always");
    }

    @Test
    void a_file_that_is_not_there_is_told_with_its_name() {
        assertThatThrownBy(() -> SlaFiles.load("no-such.yaml", "default", RuleSets.load("default")))
                .isInstanceOf(InvalidSlaFileException.class)
                .hasMessageStartingWith("no-such.yaml:1: there is no such file");
    }

    @Test
    void a_mistake_names_its_line() {
        String calendars = """
                calendars:
                  office:
                    zone: Europe/Moscow
                    week:
                      mon: ["09:00-13:00", "12:00-18:00"]
                """;

        assertThatThrownBy(() -> SlaFiles.calendars("office.yaml", calendars))
                .hasMessage("office.yaml:5: hours begin after those before them have ended");
    }
}
