package io.masterdeal.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectKeyTest {
    @Test
    void a_key_has_a_domain_a_kind_and_an_id_that_may_have_colons_and_any_letters() {
        var key = SubjectKey.parse("docflow:contract:К-9:2026 😀");

        assertThat(key.domain()).isEqualTo("docflow");
        assertThat(key.kind()).isEqualTo("docflow:contract");
        assertThat(key.id()).isEqualTo("К-9:2026 😀");
        assertThat(key).hasToString("docflow:contract:К-9:2026 😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "crm",
                "crm:deal",
                "crm:deal:",
                "CRM:deal:1",
                "crm:1deal:1",
                "crm::1",
                ":deal:1",
                "crm:de_al:1",
                "crm:deal:a\u0000",
                "crm:deal:a\n",
                "crm:deal:\u007f",
                "crm:deal:\ud800",
                "crm:deal:\udc00x",
                " crm:deal:1"
            })
    void an_invalid_key_is_refused(String text) {
        assertThatThrownBy(() -> SubjectKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("object key");
    }

    @Test
    void a_key_has_at_most_512_bytes_of_utf_8() {
        assertThat(SubjectKey.parse("crm:deal:" + "x".repeat(503)).value()).hasSize(512);
        assertThatThrownBy(() -> SubjectKey.parse("crm:deal:" + "Ж".repeat(252)))
                .hasMessageContaining("longer than 512 bytes");
    }

    @Test
    void keys_are_ordered_by_their_utf_8_bytes() {
        assertThat(SubjectKey.parse("crm:deal:\uff5e")).isLessThan(SubjectKey.parse("crm:deal:😀"));
    }
}
