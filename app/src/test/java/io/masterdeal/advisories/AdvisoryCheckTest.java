package io.masterdeal.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a hit, and what excuses it. */
class AdvisoryCheckTest {
    private static final LocalDate LAST_DAY = LocalDate.of(2027, 1, 31);

    @ParameterizedTest
    @CsvSource({
        // The form that most advisories have: from this one on, and no longer from that one on.
        "'[2.19.0,2.21.5)', 2.21.4, true",
        "'[2.19.0,2.21.5)', 2.21.5, false",
        "'[2.19.0,2.21.5)', 2.18.9, false",
        "'[2.19.0,2.21.5)', 2.21.10, false",
        // Two lines of releases.
        "'[2.8.0,2.18.9),[2.19.0,2.21.5)', 2.18.8, true",
        "'[2.8.0,2.18.9),[2.19.0,2.21.5)', 2.18.9, false",
        "'[2.8.0,2.18.9),[2.19.0,2.21.5)', 2.20.0, true",
        // Releases before a release, and words after the number.
        "'[11.0.0-M1,11.0.25]', 11.0.0-M2, true",
        "'[11.0.0-M1,11.0.25]', 11.0.25, true",
        "'[11.0.0-M1,11.0.25]', 11.0.27, false",
        "'[4.1.0.Final,4.1.138.Final)', 4.1.136.Final, true",
        "'[4.1.0.Final,4.1.138.Final)', 4.1.140.Final, false",
        "'[18.0.0,18.7.0)', 18.6.0, true",
        "'[18.0.0,18.7.0)', 18.7.0, false"
    })
    void a_version_within_the_range_is_a_hit(String affected, String version, boolean hit) {
        // given
        AdvisoryFile file = file(affected, "");

        // when
        List<String> problems = check(file, LAST_DAY, tray(version));

        // then
        assertThat(problems).hasSize(hit ? 1 : 0);
    }

    @Test
    void a_hit_names_the_component_its_parts_the_hole_and_the_place() {
        // given
        AdvisoryFile file = file("[1.0,1.4)", "");

        // when
        List<String> problems = check(file, LAST_DAY, tray("1.3"));

        // then
        assertThat(problems)
                .containsExactly(
                        "org.example:tray 1.3 (application, kafka) has CVE-2026-1000, which affects [1.0,1.4)"
                                + " (advisories.yaml:2, a mailing list). Raise it, or except it there with a reason and an end date.");
    }

    @Test
    void a_star_stands_for_all_artifacts_that_begin_so_and_for_no_other_group() {
        // given
        AdvisoryFile file =
                AdvisoryFile.parse("advisories.yaml", text("[1.0,1.4)", "").replace(":tray", ":tr*"));
        Delivered trolley = new Delivered("org.example", "trolley", "1.3", List.of());
        Delivered cup = new Delivered("org.example", "cup", "1.3", List.of());
        Delivered stranger = new Delivered("org.example.other", "tray", "1.3", List.of());

        // when
        List<String> problems = check(file, LAST_DAY, tray("1.3"), trolley, cup, stranger);

        // then
        assertThat(problems).hasSize(2).allMatch(problem -> problem.startsWith("org.example:tr"));
    }

    @Test
    void an_exception_excuses_until_its_last_day() {
        // given
        AdvisoryFile file = file("[1.0,1.4)", "2027-01-31");

        // when
        List<String> problems = check(file, LAST_DAY, tray("1.3"));

        // then
        assertThat(problems).isEmpty();
    }

    @Test
    void an_exception_that_has_ended_fails_and_tells_what_to_do() {
        // given
        AdvisoryFile file = file("[1.0,1.4)", "2027-01-31");

        // when
        List<String> problems = check(file, LAST_DAY.plusDays(1), tray("1.3"));

        // then
        assertThat(problems)
                .containsExactly("The exception for [CVE-2026-1000] in org.example:tray 1.3 ended on 2027-01-31"
                        + " (advisories.yaml:8). Look for a release without the hole; if there is none, judge again whether it"
                        + " does harm, and set a new date.");
    }

    @Test
    void an_exception_for_one_version_does_not_excuse_another() {
        // given
        AdvisoryFile file = file("[1.0,1.4)", "2027-01-31");

        // when
        List<String> problems = check(file, LAST_DAY, tray("1.3"), tray("1.2"));

        // then
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("org.example:tray 1.2 (application, kafka) has CVE-");
    }

    @Test
    void an_exception_that_excuses_nothing_is_to_be_removed() {
        // given
        AdvisoryFile file = file("[1.0,1.4)", "2027-01-31");

        // when
        List<String> problems = check(file, LAST_DAY, tray("1.4"));

        // then
        assertThat(problems)
                .containsExactly(
                        "The exception for [CVE-2026-1000] excepts nothing: org.example:tray 1.3 is not delivered, or"
                                + " has no such hole (advisories.yaml:8). Remove it.");
    }

    private static List<String> check(AdvisoryFile file, LocalDate today, Delivered... delivered) {
        return new AdvisoryCheck(file, today).problems(List.of(delivered));
    }

    private static Delivered tray(String version) {
        return new Delivered("org.example", "tray", version, List.of("application", "kafka"));
    }

    private static AdvisoryFile file(String affected, String until) {
        return AdvisoryFile.parse("advisories.yaml", text(affected, until));
    }

    /** One advisory, and an exception for 1.3 if it is said until when. */
    private static String text(String affected, String until) {
        String exceptions = """
                exceptions:
                  - ids: [CVE-2026-1000]
                    component: org.example:tray
                    version: 1.3
                    until: %s
                    reason: Nothing is on the tray.
                """.formatted(until);
        return """
                advisories:
                  - ids: [CVE-2026-1000]
                    component: org.example:tray
                    affected: "%s"
                    source: a mailing list
                    date: 2026-03-01
                """.formatted(affected) + (until.isEmpty() ? "exceptions: []" : exceptions);
    }
}
