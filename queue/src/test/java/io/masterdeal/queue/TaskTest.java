package io.masterdeal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a task may be. */
class TaskTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    @Test
    void a_payload_may_have_512_KiB_and_not_a_byte_more() {
        // given two bytes a letter
        String most = "я".repeat(Task.MOST_PAYLOAD_BYTES / 2);

        // then
        assertThat(new Task(ID, "work", most, Map.of()).payload()).isEqualTo(most);
        assertThatThrownBy(() -> new Task(ID, "work", most + "!", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the payload of task " + ID + " has 524,289 bytes, and 524,288 are allowed: store large data"
                                + " elsewhere, and send a reference to it");
    }

    @Test
    void headers_are_limited_too() {
        assertThatThrownBy(() -> new Task(ID, "work", "", Map.of("a", "x".repeat(Task.MOST_HEADER_BYTES))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the headers of task " + ID + " have 16,385 bytes, and 16,384 are allowed");
        assertThatThrownBy(() -> new Task(ID, "work", "", Map.of("A", "")))
                .hasMessageContaining("lower-case letters, digits and hyphens, not 'A'");
        assertThatThrownBy(() -> new Task(ID, "work", "", Map.of("a", "x\ny")))
                .hasMessage("the header 'a' has a control character");
    }

    @Test
    void an_invalid_text_is_refused_and_not_altered_silently() {
        assertThatThrownBy(() -> Task.of("work", "\ud83d"))
                .hasMessage("the payload has half of a surrogate pair, which is no text");
        assertThatThrownBy(() -> Task.of("two words", ""))
                .hasMessage(
                        "the type of a task is 1 to 100 letters, digits, dots, hyphens and underscores, not 'two words'");
    }
}
