package io.masterdeal.rulesets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Rule sets as people write them, and what they are told when one is wrong. */
class RuleSetsTest {

    /** Right, and short; each wrong one below differs from it in one place. */
    private static final String RIGHT = """
        name: mine
        version: 3
        kinds:
          crm:deal:
            order: [Deal Created, Brief Submitted]
            outcomes: {Deal Lost: lost}
          media:mediaplan:
            order: [Plan Draft, Plan Ready]
            dead: [Plan Cancelled]
        stages:
          - stage: first
            when: {ever: {is: Deal Created}}
          - stage: last
            when: {some: {kind: 'media:mediaplan', reached: Plan Ready}}
        """;

    @SuppressWarnings("unused") // given to the test by its name
    static final List<String> BUNDLED = RuleSets.BUNDLED;

    @ParameterizedTest
    @FieldSource("BUNDLED")
    void the_bundled_ones_load(String name) {
        RuleSet rules = RuleSets.load(name);

        assertThat(rules.name()).isEqualTo(name);
        assertThat(rules.version()).isEqualTo(1);
        assertThat(rules.finalStage().name()).isEqualTo("closed");
        assertThat(RuleSets.identity(name)).matches(name + "@1#[0-9a-f-]{36}");
    }

    @Test
    void one_of_a_file_loads_and_its_identity_follows_its_meaning(@TempDir Path directory) throws IOException {
        // given
        Path file = Files.writeString(directory.resolve("mine.yaml"), RIGHT);

        // when
        RuleSet rules = RuleSets.load(file.toString());
        String identity = RuleSets.identity(file.toString());
        String again = RuleSets.identity(file.toString());
        Files.writeString(file, RIGHT.replace("Brief Submitted", "Brief Accepted"));

        // then
        assertThat(rules.stages()).extracting(Stage::name).containsExactly("first", "last");
        assertThat(identity).startsWith("mine@3#").isEqualTo(again);
        assertThat(RuleSets.identity(file.toString())).startsWith("mine@3#").isNotEqualTo(identity);
    }

