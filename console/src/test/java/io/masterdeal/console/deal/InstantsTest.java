package io.masterdeal.console.deal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    @ParameterizedTest
    @CsvSource({
        "2026-05-03T18:00,2026-05-03T15:00:00Z",
        "2026-05-03T18:00:05,2026-05-03T15:00:05Z",
        "2026-05-03,2026-05-03T20:59:59.999Z",
        "2026-05-03T18:00:00Z,2026-05-03T18:00:00Z"
    })
    void what_is_typed_is_read_in_the_time_zone_of_the_page(String typed, Instant expected) {
        assertThat(Instants.typed(typed, MOSCOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13-01", "2026-05-03T", "<script>"})
    void other_texts_are_no_instants(String typed) {
        assertThat(Instants.typed(typed, MOSCOW)).isEmpty();
    }

    @Test
    void a_field_of_a_form_holds_what_can_be_typed() {
        Instant at = Instant.parse("2026-05-03T15:00:05Z");

        assertThat(Instants.typed(Instants.field(at, MOSCOW), MOSCOW)).contains(at);
    }
}
