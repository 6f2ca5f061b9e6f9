package io.masterdeal.app.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XesReaderTest {

    private static final String SENT =
            "<event><string key='concept:name' value='Sent'/><date key='time:timestamp' value='2026-01-01T10:00:00'/></event>";

    @TempDir
    private Path folder;

    private LogFiles files = new LogFiles(Path.of(""));

    @BeforeEach
    void files() {
        files = new LogFiles(folder);
    }

    @Test
    void attributes_of_traces_and_events_are_read_and_those_nested_in_them_are_not() throws IOException {
        LogFiles.Read read = files.read("log.xes.gz", "xes", """
                <?xml version="1.0" encoding="UTF-8"?>
                <log xmlns="http://www.xes-standard.org/">
                  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
                  <string key="concept:name" value="the log"/>
                  <trace>
                    <string key="concept:name" value="D-1"><string key="client" value="nested"/></string>
                    <string key="client" value="Acme &amp; Söhne"/>
                    <event>
                      <string key="concept:name" value="Sent"><string key="note" value="nested"/></string>
                      <date key="time:timestamp" value="2026-01-01T10:00:00.9999+01:00"/>
                    </event>
                    <event>
                      <string key="concept:name" value="Asked"/>
                      <string key="note" value="n"/>
                      <date key="time:timestamp" value="2026-01-01T10:00:00"/>
                    </event>
                  </trace>
                  <trace><string key="concept:name" value="D-2"/></trace>
                  <trace>
                    <string key="concept:name" value="D-3"/>
                    <event>
                      <string key="concept:name" value="Asked"/>
                      <date key="time:timestamp" value="2026-01-01T10:00:00Z"/>
                    </event>
                  </trace>
                </log>
                """);

        assertThat(read.field("subject"))
                .containsExactly(
                        "crm:deal:D-1/0/Sent/1/Acme & Söhne/",
                        "crm:deal:D-1/1/Asked/1/Acme & Söhne/n",
                        "crm:deal:D-3/0/Asked/0//");
        assertThat(read.field("time"))
                .containsExactly("2026-01-01T09:00:00.999Z", "2026-01-01T07:00:00.000Z", "2026-01-01T10:00:00.000Z");
        assertThat(read.events()).extracting(ReplayEvent::position).containsExactly(8L, 12L, 21L);
        assertThat(read.problems()).isEmpty();
    }

    @Test
    void trace_attributes_that_come_after_the_events_are_read_all_the_same() throws IOException {
        LogFiles.Read read = files.read(
                "log.xes",
                "xes",
                "<log><trace>" + SENT.repeat(2)
                        + "<string key='client' value='Acme'/><string key='concept:name' value='D-1'/>"
                        + "</trace></log>");

        assertThat(read.field("subject")).containsExactly("crm:deal:D-1/0/Sent/1/Acme/", "crm:deal:D-1/1/Sent/2/Acme/");
    }

    @Test
    void those_that_come_after_very_many_events_are_told_of() throws IOException {
        LogFiles.Read read = files.read(
                "log.xes",
                "xes",
                "<log><trace><string key='concept:name' value='D-1'/>" + SENT.repeat(XesReader.HELD_EVENTS + 1)
                        + "<string key='client' value='Acme'/><string key='other' value='x'/></trace></log>");

        assertThat(read.events()).hasSize(XesReader.HELD_EVENTS + 1);
        assertThat(read.messages())
                .singleElement()
                .asString()
                .contains("line 1 (case D-1): trace attribute \"client\" comes after more than 1000 events");
    }

    @Test
    void a_trace_without_id_is_told_of_once_and_left_out() throws IOException {
        LogFiles.Read read = files.read(
                "log.xes",
                "xes",
                "<log>\n<trace>" + SENT.repeat(3) + "</trace>\n<trace><string key='concept:name' value='D-2'/>" + SENT
                        + "</trace></log>");

        assertThat(read.field("subject")).containsExactly("crm:deal:D-2/0/Sent/1//");
        assertThat(read.messages())
                .containsExactly(
                        "log.xes, line 2: a trace without case id: it has no attribute \"concept:name\"; its events"
                                + " are left out");
    }

    @Test
    void an_event_without_a_time_is_told_of_and_the_others_are_read() throws IOException {
        LogFiles.Read read = files.read(
                "log.xes",
                "xes",
                "<log><trace><string key='concept:name' value='D-1'/>\n<event><string key='concept:name' value='Sent'/></event>\n"
                        + SENT + "</trace></log>");

        assertThat(read.field("subject")).containsExactly("crm:deal:D-1/1/Sent/2//");
        assertThat(read.messages())
                .singleElement()
                .asString()
                .startsWith("log.xes, line 2 (case D-1, event 0): no time in \"time:timestamp\"");
    }

    @Test
    void a_document_type_declaration_is_refused_and_nothing_from_elsewhere_is_read() throws IOException {
        Path secret = files.text("secret.txt", "secret");
        String log = "<!DOCTYPE log [<!ENTITY s SYSTEM '" + secret.toUri()
                + "'>]>\n<log><trace><string key='concept:name'" + " value='D-1'/>" + SENT + "</trace></log>";

        assertThatThrownBy(() -> files.read("log.xes", "xes", log))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("line 1: a document type declaration, which is not read");
    }

    @Test
    void a_log_cut_off_in_the_middle_gives_what_comes_before_and_is_told_with_its_line() throws IOException {
        files.text(
                "log.xes", "<log><trace><string key='concept:name' value='D-1'/>\n" + SENT + "</trace>\n<trace><str");
        Path mapping = files.mapping("log.xes", "xes");

        try (EventLog log = EventLogs.open(null, mapping, problem -> {})) {
            assertThat(log.next().cloudEvent().get("subject").stringValue()).startsWith("crm:deal:D-1/0");
            assertThatThrownBy(log::hasNext)
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining("log.xes, line 3: not well-formed XML")
                    .hasMessageContaining("Check that the file is whole.");
        }
    }

    @Test
    void elements_nested_without_end_are_refused() {
        String deep = "<string key='a' value='b'>".repeat(5000);

        assertThatThrownBy(() -> files.read("log.xes", "xes", "<log><trace>" + deep))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("not well-formed XML");
    }
}
