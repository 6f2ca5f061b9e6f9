package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of attributes that answers have, as a setting gives it. */
class FieldNamesTest {

    @Test
    void names_mean_the_same_in_any_order_and_with_spaces() {
        FieldNames names = FieldNames.parse(" region, client,amount ");

        assertThat(names).isEqualTo(FieldNames.parse("amount,client,region"));
        assertThat(names.names()).containsExactly("amount", "client", "region");
        assertThat(names.meaning()).isNotEqualTo(FieldNames.DEFAULT.meaning());
        assertThat(FieldNames.parse("").names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "client,,region | there is a comma with no name beside it",
                "client, | there is a comma with no name beside it",
                "client,region,client | 'client' is there twice",
            })
    void a_list_that_is_none_is_refused_with_the_reason(String list, String reason) {
        assertThatThrownBy(() -> FieldNames.parse(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "masterdeal.deal-fields lists the attributes of deals that answers have: " + reason);
    }

    @Test
    void there_are_at_most_20_names_of_100_characters() {
        String twenty = IntStream.range(0, 20).mapToObj(i -> "n" + i).collect(Collectors.joining(","));
        String longest = "é".repeat(100);

        assertThat(FieldNames.parse(twenty).names()).hasSize(20);
        assertThat(FieldNames.parse(longest).names()).containsExactly(longest);
        assertThatThrownBy(() -> FieldNames.parse(twenty + ",one"))
                .hasMessageEndingWith("it has at most 20 names, not 21");
        assertThatThrownBy(() -> FieldNames.parse(longest + "é")).hasMessageEndingWith("has 101");
    }
}
