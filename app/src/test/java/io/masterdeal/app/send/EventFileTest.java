package io.masterdeal.app.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.app.replay.log.EventLogException;
import io.masterdeal.app.send.ToSend.Binary;
import io.masterdeal.app.send.ToSend.Structured;
import io.masterdeal.app.send.ToSend.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of events is read in the mode that it has, and errors name their place. */
class EventFileTest {

    private static final String EVENT = "{\"id\":\"a\",\"type\":\"crm.deal.created\",\"data\":{\"amount\":1.10}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                EVENT,
                "\n  " + EVENT + "\n\n",
                "\uFEFF" + EVENT,
                "{\n  \"id\": \"a\",\n  \"type\": \"crm.deal.created\",\n  \"data\": {\"amount\": 1.10}\n}\n",
            })
    void a_json_object_is_one_event_on_one_line_or_on_many_and_its_numbers_stay(String text) throws Exception {
        List<ToSend> read = read(text);

        assertThat(read).hasSize(1);
        Structured event = (Structured) read.getFirst();
        assertThat(event.place()).isEmpty();
        assertThat(event.id()).isEqualTo("a");
        assertThat(event.type()).isEqualTo("crm.deal.created");
        assertThat(event.event()).hasToString(EVENT);
    }

    @Test
    void a_json_array_is_a_batch_in_its_order() throws Exception {
        List<ToSend> read = read(" [" + EVENT + ",\n5, " + EVENT.replace("\"a\"", "\"b\"") + "]");

        assertThat(read).extracting(ToSend::place).containsExactly("/0", "/1", "/2");
        assertThat(read).extracting(ToSend::id).containsExactly("a", null, "b");
        assertThat(read.get(1)).isEqualTo(new Unreadable("/1", "not a JSON object; each event is one"));
    }

    @Test
    void json_lines_are_an_event_a_line_and_a_bad_one_does_not_stop_the_others() throws Exception {
        String lines = "\n" + EVENT + "\r\n\n{\"id\":\"b\",\n[]\n" + EVENT + "\n{\"x\":\"" + "y".repeat(1 << 20)
                + "\"}\n" + EVENT;

        List<ToSend> read = read(lines);

        assertThat(read)
                .extracting(ToSend::place)
                .containsExactly("line 2", "line 4", "line 5", "line 6", "line 7", "line 8");
        assertThat(read).extracting(ToSend::id).containsExactly("a", null, null, "a", null, "a");
        assertThat(((Unreadable) read.get(1)).reason()).startsWith("not JSON: ").contains(" at column ");
        assertThat(((Unreadable) read.get(4)).reason()).startsWith("longer than 1048576 bytes");
    }

    @Test
    void a_compressed_file_is_read_whatever_its_name() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write((EVENT + "\n" + EVENT).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(read(packed.toByteArray())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /events HTTP/1.1\r\n", "POST http://127.0.0.1:8080/events\n"})
    void headers_and_data_are_an_event_in_binary_mode(String requestLine) throws Exception {
        List<ToSend> read = read(requestLine + """
                Host: example\r
                Authorization: Bearer somebody-elses-key
                ce-id: a
                CE-Type:crm.deal.created \r
                ce-subject: docflow:contract:%D0%9A-9
                ce-id: b
                traceparent: 00-1

                {"x":
                 "й"}
                """);

        assertThat(read).hasSize(1);
        Binary event = (Binary) read.getFirst();
        assertThat(event.headers())
                .containsOnlyKeys("ce-id", "ce-type", "ce-subject", "traceparent", "content-type")
                .containsEntry("ce-id", List.of("a", "b"))
                .containsEntry("ce-subject", List.of("docflow:contract:%D0%9A-9"))
                .containsEntry("content-type", List.of("application/json"));
        assertThat(event.type()).isEqualTo("crm.deal.created");
        assertThat(new String(event.data(), StandardCharsets.UTF_8)).isEqualTo("{\"x\":\n \"й\"}\n");
    }

    @Test
    void binary_mode_without_data_or_with_a_content_type_of_its_own_is_left_for_the_gateway_to_judge()
            throws Exception {
        Binary event = (Binary) read("ce-id: a\nContent-Type: text/plain").getFirst();

        assertThat(event.headers()).containsEntry("content-type", List.of("text/plain"));
        assertThat(event.data()).isEmpty();
        assertThat(event.type()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|f: there is no event in it.",
                "' \n '|f: there is no event in it.",
                "[]|f: there is no event in it.",
                "'[{]'|Nothing of the batch was sent.",
                "'hello'|f, line 1: neither JSON nor a header",
                "'Host: x\n\n{}'|f: there is no ce- header in it",
                "'ce-id: a\nce-subject: crm:deal:Й\n\n'|f, line 2: /subject must be ASCII in a header"
            })
    void what_is_no_file_of_events_is_told(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(EventLogException.class)
                .hasMessageContaining(message);
    }

    @Test
    void an_object_that_never_becomes_one_is_told_with_its_line() throws Exception {
        assertThat(read("{\n \"id\": \"a\",\n \"id\": \"b\"}"))
                .singleElement()
                .satisfies(it -> assertThat(((Unreadable) it).reason())
                        .startsWith("not JSON: Duplicate")
                        .contains(" at line 3"));
    }

    private static List<ToSend> read(String text) throws IOException, InterruptedException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ToSend> read(byte[] bytes) throws IOException, InterruptedException {
        var read = new ArrayList<ToSend>();
        EventFile.read("f", new ByteArrayInputStream(bytes), read::add);
        return read;
    }
}
