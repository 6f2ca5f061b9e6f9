package io.masterdeal.role.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {

    @Test
    void fields_are_decoded_and_those_of_one_name_keep_their_order() {
        assertThat(FormFields.read("name=%D0%90%D0%BD%D0%BD%D0%B0+R&tag=1&tag=2&empty=&bare".getBytes(UTF_8)))
                .containsOnlyKeys("name", "tag", "empty", "bare")
                .containsEntry("name", List.of("Анна R"))
                .containsEntry("tag", List.of("1", "2"))
                .containsEntry("empty", List.of(""))
                .containsEntry("bare", List.of(""));
        assertThat(FormFields.read(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%00"})
    void what_is_not_encoded_as_a_form_is_refused(String body) {
        assertThatThrownBy(() -> FormFields.read(body.getBytes(UTF_8))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_form_has_at_most_a_thousand_fields() {
        assertThat(FormFields.read("a=1&".repeat(999).concat("b=2").getBytes(UTF_8)))
                .containsOnlyKeys("a", "b");
        assertThatThrownBy(
                        () -> FormFields.read("a=1&".repeat(1000).concat("b=2").getBytes(UTF_8)))
                .hasMessageContaining("1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=UTF-8"})
    void the_content_type_tells_a_form(String type) {
        assertThat(FormFields.isForm(type)).isTrue();
        assertThat(FormFields.isForm("application/json")).isFalse();
        assertThat(FormFields.isForm(null)).isFalse();
    }
}
