package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories and a real log of 13,087 cases give the answers of an independent implementation, byte for byte. */
class ReferenceReplayTest {

    private static final String LONG_ONLY =
            "SKIPPED: takes minutes; runs in the long run (-Dmasterdeal.long=true, ./masterdeal test --long)";

    private static final List<String> RULE_SETS = List.of("default", "strict-table", "strict-pipeline");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"default", "strict-table", "strict-pipeline"})
    void random_histories_end_in_the_answer_of_the_reference(String rules) throws Exception {
        assumeTrue(rules.equals("default") || TestPlatform.isLong(), LONG_ONLY);
        String expected = Reference.unpacked(Reference.data("histories/" + rules + ".jsonl.gz"));

        String report = emptyWith(rules).report(Reference.data("histories/events.jsonl.gz"), null);

        assertThat(report).isEqualTo(expected);
    }

    @Test
    void histories_of_another_seed_end_in_the_answer_of_the_reference() throws Exception {
        int seed = (int) (System.nanoTime() & 0xffffff);
        int histories = TestPlatform.isLong() ? 1000 : 100;
        for (String rules : TestPlatform.isLong() ? RULE_SETS : List.of("strict-pipeline")) {
            Path events = Reference.run(
                    folder.resolve("events.jsonl"),
                    "histories.py",
                    Integer.toString(seed),
                    Integer.toString(histories));
            Path expected = folder.resolve("expected.jsonl");
            Reference.run(
                    folder.resolve("output.txt"),
                    "oracle.py",
                    "--facts",
                    events.toString(),
                    "--rules",
                    rules,
                    "--out",
                    expected.toString());

            String report = emptyWith(rules).report(events, null, (long) seed, 20);

            assertThat(report).as("%s, seed %d", rules, seed).isEqualTo(Files.readString(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "strict-table", "strict-pipeline"})
    void the_loan_log_ends_in_the_answer_of_the_reference(String rules) throws Exception {
        assumeTrue(TestPlatform.isLong(), LONG_ONLY);
        String expected = Reference.unpacked(Reference.data("expected/bpic2012." + rules + ".jsonl.gz"));
        Path log = Reference.data("bpic2012.xes.gz");
        Path mapping = Reference.data("bpic2012.mapping.json");
        TestPlatform platform = emptyWith(rules);

        assertThat(platform.report(log, mapping)).isEqualTo(expected);
        assertThat(platform.report(log, mapping))
                .as("again into the same platform")
                .isEqualTo(expected);
        TestPlatform other = emptyWith(rules);
        assertThat(other.report(log, mapping, 1L, 20))
                .as("shuffled, with duplicates")
                .isEqualTo(expected);
        assertThat(orphans(other))
                .as("as the independent implementation finds them")
                .containsExactly(
                        "dcm:closeout no_root 1", "dcm:invoice unknown_parent 1", "legal:case unknown_parent 85");
    }

    /** How many there are by kind and reason, as the service lists them. */
    private static List<String> orphans(TestPlatform platform) throws Exception {
        Map<String, Integer> orphans = new TreeMap<>();
        platform.service()
                .forEach(
                        "/orphans?sort=age",
                        orphan -> orphans.merge(
                                orphan.path("kind").asString() + " "
                                        + orphan.path("reason").asString(),
                                1,
                                Integer::sum));
        return orphans.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
    }

    private static TestPlatform emptyWith(String rules) throws Exception {
        return TestPlatform.empty(rules);
    }
}
