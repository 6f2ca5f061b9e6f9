package io.masterdeal.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** How the file of advisories is read, and what is said if it cannot be. */
class AdvisoryFileTest {

    @Test
    void an_advisory_and_an_exception_are_read_with_their_lines() {
        // given
        String yaml = """
                advisories:
                  - ids: [CVE-2026-1000, GHSA-abcd-0123-efgh]
                    component: org.example:tray
                    affected: "[1.0,1.4),[2.0,2.1]"
                    source: a mailing list
                    date: 2026-03-01
                    note: Trays spill.
                exceptions:
                  - ids: [CVE-2026-1000]
                    component: org.example:tray
                    version: 1.3
                    until: 2027-01-31
                    reason: Nothing is on the tray.
                """;

        // when
        AdvisoryFile file = AdvisoryFile.parse("advisories.yaml", yaml);

        // then
        assertThat(file.advisories()).singleElement().satisfies(advisory -> {
            assertThat(advisory.line()).isEqualTo(2);
            assertThat(advisory.ids()).containsExactly("CVE-2026-1000", "GHSA-abcd-0123-efgh");
            assertThat(advisory.affected()).hasToString("[1.0,1.4),[2.0,2.1]");
            assertThat(advisory.date()).isEqualTo(LocalDate.of(2026, 3, 1));
            assertThat(advisory.note()).isEqualTo("Trays spill.");
        });
        assertThat(file.exemptions())
                .containsExactly(new Exemption(
                        9,
                        file.exemptions().getFirst().ids(),
                        "org.example:tray",
                        "1.3",
                        LocalDate.of(2027, 1, 31),
                        "Nothing is on the tray."));
    }

    @Test
    void an_advisory_without_a_range_is_refused_with_its_line_and_the_cure() {
        assertRefused(
                """
                advisories:
                  - ids: [CVE-2026-1000]
                    component: org.example:tray
                    source: a mailing list
                    date: 2026-03-01
                exceptions: []
                """,
                "advisories.yaml:2: [CVE-2026-1000] does not say which versions are affected. Add them as a range of"
                        + " Maven's, for example affected: \"[2.0,2.21.5)\" if 2.21.5 is the first without the hole");
    }

    @Test
    void a_single_version_is_refused_as_a_range_since_maven_takes_it_for_a_wish() {
        assertRefused(
                advisory("affected: \"1.3\""),
                "advisories.yaml:4: '1.3' is one version and no range, which Maven takes for a wish. Write [1.3] if only that"
                        + " is affected");
    }

    @Test
    void a_range_that_is_none_is_refused_with_its_line() {
        assertRefused(advisory("affected: \"[1.3\""), "advisories.yaml:4: '[1.3' is no range of versions (");
    }

    @Test
    void a_name_that_is_no_hole_is_refused_with_its_line() {
        assertRefused(
                advisory("affected: \"[1.3]\"").replace("CVE-2026-1000", "spills"),
                "advisories.yaml:2: 'spills' names no hole. Write CVE-2026-12345,");
    }

    @Test
    void a_component_without_an_artifact_is_refused_with_its_line() {
        assertRefused(
                advisory("affected: \"[1.3]\"").replace("org.example:tray", "tray"),
                "advisories.yaml:3: 'tray' is no component. Write group:artifact,");
    }

    @Test
    void a_field_that_is_not_known_is_refused_with_its_line() {
        assertRefused(advisory("afected: \"[1.3]\""), "advisories.yaml:4: 'afected' is not known here; known are ");
    }

    @Test
    void a_date_that_is_none_is_refused_with_its_line() {
        assertRefused(
                advisory("affected: \"[1.3]\"").replace("2026-03-01", "in spring"),
                "advisories.yaml:6: 'in spring' is no date. Write it as 2026-11-30");
    }

    @Test
    void an_exception_without_an_end_is_refused_with_its_line_and_the_cure() {
        assertRefused(
                """
                advisories: []
                exceptions:
                  - ids: [CVE-2026-1000]
                    component: org.example:tray
                    version: 1.3
                    reason: Nothing is on the tray.
                """,
                "advisories.yaml:3: the exception for [CVE-2026-1000] has no end. Add until: and the day on which to judge"
                        + " anew");
    }

    @Test
    void a_file_that_is_no_yaml_is_refused_with_the_place() {
        assertRefused("advisories: []\nexceptions: [\n", "advisories.yaml:3: not YAML: ");
    }

    private static String advisory(String affected) {
        return """
                advisories:
                  - ids: [CVE-2026-1000]
                    component: org.example:tray
                    %s
                    source: a mailing list
                    date: 2026-03-01
                exceptions: []
                """.formatted(affected);
    }

    private static void assertRefused(String yaml, String words) {
        assertThatThrownBy(() -> AdvisoryFile.parse("advisories.yaml", yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(words);
    }
}
