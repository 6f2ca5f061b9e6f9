package io.masterdeal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids from names are those that RFC 9562 and other implementations give. */
class NameUuidTest {

    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    @Test
    void the_example_of_rfc_9562_comes_out() {
        assertThat(NameUuid.of(DNS, "www.example.com")).hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    @ParameterizedTest
    @CsvSource({
        "urn:masterdeal:deal, aa121119-72bc-52fb-bf4e-dc95e6e93139",
        "urn:masterdeal:replay, f8c64fe0-8600-50bd-8e1a-01592956c405"
    })
    void ids_in_the_url_namespace_are_those_of_other_implementations(String name, String id) {
        assertThat(NameUuid.of(NameUuid.URL_NAMESPACE, name)).hasToString(id);
    }

    @ParameterizedTest
    @CsvSource({
        "crm:deal:D1, d7006ecc-a063-5d89-8c9b-ab438dd37c07",
        "crm:deal:\uD83D\uDE00\u00E9, f203e604-8025-5d1e-8de3-b7b8c495d23b"
    })
    void the_id_of_a_deal_follows_from_the_key_of_its_root(String root, String id) {
        MasterDealId dealId = MasterDealId.of(new ObjectKey(root));

        assertThat(dealId).hasToString(id);
        assertThat(dealId.value().version()).isEqualTo(5);
        assertThat(dealId.value().variant()).isEqualTo(2);
    }

    @Test
    void only_a_root_has_the_id_of_a_deal() {
        assertThatThrownBy(() -> MasterDealId.of(new ObjectKey("crm:deals:D1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only a crm:deal is the root of a deal, not crm:deals:D1");
    }
}
