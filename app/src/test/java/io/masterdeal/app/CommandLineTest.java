package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, wrong usage, and errors of the command line. */
class CommandLineTest {

    private static final int FAILED = 1;

    private static final int WRONG_USAGE = 2;

    private static final int INCOMPLETE = 3;

    private static final String EVENTS = TestPlatform.sample("events.jsonl").toString();

    private static final String DEALS = TestPlatform.sample("deals.csv").toString();

    private static final String MAPPING =
            TestPlatform.sample("deals.mapping.json").toString();

    @TempDir
    private Path folder;

    /** The exit code and the output of a command. */
    private record Ended(int exitCode, String out, String err) {}

    private static Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = MasterDeal.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ended(exitCode, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "demo",
                "console",
                "keys",
                "send",
                "deal",
                "deals",
                "why",
                "counts",
                "orphans",
                "ledger",
                "messages",
                "delays",
                "dead-letters",
                "refusals",
                "audit",
                "subscriptions",
                "routes",
                "replay",
                "sla",
                "what-if",
                "intake",
                "parked",
                "rebuild",
                "republish",
                "bench"
            })
    void help_of_every_command_names_its_options_and_exit_codes(String command) {
        Ended ended = run(command, "--help");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .startsWith("Usage: masterdeal " + command)
                .contains("Exit codes:")
                .containsPattern("(?m)^ +1 +\\S+")
                .containsPattern("(?m)^ +2 +wrong usage");
        CommandLine described =
                Objects.requireNonNull(MasterDeal.commandLine().getSubcommands().get(command));
        assertThat(described.getCommandSpec().options())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(ended.out()).contains(option.longestName()))
                .allSatisfy(option -> assertThat(option.description())
                        .as(option.longestName())
                        .isNotEmpty());
    }

    /** The user's options come later, and may switch it off. */
    @Test
    void the_launcher_ends_a_program_that_runs_out_of_memory() throws IOException {
        assertThat(Files.readString(TestPlatform.home().resolve("masterdeal")))
                .containsSubsequence(
                        "exec ",
                        "-XX:+ExitOnOutOfMemoryError",
                        "${MASTERDEAL_JAVA_OPTS-}",
                        "io.masterdeal.app.MasterDeal");
    }

    @Test
    void sla_check_names_the_policies_or_the_mistake_with_its_line(@TempDir Path folder) throws IOException {
        assertThat(run("sla", "check", "default").out())
                .startsWith("default@1: lead-to-close, brief-to-offer, offer-to-contracting");

        Path policies = Files.writeString(folder.resolve("ours.yaml"), """
                name: ours
                version: 2
                policies:
                  - policy: offer
                    start: {holds: briefed}
                    stop: {stage: {reached: ofer_ready}}
                    target: 24h
                """);
        Ended ended = run("sla", "check", policies.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains(policies + ":6: policy 'offer': the rule set default@1 has no stage 'ofer_ready'")
                .doesNotContain("\tat ");
    }

    @Test
    void the_commands_tested_here_are_all_there_are() {
        assertThat(MasterDeal.commandLine().getSubcommands().keySet())
                .containsExactlyInAnyOrder(
                        "up",
                        "demo",
                        "console",
                        "keys",
                        "send",
                        "deal",
                        "deals",
                        "why",
                        "counts",
                        "orphans",
                        "ledger",
                        "messages",
                        "delays",
                        "dead-letters",
                        "refusals",
                        "operations",
                        "audit",
                        "subscriptions",
                        "routes",
                        "replay",
                        "sla",
                        "what-if",
                        "intake",
                        "parked",
                        "rebuild",
                        "republish",
                        "bench",
                        "help");
    }

    @Test
    void help_of_the_program_names_the_commands_and_exit_codes() {
        Ended ended = run("--help");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out())
                .contains(
                        "up ",
                        "send ",
                        "deal ",
                        "deals ",
                        "replay ",
                        "rebuild ",
                        "republish ",
                        "bench ",
                        "Exit codes:",
                        "./masterdeal test --long")
                .containsPattern("(?m)^ +3 +a replay ended, but");
        assertThat(run("help", "replay").out())
                .isEqualTo(run("replay", "--help").out());
        assertThat(run("--version").out()).startsWith("MasterDeal ");
    }

    @Test
    void wrong_usage_is_told_with_what_was_meant() {
        assertWrong("Missing command.");
        assertWrong("Unmatched argument at index 0: 'relpay'", "relpay");
        assertWrong("Unknown option: '--datta'", "rebuild", "--datta");
        assertWrong("there is no benchmark 'speed'; there are: intake, latency, growth", "bench", "speed");
        assertWrong("--runs is 1 to 100, not 0.", "bench", "--runs", "0");
        assertWrong("--second-on is a list of processors", "bench", "--second-on", "1; reboot");
        assertWrong("--rate is 10 to 100000, not 1.", "bench", "--rate", "1");
        assertWrong("--seconds is 2 to 3600, and makes at most 2000000 events", "bench", "--seconds", "3000");
        assertWrong("--only: there is no 'nobody'; there are: masterdeal, two_processes,", "bench", "--only", "nobody");
        assertWrong(
                "--only: there is no 'masterdeal'; there are: evaluate, deadlines, intake, newest, calendar.",
                "bench",
                "sla",
                "--only",
                "masterdeal");
        assertWrong("--deadlines is 10 to 5000000, not 1.", "bench", "sla", "--deadlines", "1");
        assertWrong("--clocks is 10 to 10000000, not 1.", "bench", "sla", "--clocks", "1");
        assertWrong("/nowhere/x.json cannot be written", "bench", "--json", "/nowhere/x.json");
        assertWrong("Name an event log, or a mapping that names its sources.", "replay");
        assertWrong("Missing required parameter: 'FILE'", "send");
        assertWrong("Missing required parameter: 'ID'", "deal");
        assertWrong("Give --known-at or --learned, not both.", "deal", "X", "--known-at=2026-05-03", "--learned=x..");
        assertWrong("--facts shows what there is today", "deal", "X", "--facts", "--known-at=2026-05-03");
        assertWrong("--objects shows what there is today", "deal", "X", "--learned=2026-05-03..", "--objects");
        assertWrong("--rules and --zone are for --known-at and --learned", "deal", "X", "--zone", "UTC");
        assertWrong("Invalid value for option '--limit'", "deals", "--limit", "many");
        assertWrong("--limit is 1 to 1000, not 0.", "dead-letters", "--limit", "0");
        assertWrong(
                "Give either --partition or --all.",
                "intake",
                "resume",
                "--topic",
                "crm.events",
                "--from",
                "first",
                "--reason",
                "x");
        assertWrong("--duplicates is 0 to 1000, not 2000.0.", "replay", EVENTS, "--duplicates", "2000");
        assertWrong("Invalid value for option '--shuffle'", "replay", EVENTS, "--shuffle", "often");
        assertWrong("there is no role 'warehouse'; there are: all, service, gateway", "up", "--roles", "warehouse");
        assertWrong(
                "--postgres needs --postgres-user and --postgres-password-file.",
                "up",
                "--data",
                folder.toString(),
                "--postgres",
                "jdbc:postgresql://127.0.0.1/x");
        assertWrong(
                "--postgres-login is ROLE=NAME:FILE, with a role that uses PostgreSQL (service, router, console)",
                "up",
                "--data",
                folder.toString(),
                "--postgres",
                "jdbc:postgresql://127.0.0.1/x",
                "--postgres-login",
                "gateway=masterdeal_gateway:none.password");
        assertWrong(
                "The report cannot be written to " + folder + ": name a file in a directory you may write to.",
                "replay",
                EVENTS,
                "--report",
                folder.toString());
    }

    private static void assertWrong(String message, String... arguments) {
        Ended ended = run(arguments);

        assertThat(ended.exitCode()).as(Arrays.toString(arguments)).isEqualTo(WRONG_USAGE);
        assertThat(ended.err())
                .startsWith(message)
                .containsPattern("Usage: masterdeal|Did you mean: |Possible solutions: ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void without_a_platform_every_command_that_needs_one_says_how_to_start_one() {
        for (String[] command : List.of(
                new String[] {"replay", EVENTS},
                new String[] {"send", EVENTS},
                new String[] {"deal", "crm:deal:D-1"},
                new String[] {"deals"},
                new String[] {"counts"},
                new String[] {"intake"},
                new String[] {"intake", "resume", "--topic", "crm.events", "--all", "--from", "first", "--reason", "x"},
                new String[] {"rebuild"},
                new String[] {"republish"})) {
            String[] arguments = Arrays.copyOf(command, command.length + 2);
            arguments[command.length] = "--data";
            arguments[command.length + 1] = folder.toString();

            assertFailed(
                    run(arguments),
                    "no platform runs with data directory " + folder,
                    "Start one with './masterdeal up', or name its directory with --data.");
        }
    }

    @Test
    void logs_and_mappings_that_are_not_there_are_told_before_anything_is_started() {
        Path missing = folder.resolve("missing.json");

        assertFailed(run("replay", "--mapping", missing.toString(), "--local"), missing.toString(), "");
        assertFailed(run("replay", missing.toString(), "--local"), missing.toString(), "");
        assertFailed(run("replay", DEALS, "--local"), DEALS, "--mapping FILE");
        assertFailed(run("replay", EVENTS, "--mapping", MAPPING, "--local"), EVENTS, "Leave the mapping out.");
    }

    @Test
    void a_file_of_subscriptions_that_is_not_there_is_told_before_anything_is_started() {
        Path nothing = folder.resolve("nothing.yaml");

        Ended ended = run("up", "--data", folder.resolve("data").toString(), "--subscriptions", nothing.toString());

        assertThat(ended.exitCode()).isEqualTo(WRONG_USAGE);
        assertThat(ended.err()).contains("--subscriptions: " + nothing + " cannot be read.");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_rule_set_that_is_unknown_or_wrong_is_told_before_anything_is_started() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "name: wrong\nstages: 5\n");
        Path data = folder.resolve("data");

        assertFailed(
                run("replay", EVENTS, "--local", "--rules", "strikt"),
                "strikt",
                "neither a file nor one of [default, strict-table, strict-pipeline]");
        assertFailed(
                run("up", "--data", data.toString(), "--rules", "strikt"),
                "strikt",
                "neither a file nor one of [default, strict-table, strict-pipeline]");
        assertFailed(run("up", "--data", data.toString(), "--rules", wrong.toString()), wrong.toString(), "");
        assertThat(data).doesNotExist();
    }

    @Test
    void wrong_sla_policies_are_told_before_anything_is_started() throws IOException {
        Path data = folder.resolve("data");
        Path policies = Files.writeString(folder.resolve("ours.yaml"), """
                name: ours
                version: 1
                policies:
                  - policy: offer
                    start: {holds: briefed}
                    stop: {stage: {reached: offer_ready}}
                    target: 3 days
                """);
        Path config = Files.writeString(
                folder.resolve("more.properties"), "masterdeal.service.sla.policies=" + policies + "\n");

        assertFailed(
                run("up", "--data", data.toString(), "--config", config.toString()),
                policies + ":7: '3 days' is no duration like 40h",
                "");
        assertFailed(
                run("replay", EVENTS, "--local", "--sla-policies", policies.toString()),
                policies + ":7: '3 days' is no duration like 40h",
                "");
        assertThat(data).doesNotExist();
    }

    @Test
    void another_rule_set_than_that_of_the_running_platform_is_an_error_that_says_how() throws Exception {
        TestPlatform platform = TestPlatform.empty();
        String data = platform.data().toString();
        String report = folder.resolve("report.jsonl").toString();

        assertFailed(
                run("replay", EVENTS, "--data", data, "--rules", "strict-table", "--report", report),
                "the running platform makes its answers with rule set default@",
                "Start it with 'up --rules strict-table', or replay with --local.");
        assertThat(platform.query("SELECT count(*) FROM facts")).isEqualTo("0");
        assertThat(run("replay", EVENTS, "--data", data, "--rules", "default", "--report", report)
                        .exitCode())
                .isZero();
    }

    @Test
    void bad_lines_of_a_log_are_told_with_their_place_and_the_rest_is_sent() throws Exception {
        // given
        TestPlatform platform = TestPlatform.empty();
        List<String> events = Files.readAllLines(Path.of(EVENTS));
        events.add(3, "{\"specversion\":\"1.0\", no event");
        events.add(events.getFirst()
                .replace("\"crm.offer.sent\"", "\"crm.offer.lost.in.the.mail\"")
                .replaceFirst("\"id\":\"........", "\"id\":\"00000000"));
        Path log = Files.write(folder.resolve("damaged.jsonl"), events);
        Path report = folder.resolve("report.jsonl");

        // when
        Ended ended =
                run("replay", log.toString(), "--data", platform.data().toString(), "--report", report.toString());

        // then
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(INCOMPLETE);
        assertThat(ended.err())
                .contains("damaged.jsonl, line 4: not JSON: ")
                .contains("damaged.jsonl, line " + events.size() + ": event 00000000-")
                .contains(" was refused: /type is unknown to the event catalog: \"crm.offer.lost.in.the.mail\"")
                .contains("79 events sent, 1 refused, 1 parts of the log unreadable")
                .doesNotContain("\tat ");
        assertThat(report).hasContent(TestPlatform.expected("events.default.jsonl"));
    }

    @Test
    void a_report_may_be_compressed_and_the_sources_named_by_the_mapping() throws Exception {
        TestPlatform platform = TestPlatform.empty();
        Path report = folder.resolve("report.jsonl.gz");

        Ended ended = run(
                "replay", "--mapping", MAPPING, "--data", platform.data().toString(), "--report", report.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(Reference.unpacked(report)).isEqualTo(TestPlatform.expected("deals.default.jsonl"));
        assertThat(ended.err()).contains("54 deals; 560 events sent, 0 refused, 0 parts of the log unreadable");
    }

    private static void assertFailed(Ended ended, String what, String next) {
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(FAILED);
        assertThat(ended.err()).startsWith("masterdeal: ").contains(what, next).doesNotContain("\tat ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void a_person_gets_a_key_by_command_and_loses_it_again() throws IOException {
        // given
        String data = folder.resolve("data").toString();
        assertThat(run("keys", "list", "--data", data).out()).contains("No person has a key");

        // when
        Ended made = run("keys", "create", "anna-reed", "--role", "operator", "--name", "Анна Рид", "--data", data);

        // then
        assertThat(made.exitCode()).isZero();
        Path file = Path.of(made.out().strip());
        assertThat(Files.readString(file)).startsWith("md_anna-reed_");
        assertThat(run("keys", "list", "--data", data).out()).containsPattern("anna-reed +operator +Анна Рид");
        assertThat(run("keys", "create", "anna-reed", "--role", "viewer", "--data", data)
                        .err())
                .contains("anna-reed has a key already");
        assertThat(run("keys", "create", "boris", "--role", "root", "--data", data)
                        .exitCode())
                .isEqualTo(WRONG_USAGE);

        // when
        Ended revoked = run("keys", "revoke", "anna-reed", "--data", data);

        // then
        assertThat(revoked.exitCode()).isZero();
        assertThat(file).doesNotExist();
        assertThat(run("keys", "revoke", "anna-reed", "--data", data).err()).contains("there is no key of anna-reed");
    }

    @Test
    void a_link_is_asked_of_a_running_console_only() {
        Ended ended = run("console", "link", "--data", folder.toString());

        assertThat(ended.exitCode()).isEqualTo(FAILED);
        assertThat(ended.err()).contains("no platform runs with data directory");
        assertThat(run("console", "link", "--right", "admin").exitCode()).isEqualTo(WRONG_USAGE);
    }
}