    @Test
    void how_a_rule_set_is_written_changes_nothing_of_its_identity() {
        String identity = RuleSets.parse("mine.yaml", RIGHT).identity();

        for (String same : List.of(
                "# approved by sales" + System.lineSeparator() + RIGHT,
                RIGHT.replace("name: mine\nversion: 3\n", "version: 3\nname: 'mine'\n"),
                RIGHT.replace("[Deal Created, Brief Submitted]", "\n      - Deal Created\n      - Brief Submitted"),
                RIGHT.replace("    dead:", "    aside: [Plan Parked]\n    dead:"),
                RIGHT.replace("stages:", "  task:task:\n    order: [Task Done]\nstages:"))) {
            assertThat(RuleSets.parse("mine.yaml", same).identity()).as(same).isEqualTo(identity);
        }
        for (String other : List.of(
                RIGHT.replace("version: 3", "version: 4"),
                RIGHT.replace("name: mine", "name: yours"),
                RIGHT.replace("Plan Draft, Plan Ready", "Plan Ready, Plan Draft"),
                RIGHT.replace("    dead: [Plan Cancelled]\n", ""),
                RIGHT.replace("{Deal Lost: lost}", "{Deal Lost: cancelled}"),
                RIGHT.replace("stage: first", "stage: begun"),
                RIGHT.replace("{is: Deal Created}", "{reached: Deal Created}"))) {
            assertThat(RuleSets.parse("mine.yaml", other).identity()).as(other).isNotEqualTo(identity);
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        name: mine                   | nom: mine                         | 1  | 'nom' is not known here
        version: 3                   | version: three                    | 2  | a whole number is expected here
        version: 3                   | name: again                       | 2  | 'name' is given twice
        version: 3                   | version: [3                       | 3  | not YAML
        crm:deal:                    | deal:                             | 4  | deal
        [Deal Created, Brief Submitted] | Deal Created                   | 5  | a list is expected here
        {Deal Lost: lost}            | {Deal Lost: mislaid}              | 6  | 'lost' or 'cancelled'
        dead: [Plan Cancelled]       | dead: [Plan Ready]                | 8  | Plan Ready
        dead: [Plan Cancelled]       | died: [Plan Cancelled]            | 9  | 'died' is not known here
        stage: first                 | stage: ''                         | 11 | a text is expected here
        stage: first                 | stage: "fi\\0rst"                | 11 | without control characters
        stage: last                  | stage: first                      | 13 | first
        when: {ever: {is: Deal Created}} | if: {ever: {is: Deal Created}} | 12 | 'if' is not known here
        {ever: {is: Deal Created}}   | {never: {is: Deal Created}}       | 12 | 'never' is not known here
        {ever: {is: Deal Created}}   | {}                                | 12 | exactly one of
        {ever: {is: Deal Created}}   | {ever: {}}                        | 12 | exactly one of 'is'
        {ever: {is: Deal Created}}   | {ever: {is: Deal Create}}         | 12 | Deal Create
        {ever: {is: Deal Created}}   | {ever: {reached: Deal Lost}}      | 12 | Deal Lost
        {ever: {is: Deal Created}}   | {all: {is: Deal Created}}         | 12 | a list is expected here
        kind: 'media:mediaplan'      | kind: 'media:plan'                | 14 | media:plan
        kind: 'media:mediaplan'      | kind: mediaplan                   | 14 | mediaplan
        reached: Plan Ready          | reached: Plan Cancelled           | 14 | Plan Cancelled
        , reached: Plan Ready        | ``                                | 14 | 'reached' is missing
        """)
    void a_wrong_one_is_refused_with_file_line_and_reason(String right, String wrong, int line, String reason) {
        assertThat(RIGHT).contains(right);
        assertThatThrownBy(() -> RuleSets.parse("mine.yaml", RIGHT.replace(right, wrong)))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessageStartingWith("mine.yaml:" + line + ": ")
                .hasMessageContaining(reason);
    }

    private static final String TITLES = """
            titles:
              stages:
                first: {en: First, ru: Первый}
                none: {ru: Никакой}
              statuses:
                media:mediaplan:
                  Plan Ready: {ru: План готов}
            """;

    @Test
    void titles_are_read_and_change_nothing_of_the_identity() {
        RuleSetFile plain = RuleSets.read("mine.yaml", RIGHT);
        RuleSetFile titled = RuleSets.read("mine.yaml", RIGHT + TITLES);

        assertThat(titled.rules()).isEqualTo(plain.rules());
        assertThat(titled.rules().identity()).isEqualTo(plain.rules().identity());
        assertThat(titled.text()).isEqualTo(RIGHT + TITLES);
        assertThat(plain.titles()).isEqualTo(Titles.NONE);
        assertThat(titled.titles().ofStage("first")).isEqualTo(Map.of("en", "First", "ru", "Первый"));
        assertThat(titled.titles().ofStage("none")).isEqualTo(Map.of("ru", "Никакой"));
        assertThat(titled.titles().ofStage("last")).isEmpty();
        ObjectKind plan = new ObjectKind("media:mediaplan");
        assertThat(titled.titles().ofStatus(plan, "Plan Ready")).isEqualTo(Map.of("ru", "План готов"));
        assertThat(titled.titles().ofStatus(plan, "Plan Draft")).isEmpty();
        assertThat(titled.titles().ofStatus(ObjectKind.DEAL, "Deal Created")).isEmpty();
    }

    @Test
    void every_stage_and_status_of_the_bundled_ones_has_a_title_in_each_language() {
        for (String name : RuleSets.BUNDLED) {
            RuleSetFile file = RuleSets.loadFile(name);
            file.rules()
                    .stages()
                    .forEach(stage -> assertThat(file.titles().ofStage(stage.name()))
                            .as(name + ": " + stage.name())
                            .containsOnlyKeys(Titles.LANGUAGES));
            file.rules()
                    .kinds()
                    .forEach((kind, model) -> Stream.of(
                                    model.order(),
                                    model.dead(),
                                    model.outcomes().keySet(),
                                    model.aside())
                            .flatMap(Collection::stream)
                            .forEach(status -> assertThat(file.titles().ofStatus(kind, status))
                                    .as(name + ": " + kind + " " + status)
                                    .containsOnlyKeys(Titles.LANGUAGES)));
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        first: {en           | second: {en           | 2 | there is no stage 'second'; stages are [first, last]
        en: First            | de: Erste             | 2 | 'de' is not known here; known are [en, ru]
        en: First            | en: ' '               | 2 | a text is expected here
        {ru: Никакой}        | {}                    | 3 | a title in at least one language
        {ru: Никакой}        | Никакой               | 3 | fields are expected here
        statuses:            | status:               | 4 | 'status' is not known here; known are [stages, statuses]
        media:mediaplan:     | media:plan:           | 5 | kind 'media:plan' is not declared under 'kinds'
        media:mediaplan:     | mediaplan:            | 5 | mediaplan
        Plan Ready: {        | Plan Done: {          | 6 | status 'Plan Done' is not listed for media:mediaplan
        """)
    void a_wrong_title_is_refused_with_file_line_and_reason(String right, String wrong, int line, String reason) {
        assertThat(TITLES).contains(right);
        long before = RIGHT.lines().count() + 1;
        assertThatThrownBy(() -> RuleSets.parse("mine.yaml", RIGHT + TITLES.replace(right, wrong)))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessageStartingWith("mine.yaml:" + (before + line) + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void a_title_has_at_most_100_characters() {
        String longest = "\uD83D\uDE00".repeat(100);
        assertThat(RuleSets.read("mine.yaml", RIGHT + TITLES.replace("First", longest))
                        .titles()
                        .ofStage("first"))
                .containsEntry("en", longest);
        assertThatThrownBy(() -> RuleSets.parse("mine.yaml", RIGHT + TITLES.replace("First", longest + "!")))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessageContaining("at most 100 characters, not 101");
    }

    @Test
    void an_empty_or_missing_one_is_refused() {
        assertThatThrownBy(() -> RuleSets.parse("mine.yaml", "# nothing"))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessage("mine.yaml:1: the file is empty");
        assertThatThrownBy(() -> RuleSets.load("no-such-rules"))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessageContaining("neither a file nor one of [default, strict-table, strict-pipeline]");
        assertThatThrownBy(() -> RuleSets.parse("mine.yaml", RIGHT.replaceAll("(?s)stages:.*", "")))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessageContaining("'stages' is missing");
        assertThatThrownBy(() -> RuleSets.parse("mine.yaml", "[".repeat(200)))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessageStartingWith("mine.yaml:1: more than is allowed");
        assertThatThrownBy(() -> RuleSets.parse("mine.yaml", "name: mine\nstages: &a\n  - when: {any: [*a]}\n"))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessage("mine.yaml:2: this has an alias to itself in it");
    }
}
