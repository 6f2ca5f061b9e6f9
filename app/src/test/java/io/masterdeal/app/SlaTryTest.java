package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.rulesets.sla.SlaFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What changed policies would give, for a deal of a platform and for a log alone. */
class SlaTryTest {

    private static final String DEALS = TestPlatform.sample("deals.csv").toString();

    private static final String MAPPING =
            TestPlatform.sample("deals.mapping.json").toString();

    private static final String EVENTS = TestPlatform.sample("events.jsonl").toString();

    private static final String AT = "2026-02-20T12:00:00Z";

    @TempDir
    private Path folder;

    private Path changed = Path.of("");

    /** The exit code and the output of a command. */
    private record Ended(int exitCode, String out, String err) {}

    @BeforeEach
    void change_the_bundled_policies_as_the_document_says() throws Exception {
        String bundled = SlaFiles.policiesText(SlaFiles.DEFAULT);
        int policy = bundled.indexOf("policy: brief-to-offer");
        changed = Files.writeString(
                folder.resolve("new-policies.yaml"),
                bundled.substring(0, policy).replaceFirst("version: 1", "version: 2")
                        + bundled.substring(policy).replaceFirst("target: 24h", "target: 16h"));
    }

    private Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = MasterDeal.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .execute(arguments);
        return new Ended(exitCode, out.toString(), err.toString());
    }

    private Ended tryOnDeals(String policies, String... more) {
        return run(
                concat(new String[] {"sla", "try", policies, "--log", DEALS, "--mapping", MAPPING, "--at", AT}, more));
    }

    private static String[] concat(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    /** Runs the example of the document that begins so; its output has to be there, up to a line with dots. */
    private void assertIsInDocument(String example, String... more) throws Exception {
        String prompt = "    $ ./masterdeal ";
        List<String> document = Files.readAllLines(TestPlatform.home().resolve("docs/sla.md"));
        int line = 0;
        while (!document.get(line).startsWith(prompt + example)) {
            line++;
        }
        String[] arguments = Arrays.stream(
                        document.get(line).substring(prompt.length()).split(" "))
                .map(word -> word.equals("new-policies.yaml") ? changed.toString() : word)
                .map(word -> word.startsWith("samples/")
                        ? TestPlatform.home().resolve(word).toString()
                        : word)
                .toArray(String[]::new);

        Ended ended = run(concat(arguments, more));

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        List<String> written = document.subList(line + 1, document.size()).stream()
                .takeWhile(it -> it.startsWith("    ") && !it.equals("    ..."))
                .map(it -> it.substring(4))
                .toList();
        assertThat(written).hasSizeGreaterThan(2);
        assertThat(ended.out().lines().limit(written.size())).isEqualTo(written);
        if (!document.get(line + 1 + written.size()).equals("    ...")) {
            assertThat(ended.out().lines()).hasSize(written.size());
        }
    }

    @Test
    void the_examples_about_a_log_and_a_deal_are_what_the_command_prints() throws Exception {
        assertIsInDocument("sla try new-policies.yaml --log");

        TestPlatform platform = TestPlatform.empty();
        platform.report(Path.of(EVENTS), null);
        String data = platform.data().toString();
        assertIsInDocument("sla try new-policies.yaml --deal", "--data", data);

        Ended json =
                run("sla", "try", changed.toString(), "--deal", "crm:deal:E-10", "--json", "--data", data, "--at", AT);
        assertThat(JsonMapper.shared()
                        .readTree(json.out())
                        .at("/tried/policies")
                        .stringValue())
                .isEqualTo("default@2");
        Ended same = run("sla", "try", "default", "--deal", "crm:deal:E-10", "--data", data);
        assertThat(same.out()).contains("policies default@1 -> default@1").endsWith("  nothing differs\n");
        assertThat(run("sla", "try", "default", "--deal", "crm:deal:nobody", "--data", data)
                        .err())
                .isEqualTo("masterdeal: No fact names 'crm:deal:nobody'.\n");
        Path calendars = Files.writeString(folder.resolve("ours.yaml"), "calendars:\n  moscow: {zone: Moskva}\n");
        assertThat(run(
                                "sla",
                                "try",
                                "default",
                                "--calendars",
                                calendars.toString(),
                                "--deal",
                                "crm:deal:E-10",
                                "--data",
                                data)
                        .err())
                .startsWith("masterdeal: " + calendars + ":2: ");
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "name: wrong\n");
        assertThat(run("sla", "try", wrong.toString(), "--deal", "crm:deal:E-10", "--data", data)
                        .err())
                .startsWith("masterdeal: " + wrong + ":1: ");
    }

    @Test
    void a_log_is_evaluated_as_a_platform_would() throws Exception {
        // given
        Path index = TestPlatform.home().resolveSibling("shared").resolve("data/sla/expected/INDEX.jsonl");
        assumeTrue(Files.isReadable(index), "skipped: there is no " + index);
        Path report = folder.resolve("clocks.jsonl");

        // when
        Ended ended = tryOnDeals("default", "--report", report.toString());

        // then
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).endsWith("no deal differs\n");
        String expected = Files.readAllLines(index).stream()
                .map(JsonMapper.shared()::readTree)
                .filter(it -> it.path("result").stringValue().equals("samples-deals.default.default.2026-02-20T12"))
                .findFirst()
                .orElseThrow()
                .path("sha256")
                .stringValue();
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(report))))
                .isEqualTo(expected);
    }

    @Test
    void the_report_has_what_the_tried_policies_give() throws Exception {
        Path report = folder.resolve("clocks.jsonl");

        Ended ended = tryOnDeals(changed.toString(), "--report", report.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        List<String> lines = Files.readAllLines(report);
        assertThat(lines).hasSize(55);
        JsonNode summary = JsonMapper.shared().readTree(lines.getLast()).path("summary");
        assertThat(summary.path("policies").stringValue()).isEqualTo("default@2");
        assertThat(ended.out())
                .contains("breached cycles     24         "
                        + summary.path("breached_cycles").intValue());
    }

    @Test
    void the_present_policies_may_be_a_file_too() {
        Ended forth = tryOnDeals(changed.toString());
        Ended back = tryOnDeals("default", "--against", changed.toString());

        assertThat(forth.out()).contains("default@1  default@2").contains("met -> breached");
        assertThat(back.out()).contains("default@2  default@1").contains("breached -> met");
        assertThat(tryOnDeals(changed.toString(), "--against", changed.toString())
                        .out())
                .endsWith("no deal differs\n");
    }

    @Test
    void bundled_policies_that_do_not_fit_the_rule_set_are_none() throws Exception {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), """
                name: own
                version: 1
                kinds:
                  crm:deal: {order: [Deal Created]}
                stages:
                  - stage: opened
                    when: {ever: {is: Deal Created}}
                """);
        Path policies = Files.writeString(folder.resolve("own.yaml"), """
                name: own
                version: 3
                policies:
                  - policy: won
                    start: {holds: opened}
                    stop: {outcome: {is: won}}
                    target: 1h
                """);

        Ended ended = tryOnDeals(policies.toString(), "--rules", rules.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .startsWith("54 deals  at 2026-02-20T12:00:00.000Z, rule set own@1\n")
                .contains("none@0  own@3");
    }

    @Test
    void what_cannot_be_used_of_a_log_is_told_and_the_rest_is_evaluated() throws Exception {
        List<String> events = Files.readAllLines(Path.of(EVENTS));
        events.add(3, "{\"specversion\":\"1.0\", no event");
        events.add(events.getFirst().replace("\"crm.offer.sent\"", "\"crm.offer.lost.in.the.mail\""));
        Path log = Files.write(folder.resolve("damaged.jsonl"), events);

        Ended ended = run("sla", "try", "default", "--log", log.toString(), "--at", AT);

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err())
                .contains("damaged.jsonl, line 4: not JSON: ")
                .contains("damaged.jsonl, line " + events.size() + ": event e0ca802c-")
                .contains(" cannot be used: /type is unknown to the event catalog");
        assertThat(ended.out()).startsWith("13 deals");
    }

    @Test
    void wrong_files_and_wrong_usage_are_told_before_anything_is_read() throws Exception {
        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"), Files.readString(changed).replace("16h", "2 days"));
        Ended ended = tryOnDeals(wrong.toString());
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("masterdeal: " + wrong + ":")
                .contains("'2 days' is no duration like 40h")
                .doesNotContain("\tat ");

        assertWrong("Name a deal of the running platform (--deal), or an event log (--log, --mapping).", "default");
        assertWrong("--deal asks the running platform", "default", "--deal", "crm:deal:D", "--log", EVENTS);
        assertWrong("--deal asks the running platform", "default", "--deal", "crm:deal:D", "--rules", "default");
        assertWrong("--json prints the answer about a deal", "default", "--log", EVENTS, "--json");
        assertWrong("--at is an instant like", "default", "--log", EVENTS, "--at", "tomorrow");
        assertWrong("--at is an instant like", "default", "--deal", "crm:deal:D", "--at", "2200-01-01T00:00:00Z");
        assertWrong(
                "The report cannot be written to /nowhere/x.jsonl",
                "default",
                "--log",
                EVENTS,
                "--report",
                "/nowhere/x.jsonl");
    }

    private void assertWrong(String message, String... arguments) {
        Ended ended = run(concat(new String[] {"sla", "try"}, arguments));
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).startsWith(message);
        assertThat(ended.out()).isEmpty();
    }
}
