package io.masterdeal.app.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReaderTest {

    @TempDir
    private Path folder;

    private LogFiles files = new LogFiles(Path.of(""));

    @BeforeEach
    void files() {
        files = new LogFiles(folder);
    }

    @Test
    void scattered_rows_of_a_case_are_counted_together_and_its_attributes_are_those_of_its_first_row()
            throws IOException {
        LogFiles.Read read = files.read("log.csv", "csv", """
                deal,at,what,case:client,note
                D-1,2026-01-01,Sent,Acme,a
                D-2,2026-01-02,Sent,Bolt,b
                D-1,2026-01-03,Sent,Changed,c
                D-2,2026-01-04,Asked,,d
                D-1,2026-01-05,Asked,,e
                """);

        assertThat(read.field("subject"))
                .containsExactly(
                        "crm:deal:D-1/0/Sent/1/Acme/a",
                        "crm:deal:D-2/0/Sent/1/Bolt/b",
                        "crm:deal:D-1/1/Sent/2/Acme/c",
                        "crm:deal:D-2/1/Asked/1/Bolt/d",
                        "crm:deal:D-1/2/Asked/2/Acme/e");
        assertThat(read.events()).extracting(ReplayEvent::position).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(read.events()).extracting(ReplayEvent::file).containsOnly("log.csv");
        assertThat(read.problems()).isEmpty();
    }

    @Test
    void quoted_fields_may_hold_commas_quotation_marks_and_line_ends() throws IOException {
        LogFiles.Read read = files.read(
                "log.csv",
                "csv",
                "deal,at,what,note\r\n\"D,1\",2026-01-01,Sent,\"say \"\"yes\"\"\r\nor no\"\r\nD-2,2026-01-02,Sent,x\r\n");

        assertThat(read.field("subject"))
                .containsExactly("crm:deal:D,1/0/Sent/1//say \"yes\"\r\nor no", "crm:deal:D-2/0/Sent/1//x");
        assertThat(read.events()).extracting(ReplayEvent::position).containsExactly(2L, 4L);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_column_and_a_compressed_log_is_unpacked() throws IOException {
        LogFiles.Read read = files.read("log.csv.gz", "csv", "\uFEFFdeal,at,what\nСделка-1,2026-01-01,Sent\n");

        assertThat(read.field("subject")).containsExactly("crm:deal:Сделка-1/0/Sent/1//");
    }

    @Test
    void a_time_without_offset_is_in_the_zone_of_the_source() throws IOException {
        LogFiles.Read read = files.read("log.csv", "csv", """
                deal,at,what
                D-1,2026-01-01T10:00:00.1239,Sent
                D-1,2026-01-01T10:00:00+00:00,Sent
                """);

        assertThat(read.field("time")).containsExactly("2026-01-01T07:00:00.123Z", "2026-01-01T10:00:00.000Z");
    }

    @Test
    void a_bad_row_is_told_of_and_the_others_are_read() throws IOException {
        LogFiles.Read read = files.read("log.csv", "csv", """
                deal,at,what
                D-1,,Sent

                D-1,soon,Sent
                ,2026-01-01,Sent
                D-1
                D-1,2026-01-02,Sent
                D-2,2026-01-02,Sent,too,many
                """);

        assertThat(read.field("subject")).containsExactly("crm:deal:D-1/3/Sent/3//", "crm:deal:D-2/0/Sent/1//");
        assertThat(read.messages())
                .containsExactly(
                        "log.csv, line 2 (case D-1, event 0): no time in \"at\"; write one such as 2026-03-01T09:30:00Z",
                        "log.csv, line 4 (case D-1, event 1): \"soon\" in \"at\" is not a time in ISO 8601 such as"
                                + " 2026-03-01T09:30:00Z",
                        "log.csv, line 5: no case id in column \"deal\"",
                        "log.csv, line 6 (case D-1, event 2): no time in \"at\"; write one such as 2026-03-01T09:30:00Z");
        assertThat(read.counted()).isEqualTo(4);
    }

    @Test
    void a_row_that_is_not_utf_8_is_told_of_and_still_counted_in_its_case() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("deal,at,what,note\nD-1,2026-01-01,Sent,caf".getBytes(StandardCharsets.US_ASCII));
        bytes.write(0xE9);
        bytes.writeBytes("\nD-1,2026-01-02,Sent,x\n".getBytes(StandardCharsets.US_ASCII));
        files.bytes("log.csv", bytes.toByteArray());

        LogFiles.Read read = files.read(null, files.mapping("log.csv", "csv"));

        assertThat(read.field("subject")).containsExactly("crm:deal:D-1/1/Sent/2//x");
        assertThat(read.messages())
                .singleElement()
                .asString()
                .contains("line 2 (case D-1, event 0): bytes that are not UTF-8");
    }

    @Test
    void a_column_that_the_mapping_reads_and_the_log_lacks_is_told_with_those_there_are() {
        assertThatThrownBy(() -> files.read("log.csv", "csv", "deal;at;what\nD-1;2026-01-01;Sent\n"))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("there is no column \"deal\"")
                .hasMessageContaining("the columns are deal;at;what");
    }

    @Test
    void two_columns_of_one_name_are_refused() {
        assertThatThrownBy(() -> files.read("log.csv", "csv", "deal,at,what,at\n"))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("two columns are named \"at\"");
    }

    @Test
    void an_empty_log_is_told() {
        for (String name : List.of("log.csv", "log.csv.gz")) {
            assertThatThrownBy(() -> files.read(name, "csv", ""))
                    .isInstanceOf(EventLogException.class)
                    .hasMessageContaining(name + ": empty. A csv log begins with a line that names the columns.");
        }
    }

    @Test
    void a_quotation_mark_that_is_never_closed_is_told() {
        assertThatThrownBy(() ->
                        files.read("log.csv", "csv", "deal,at,what\nD-1,2026-01-01,\"Sent\nD-2,2026-01-01,Sent\n"))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("near line 2")
                .hasMessageContaining("quotation mark that is not closed");
    }

    @Test
    void one_that_draws_in_more_than_an_item_may_take_stops_at_the_bound() {
        String endless = "D-1,2026-01-01,Sent\n".repeat(LogStream.MAX_ITEM_BYTES / 15);

        assertThatThrownBy(() -> files.read("log.csv", "csv", "deal,at,what\nD-1,2026-01-01,\"Sent\n" + endless))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining("one item is longer than " + LogStream.MAX_ITEM_BYTES + " bytes");
    }
}
