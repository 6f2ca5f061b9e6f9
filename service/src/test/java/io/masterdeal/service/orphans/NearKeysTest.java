package io.masterdeal.service.orphans;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.service.orphans.NearKeys.Near;
import io.masterdeal.service.orphans.NearKeys.Nearness;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys may be meant where another one is written. */
class NearKeysTest {

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "K-177083, K-177038, EDIT",
        "K-177083, K-17708, EDIT",
        "K-177083, K-1177083, EDIT",
        "K-177083, K-177183, EDIT",
        "K-177083, K177083, EDIT",
        "K177083, K-177083, EDIT",
        "K-177083, k-177083, EDIT",
        "K-177083, К-177083, LOOK_ALIKE",
        "К-177083, K-177083, LOOK_ALIKE",
        "АВС-1, ABC-1, LOOK_ALIKE",
        "ABС-1, ABC-1, LOOK_ALIKE"
    })
    void a_key_that_is_written_a_little_wrong_is_found(String written, String meant, Nearness nearness) {
        assertThat(NearKeys.of("docflow:contract:" + written))
                .contains(new Near("docflow:contract:" + meant, nearness));
    }

    @Test
    void a_key_is_not_near_to_itself_and_never_of_another_kind() {
        List<Near> near = NearKeys.of("legal:case:7");

        assertThat(near).extracting(Near::key).doesNotContain("legal:case:7").doesNotHaveDuplicates();
        assertThat(near)
                .allMatch(it -> it.key().startsWith("legal:case:") && it.key().length() > 11);
    }

    @Test
    void however_long_a_key_is_the_search_is_bounded() {
        assertThat(NearKeys.of("legal:case:" + "Abc-12".repeat(10))).hasSizeBetween(500, NearKeys.MOST);
        assertThat(NearKeys.of("legal:case:" + "x".repeat(490))).hasSizeLessThan(100);
    }
}
