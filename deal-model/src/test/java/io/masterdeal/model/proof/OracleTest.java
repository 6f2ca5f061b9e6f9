package io.masterdeal.model.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.deal.PresentStage;
import io.masterdeal.model.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model and an implementation that shares no code with it give the same answers, byte for byte. */
class OracleTest {

    /** Characters that JSON must escape, that some writers escape unnecessarily, and that UTF-16 sorts differently. */
    private static final List<String> ODD_TEXTS = List.of(
            "plain",
            "quote \" backslash \\ slash / apostrophe '",
            "\b\f\n\r\t",
            IntStream.range(1, 0x20).mapToObj(Character::toString).collect(Collectors.joining()),
            "\u0000 NUL",
            "\u007F delete, \u0080 \u009F beyond it",
            "\u2028 line and \u2029 paragraph separators",
            "\uD83D\uDE00 beyond the plane, \uFFFD \uFEFF \uE000",
            "<script>&amp;</script>",
            "\u043A\u0438\u0440\u0438\u043B\u043B\u0438\u0446\u0430",
            "e\u0301 and \u00E9");

    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource({"11, 150, false", "12, 150, true"})
    void the_oracle_agrees_on_its_own_random_histories(int seed, int count, boolean conflicts) {
        Oracle oracle = Oracle.find(scratch);
        int histories = Run.seeds(count, count * 20);
        assertAgreement(oracle, oracle.histories(seed, histories, conflicts), seed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_oracle_agrees_on_our_random_histories(boolean conflicts) throws IOException {
        Oracle oracle = Oracle.find(scratch);
        List<Statement> statements = new ArrayList<>();
        for (int seed = 1; seed <= Run.seeds(400, 5_000); seed++) {
            statements.addAll(RandomHistory.of(seed, conflicts));
        }
        Path events = scratch.resolve("events.jsonl");
        EventLines.write(events, statements);

        assertThat(EventLines.read(events)).isEqualTo(statements);
        assertAgreement(oracle, events, 1);
    }

    @Test
    void the_kept_histories_give_the_kept_results() {
        Oracle oracle = Oracle.find(scratch);
        List<Statement> statements = EventLines.read(oracle.data("histories/events.jsonl.gz"));
        assertThat(statements).hasSize(10_585);
        for (RuleSet rules : RuleSets.ALL) {
            Path kept = oracle.data("histories/" + rules.name() + ".jsonl.gz");
            assertSameLines(rules.name(), answer(statements, rules), EventLines.text(kept));
        }
    }

    @Test
    void the_real_log_gives_the_kept_results() {
        assumeTrue(Run.LONG, "skipped: the real log is for the long run");
        Oracle oracle = Oracle.find(scratch);
        List<Statement> statements = EventLines.read(oracle.events(oracle.data("bpic2012.mapping.json")));
        assertThat(statements).hasSize(84_336);
        for (RuleSet rules : RuleSets.ALL) {
            Path kept = oracle.data("expected/bpic2012." + rules.name() + ".jsonl.gz");
            assertSameLines(rules.name(), answer(statements, rules), EventLines.text(kept));
        }
    }

    @Test
    void of_the_real_log_the_rules_of_the_status_table_move_49_deals() {
        assumeTrue(Run.LONG, "skipped: the real log is for the long run");
        Oracle oracle = Oracle.find(scratch);
        List<Statement> statements = EventLines.read(oracle.events(oracle.data("bpic2012.mapping.json")));

        Map<String, Integer> moves = new TreeMap<>();
        var deals = new FactSet().addAll(statements).deals();
        deals.forEach((root, facts) -> {
            DealState state = DealFold.of(root, RuleSets.DEFAULT, facts).state();
            String now = PresentStage.of(root, RuleSets.DEFAULT, state).stage();
            String then = PresentStage.of(root, RuleSets.STRICT_TABLE, state).stage();
            if (!now.equals(then)) {
                moves.merge(now + " -> " + then, 1, Integer::sum);
            }
        });

        assertThat(deals).hasSize(13_087);
        assertThat(moves).isEqualTo(Map.of("offer_ready -> contracting", 47, "closed -> contracting", 2));
    }

    @Test
    void the_oracle_writes_the_same_content_of_odd_texts() throws IOException {
        Oracle oracle = Oracle.find(scratch);
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < ODD_TEXTS.size(); i++) {
            statements.add(odd(i));
        }
        for (int seed = 1; seed <= 100; seed++) {
            statements.addAll(RandomHistory.of(seed, true));
        }
        Path events = scratch.resolve("odd.jsonl");
        EventLines.write(events, statements);

        Path contents = oracle.snippet("""
                import oracle
                for fact in oracle.facts_from_lines(sys.argv[1]):
                    sys.stdout.buffer.write((oracle.content(fact) + "\\n").encode())
                """, events);

        assertThat(EventLines.text(contents).split("\n", -1))
                .startsWith(statements.stream().map(Statement::content).toArray(String[]::new));
    }

    private static Fact odd(int i) {
        String text = ODD_TEXTS.get(i);
        return Fact.of(
                new UUID(i, i),
                "type" + text,
                new ObjectKey("task:task:" + text),
                text,
                i % 2 == 0 ? null : Long.MAX_VALUE - i,
                Instant.parse("1969-12-31T23:59:59.9999Z").plusSeconds(i),
                List.of(new ObjectKey("task:task:\uFF21" + text), new ObjectKey("task:task:\uD83D\uDE00" + text)),
                Map.of(text, text, "\uFF21" + text, "", "\uD83D\uDE00" + text, text),
                i % 3 == 0 ? null : new UUID(-i, i));
    }

    private static void assertAgreement(Oracle oracle, Path events, long seed) {
        List<Statement> statements = EventLines.read(events);
        Collections.shuffle(statements, new Random(seed));
        oracle.reports(events)
                .forEach((rules, report) -> assertSameLines(
                        "seed " + seed + ", " + rules, answer(statements, RuleSets.named(rules)), report));
    }

    private static String answer(List<Statement> statements, RuleSet rules) {
        return Report.of(new FactSet().addAll(statements).answer(rules));
    }

    /** Shows only the first lines that differ, because the whole is long. */
    private static void assertSameLines(String what, String actual, String expected) {
        if (!actual.equals(expected)) {
            List<String> ours = Arrays.asList(actual.split("\n", -1));
            List<String> theirs = Arrays.asList(expected.split("\n", -1));
            assertThat(ours.stream().filter(line -> !theirs.contains(line)).limit(5))
                    .as(what)
                    .isEqualTo(theirs.stream()
                            .filter(line -> !ours.contains(line))
                            .limit(5)
                            .toList());
        }
        assertThat(actual).as(what).isEqualTo(expected);
    }
}
