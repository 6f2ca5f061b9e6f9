package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What another rule set would change, at the command line: the example in the document is what the command prints. */
class WhatIfTest {

    private static final String PROMPT = "    $ ./masterdeal ";

    private static TestPlatform platform;

    @TempDir
    private Path folder;

    /** The exit code and the output of a command. */
    private record Ended(int exitCode, String out, String err) {}

    @BeforeAll
    static void store_the_samples() throws Exception {
        platform = TestPlatform.empty();
        platform.report(TestPlatform.sample("deals.csv"), TestPlatform.sample("deals.mapping.json"));
    }

    private static Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = MasterDeal.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .execute(Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--data", platform.data().toString()))
                        .toArray(String[]::new));
        return new Ended(exitCode, out.toString(), err.toString());
    }

    @Test
    void the_example_in_the_document_prints_what_the_document_says() throws Exception {
        List<String> document = Files.readAllLines(TestPlatform.home().resolve("docs/write-a-rule-set.md"));
        int line = 0;
        while (!document.get(line).startsWith(PROMPT + "what-if")) {
            line++;
        }
        String[] arguments = document.get(line).substring(PROMPT.length()).split(" ");
        List<String> printed = new ArrayList<>();
        for (line++; document.get(line).startsWith("    ") || printedGoesOn(document, line); line++) {
            printed.add(document.get(line).isEmpty() ? "" : document.get(line).substring(4));
        }

        Ended ended = run(arguments);

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out().lines().toList()).isEqualTo(printed);
    }

    private static boolean printedGoesOn(List<String> document, int line) {
        return document.get(line).isEmpty() && document.get(line + 1).startsWith("    ");
    }

    @Test
    void deals_may_be_left_out_and_the_answer_be_data() {
        Ended ended = run("what-if", "strict-table", "--stage", "closed", "--outcome", "won", "--json");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        JsonNode job = JsonMapper.shared().readTree(ended.out());
        assertThat(job.path("state").stringValue()).isEqualTo("done");
        assertThat(job.path("stage").stringValue()).isEqualTo("closed");
        assertThat(job.at("/report/stages")
                        .valueStream()
                        .map(it -> it.path("from").stringValue()))
                .isNotEmpty()
                .containsOnly("closed");
    }

    @Test
    void the_same_rule_set_changes_nothing() {
        Ended ended = run("what-if", "default");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out().lines())
                .containsExactly(
                        "default@1  instead of  default@1",
                        "54 deals: 0 in another stage (0.0 %), 0 with other gaps; 0 differ in all");
    }

    @Test
    void what_cannot_be_tried_is_told() throws Exception {
        Path wrong =
                Files.writeString(folder.resolve("wrong.yaml"), "name: wrong\nversion: one\nkinds: {}\nstages: []\n");

        Ended file = run("what-if", wrong.toString());
        assertThat(file.exitCode()).isEqualTo(1);
        assertThat(file.err()).contains(wrong + ":2: a whole number is expected here");
        Ended name = run("what-if", "strictest");
        assertThat(name.exitCode()).isEqualTo(1);
        assertThat(name.err()).contains("neither a file nor one of [default, strict-table, strict-pipeline]");
        Ended stage = run("what-if", "default", "--stage", "briefd");
        assertThat(stage.exitCode()).isEqualTo(1);
        assertThat(stage.err()).contains("'stage' is one of [none, lead_created, briefed");
        for (String[] usage :
                List.of(new String[] {"what-if"}, new String[] {"what-if", "default", "--limit", "101"}, new String[] {
                    "up", "--accept-moves", "-1"
                })) {
            assertThat(run(usage).exitCode()).as(Arrays.toString(usage)).isEqualTo(2);
        }
    }
}
