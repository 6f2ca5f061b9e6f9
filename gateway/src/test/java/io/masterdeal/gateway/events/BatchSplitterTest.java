package io.masterdeal.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.masterdeal.gateway.http.GatewayProblem;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSplitterTest {
    @Test
    void each_item_is_the_bytes_that_were_sent() {
        // when
        List<String> items = split(" [ {\"a\" : [1, {\"b\":\"]}\\\"\"}]} ,{} , [\"К\"],\n{\"К\":\"😀\"}\t] ");

        // then
        assertThat(items).containsExactly("{\"a\" : [1, {\"b\":\"]}\\\"\"}]}", "{}", "[\"К\"]", "{\"К\":\"😀\"}");
    }

    @Test
    void a_byte_order_mark_moves_nothing() {
        assertThat(split("\uFEFF[{\"a\":1},{\"b\":2}]")).containsExactly("{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void bytes_that_are_no_utf_8_are_a_fault_of_their_item_alone() {
        byte[] body = "[{\"a\":\"~\"},{\"b\":\"К\"}]".getBytes(StandardCharsets.UTF_8);
        body[7] = (byte) 0xff;

        List<byte[]> items = BatchSplitter.split(body);

        assertThat(items).hasSize(2);
        assertThat(items.getFirst()[6]).isEqualTo((byte) 0xff);
        assertThat(new String(items.getLast(), StandardCharsets.UTF_8)).isEqualTo("{\"b\":\"К\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"text, ] with } all\"", "null", "true", "-1.5e10"})
    void an_item_that_cannot_be_an_event_is_an_item(String item) {
        assertThat(split("[{\"a\":1}," + item + ",{\"b\":2}]"))
                .hasSize(3)
                .startsWith("{\"a\":1}")
                .endsWith("{\"b\":2}");
    }

    @Test
    void what_nests_too_deep_is_no_batch() {
        assertThat(refusal("[" + "[".repeat(100_000)).type()).isEqualTo(ProblemType.NOT_JSON);
    }

    @Test
    void a_batch_is_bounded() {
        assertThat(split("[" + "{},".repeat(999) + "{}]")).hasSize(1000);
        assertThat(refusal("[" + "{},".repeat(1000) + "{}]").type()).isEqualTo(ProblemType.TOO_LARGE);
    }

    private static List<String> split(String text) {
        return BatchSplitter.split(text.getBytes(StandardCharsets.UTF_8)).stream()
                .map(item -> new String(item, StandardCharsets.UTF_8))
                .toList();
    }

    private static GatewayProblem refusal(String text) {
        return catchThrowableOfType(RefusedRequestException.class, () -> split(text))
                .problem();
    }
}
