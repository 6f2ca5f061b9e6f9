package io.masterdeal.role.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActorTest {

    @Test
    void only_the_console_names_the_person_it_acts_for() {
        assertThat(Actor.read("console", bytes(" Анна О'Нил "))).isEqualTo(new Actor("Анна О'Нил", "console"));
        assertThat(Actor.read("operator", bytes("Anna"))).isEqualTo(new Actor("operator", "operator"));
        assertThat(Actor.read("console", null)).isEqualTo(new Actor("console", "console"));
        assertThat(Actor.read("operator", "\u0007")).isEqualTo(new Actor("operator", "operator"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Мария Ветрова-Öz", "a+b %20 = c", "Анна О'Нил", "UTF-8''x"})
    void a_name_comes_through_a_header_in_ascii(String name) {
        String header = Actor.headerOf(name);

        assertThat(header).isASCII().startsWith("UTF-8''").doesNotContain(" ", "+");
        assertThat(Actor.read("console", header)).isEqualTo(new Actor(name, "console"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8''%", "UTF-8''%D0%zz", "UTF-8''", "UTF-8''%20", "UTF-8''a%07"})
    void an_encoded_name_that_is_none_names_nobody(String header) {
        assertThat(Actor.read("console", header)).isNull();
    }

    @Test
    void a_name_has_at_most_200_characters() {
        assertThat(Actor.read("console", bytes("я".repeat(200)))).isNotNull();
        assertThat(Actor.read("console", bytes("я".repeat(201)))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\tb", "a\u0007", "a\u202Eb", "a\u2028b", "\uE000"})
    void what_cannot_be_printed_names_nobody(String name) {
        assertThat(Actor.read("console", bytes(name))).isNull();
    }

    @Test
    void what_is_not_utf_8_names_nobody() {
        assertThat(Actor.read("console", "\u00ff")).isNull();
    }

    /** As a servlet container reads UTF-8. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
