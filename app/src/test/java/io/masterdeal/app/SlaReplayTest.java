package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.app.report.SlaReportFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The clocks of the sample deals, from the log through gateway, Kafka and service to a file. */
class SlaReplayTest {

    private static final Path DEALS = TestPlatform.sample("deals.csv");

    private static final Path MAPPING = TestPlatform.sample("deals.mapping.json");

    private static final String AT = "2026-02-20T12:00:00Z";

    @TempDir
    private Path folder;

    private String clocks(TestPlatform platform) throws Exception {
        Path file = folder.resolve("clocks.jsonl");
        new SlaReportFile(platform.service()).write(file, AT);
        return Files.readString(file);
    }

    @Test
    void the_clocks_do_not_depend_on_order_and_copies() throws Exception {
        // given
        TestPlatform platform = TestPlatform.empty();
        platform.report(DEALS, MAPPING);

        // when
        String inOrder = clocks(platform);
        platform = TestPlatform.empty();
        platform.report(DEALS, MAPPING, 5L, 50);
        String shuffled = clocks(platform);

        // then
        assertThat(shuffled).isEqualTo(inOrder);
        JsonNode summary =
                JsonMapper.shared().readTree(inOrder.lines().toList().getLast()).path("summary");
        assertThat(summary.path("deals").intValue()).isEqualTo(54);
        assertThat(summary.path("cycles").intValue()).isEqualTo(202);
        assertThat(summary.path("breached_cycles").intValue()).isEqualTo(24);
        assertThat(summary.path("clocks").toString())
                .isEqualTo(
                        "{\"breached\":20,\"cancelled\":13,\"met\":98,\"not_started\":105,\"paused\":2,\"running\":59}");
    }

    @Test
    void the_clocks_are_those_of_the_oracle() throws Exception {
        // given
        Path index = TestPlatform.home().resolveSibling("shared").resolve("data/sla/expected/INDEX.jsonl");
        assumeTrue(Files.isReadable(index), "skipped: there is no " + index);
        TestPlatform platform = TestPlatform.empty();
        platform.report(DEALS, MAPPING);

        // when
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(clocks(platform).getBytes(StandardCharsets.UTF_8));

        // then
        String expected = Files.readAllLines(index).stream()
                .map(JsonMapper.shared()::readTree)
                .filter(it -> it.path("result").stringValue().equals("samples-deals.default.default.2026-02-20T12"))
                .findFirst()
                .orElseThrow()
                .path("sha256")
                .stringValue();
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(expected);
    }

    @Test
    void the_example_in_the_document_is_what_the_command_prints() throws Exception {
        // given
        TestPlatform platform = TestPlatform.empty();
        platform.report(TestPlatform.sample("events.jsonl"), null);
        List<String> document = Files.readAllLines(TestPlatform.home().resolve("docs/sla.md"));
        String prompt = "    $ ./masterdeal ";
        int line = 0;
        while (!document.get(line).startsWith(prompt + "sla show ")) {
            line++;
        }

        // when
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(
                List.of(document.get(line).substring(prompt.length()).split(" ")));
        arguments.addAll(List.of("--data", platform.data().toString()));
        int exitCode = MasterDeal.commandLine()
                .setOut(new PrintWriter(out, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .execute(arguments.toArray(String[]::new));

        // then
        assertThat(exitCode).isZero();
        List<String> printed = out.toString().lines().toList();
        List<String> written = document.subList(line + 1, line + 1 + printed.size()).stream()
                .map(String::stripLeading)
                .toList();
        assertThat(written).isEqualTo(printed.stream().map(String::stripLeading).toList());
    }
}
