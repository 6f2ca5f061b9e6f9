package io.masterdeal.router.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Conditions on events, and the pauses between attempts. */
class FilterTest {

    private static final JsonNode EVENT = JsonMapper.shared()
            .readTree(
                    "{\"id\": \"1\", \"type\": \"dcm.invoice.issued\", \"subject\": \"dcm:invoice:I-1\","
                            + " \"data\": {\"amount\": 1200000, \"attributes\": {\"client\": \"Yantar\"}, \"links\": [\"crm:deal:D-1\"]}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | event.type == 'dcm.invoice.issued'",
                "false | event.type == 'dcm.invoice.paid'",
                "true | data.amount > 1000000",
                "true | data.attributes.client == 'Yantar' && data.links.exists(l, l.startsWith('crm:deal:'))",
                "false | data.attributes.client.size() > 20",
                "true | has(data.amount) && !has(data.discount)"
            })
    void a_condition_sees_attributes_and_data(boolean expected, String expression) {
        assertThat(Filter.parse(expression).judge(EVENT).passes()).isEqualTo(expected);
    }

    @Test
    void an_event_without_the_field_that_is_asked_for_does_not_pass_and_it_is_said_why() {
        Filter.Verdict verdict = Filter.parse("data.discount > 10").judge(EVENT);

        assertThat(verdict.passes()).isFalse();
        assertThat(verdict.because()).contains("cannot tell").contains("discount");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"event.type ==", "'text'", "unknown.name == 1", "event.type.nonsense()"})
    void what_is_no_condition_is_refused(String expression) {
        assertThatThrownBy(() -> Filter.parse(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pauses_grow_threefold_give_or_take_a_tenth_up_to_the_longest() {
        // given
        RetryPolicy policy = new RetryPolicy(9, Duration.ofSeconds(2), Duration.ofSeconds(60));
        Random random = new Random(7);

        // then
        for (int i = 0; i < 100; i++) {
            assertThat(policy.pauseAfter(1, random)).isBetween(Duration.ofMillis(1800), Duration.ofMillis(2200));
            assertThat(policy.pauseAfter(2, random)).isBetween(Duration.ofMillis(5400), Duration.ofMillis(6600));
            assertThat(policy.pauseAfter(8, random)).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
        }
    }
}
