package io.masterdeal.app.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogsTest {

    private static final String EVENT = """
            {"specversion":"1.0","id":"%s","source":"%s","type":"crm.deal.updated","subject":"%s","data":{"budget":12.10}}""";

    @TempDir
    private Path folder;

    private LogFiles files = new LogFiles(Path.of(""));

    @BeforeEach
    void files() {
        files = new LogFiles(folder);
    }

    @Test
    void events_are_handed_on_as_they_stand() throws IOException {
        String first = EVENT.formatted("1", "/legal", "legal:case:L-1");
        String second =
                EVENT.formatted("2", "urn:elsewhere", "docflow:contract:K-1").replace("12.10", "{\"n\":[1E+3,null]}");
        Path log = files.text("events.jsonl.gz", "\uFEFF" + first + "\r\n\n" + second);

        LogFiles.Read read = files.read(log, null);

        assertThat(read.events()).extracting(e -> e.cloudEvent().toString()).containsExactly(first, second);
        assertThat(read.events()).extracting(ReplayEvent::domain).containsExactly("legal", "docflow");
        assertThat(read.events()).extracting(ReplayEvent::position).containsExactly(1L, 3L);
    }

    @Test
    void a_bad_line_is_told_of_and_the_others_are_read() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                "{\"a\": }\n[1]\n{\"a\":1,\"a\":2}\n{\"key\":\"crm:deal:1\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes((EVENT.formatted("1", "somewhere", "D-1") + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(new byte[] {'{', (byte) 0xFF, '}', '\n'});
        bytes.writeBytes(
                ("{\"a\":\"" + "x".repeat(JsonLinesReader.MAX_LINE_BYTES) + "\"}\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(("[".repeat(100) + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(EVENT.formatted("9", "/crm", "crm:deal:D-1").getBytes(StandardCharsets.UTF_8));

        LogFiles.Read read = files.read(files.bytes("events.jsonl", bytes.toByteArray()), null);

        assertThat(read.field("id")).containsExactly("9");
        assertThat(read.messages())
                .satisfiesExactly(
                        m -> assertThat(m)
                                .startsWith("events.jsonl, line 1: not JSON: ")
                                .contains("at column"),
                        m -> assertThat(m).startsWith("events.jsonl, line 2: not a JSON object"),
                        m -> assertThat(m).startsWith("events.jsonl, line 3: not JSON: Duplicate"),
                        m -> assertThat(m)
                                .startsWith("events.jsonl, line 4: no CloudEvent: \"specversion\" is missing"),
                        m -> assertThat(m).startsWith("events.jsonl, line 5: the domain cannot be told"),
                        m -> assertThat(m).startsWith("events.jsonl, line 6: not UTF-8"),
                        m -> assertThat(m).startsWith("events.jsonl, line 7: longer than 1048576 bytes"),
                        m -> assertThat(m).startsWith("events.jsonl, line 8: not JSON: "));
        assertThat(read.counted()).isEqualTo(8);
    }

    @Test
    void the_log_given_is_read_in_place_of_the_one_the_mapping_names() throws IOException {
        Path mapping = files.mapping("absent.csv", "csv");
        Path log = files.text("other.csv", "deal,at,what\nD-1,2026-01-01,Sent\n");

        assertThat(files.read(log, mapping).stories()).containsExactly("crm.deal.updated crm:deal:D-1/0/Sent/1//");
        assertThatThrownBy(() -> files.read(null, mapping))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("absent.csv: there is no such file");
    }

    @Test
    void all_logs_of_a_mapping_are_read_or_the_one_of_the_name_given() throws IOException {
        files.text("one.csv", "deal,at,what\nD-1,2026-01-01,Sent\n");
        files.text("two.csv", "deal,at,what\nD-2,2026-01-01,Sent\n");
        String one = Files.readString(files.mapping("one.csv", "csv"));
        String source = one.substring(one.indexOf("[{\"log\"") + 1, one.lastIndexOf("]}"));
        Path mapping = files.text("m.json", one.replace(source, source + "," + source.replace("one.csv", "two.csv")));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path log = new LogFiles(elsewhere).text("two.csv", "deal,at,what\nD-3,2026-01-01,Sent\n");

        assertThat(files.read(null, mapping).field("subject"))
                .containsExactly("crm:deal:D-1/0/Sent/1//", "crm:deal:D-2/0/Sent/1//");
        assertThat(files.read(log, mapping).field("subject")).containsExactly("crm:deal:D-3/0/Sent/1//");
        assertThatThrownBy(() -> files.read(files.text("three.csv", "deal\n"), mapping))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("[one.csv, two.csv]");
    }

    @Test
    void what_does_not_fit_together_is_told() throws IOException {
        Path events = files.text("e.jsonl", EVENT.formatted("1", "/crm", "crm:deal:1"));
        Path csv = files.text("e.csv", "deal,at,what\n");
        Path xes = files.text("e.xes", "\n<log/>");

        assertRefused(xes, null, "an XES log needs a mapping");
        assertRefused(csv, null, "these are no events (JSON lines)");
        assertRefused(null, null, "Neither a log nor a mapping is given");
        assertRefused(
                events, files.mapping("e.csv", "csv"), "these are events already (JSON lines). Leave the mapping out.");
        assertRefused(xes, files.mapping("e.csv", "csv"), "the mapping says csv, but the file is XML");
        assertRefused(csv, files.mapping("e.xes", "xes"), "the mapping says xes, but the file is not XML");
        assertRefused(folder, null, "this is a folder");
    }

    @Test
    void a_log_without_events_is_at_its_end_at_once() throws IOException {
        files.text("e.csv", "deal,at,what\n");
        for (EventLog log : List.of(
                EventLogs.open(files.text("e.jsonl", " \n"), null, problem -> {}),
                EventLogs.open(null, files.mapping("e.csv", "csv"), problem -> {}))) {
            try (log) {
                assertThat(log.hasNext()).isFalse();
                assertThat(log.total()).isEmpty();
                assertThatThrownBy(log::next).isInstanceOf(NoSuchElementException.class);
            }
        }
    }

    @Test
    void a_damaged_first_line_does_not_hide_that_a_file_holds_events() throws IOException {
        Path log = files.text("e.jsonl", "specversion\n" + EVENT.formatted("1", "/crm", "crm:deal:1"));

        LogFiles.Read read = files.read(log, null);

        assertThat(read.field("id")).containsExactly("1");
        assertThat(read.messages()).singleElement().asString().startsWith("e.jsonl, line 1: not JSON");
    }

    private void assertRefused(@Nullable Path log, @Nullable Path mapping, String message) {
        assertThatThrownBy(() -> files.read(log, mapping))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining(message);
    }
}
