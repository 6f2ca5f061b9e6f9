package io.masterdeal.router.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Conditions on events, and the pauses between attempts. */
@Timeout(60)
class FilterTest {

    private static final String DOUBLED = ".map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a)";

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
        assertThat(Filter.parse(expression).evaluate(EVENT).passes()).isEqualTo(expected);
    }

    @Test
    void an_event_without_a_field_of_the_condition_does_not_pass_and_the_reason_says_so() {
        Filter.Verdict verdict = Filter.parse("data.discount > 10").evaluate(EVENT);

        assertThat(verdict.outcome()).isEqualTo(Filter.Outcome.FAILED);
        assertThat(verdict.because()).contains("cannot tell").contains("has(data.discount)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"event.type ==", "'text'", "unknown.name == 1", "event.type.nonsense()"})
    void an_invalid_condition_is_refused(String expression) {
        assertThatThrownBy(() -> Filter.parse(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.links.map(l, data.text + data.text).size() > 3",
                "data.links.map(l, data.text + data.text).exists(t, t == 'x')",
                "[data.text]" + DOUBLED + DOUBLED + DOUBLED + ".exists(t, t.size() == 5)",
                "[bytes(data.text)]" + DOUBLED + DOUBLED + DOUBLED + ".exists(t, t.size() == 5)",
                "[data.links]" + DOUBLED + DOUBLED + DOUBLED + DOUBLED + ".exists(t, t.size() == 5)",
                "data.links.exists(l, data.a > 1 || data.b > 1 || data.c > 1 || data.d > 1 || data.e > 1 || l == 'none')",
                "data.links.all(l, data.links.all(m, data.links.all(n, l + m + n != '')))",
                "data.links.all(l, data.links.all(m, data.text.contains(data.text)))",
                "true || data.links.map(l, data.text + data.text).size() > 3",
                "[[data]].map(a, [a, a, a, a, a, a, a, a, a, a, a]).map(b, [b, b, b, b, b, b, b, b, b, b, b])"
                        + ".map(c, [c, c, c, c, c, c, c, c, c, c, c]).map(d, [d, d, d, d, d, d, d, d, d, d, d])"
                        + ".map(e, [e, e, e, e, e, e, e, e, e, e, e]).exists(f, f == dyn([[data]]))",
                "(data.text + data.text + data.text + data.text).matches('(x+x+)+(x+x+)+(x+x+)+(x+x+)+y')"
            })
    void an_evaluation_that_takes_too_long_is_neither_true_nor_false(String expression) {
        // given
        Filter filter = Filter.parse(expression);
        JsonNode large = large();

        // when
        Filter.Verdict verdict = filter.evaluate(large);

        // then
        if (!expression.startsWith("true")) {
            assertThat(verdict.outcome()).as(verdict.because()).isEqualTo(Filter.Outcome.OVER_BUDGET);
            assertThat(verdict.because()).contains("the filter takes ").contains(expression);
        }
    }

    /** The maximum size of an event. */
    private static JsonNode large() {
        ObjectNode event = (ObjectNode) EVENT.deepCopy();
        ObjectNode data = (ObjectNode) event.path("data");
        data.put("text", "x".repeat(200_000));
        for (int i = 0; i < 1_000; i++) {
            data.withArray("/links").add("crm:deal:D-" + i);
        }
        return event;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.links.exists(l, l.startsWith('crm:deal:D-99')) && data.links.all(l, l.matches('^[a-z]+:[a-z]+:'))",
                "data.text.contains('xxxxxxxxxxxxxxxxxxxxx') && data.text.size() == 200000",
                "data.links.map(l, l + '!').filter(l, l.endsWith('9!')).size() == 100"
            })
    void usual_conditions_are_within_the_budget_for_the_largest_event(String expression) {
        assertThat(Filter.parse(expression).evaluate(large())).isEqualTo(Filter.Verdict.PASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "((a{100}){100}){100}",
                "(?:a{1000}|b){20}",
                "[]a]{10}([^]]{200}){10}",
                "a{999}b{999}",
                "\\\\Q[\\\\E(a{1000}){1000}"
            })
    void a_regular_expression_that_repeats_too_much_is_refused_at_once(String pattern) {
        assertThatThrownBy(() -> Filter.parse("event.subject.matches('" + pattern + "')"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(repeats too much|is not supported).*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | event.subject.matches('^dcm:[a-z]{1,20}:I-[0-9]+$')",
                "true | event.subject.matches('invoice')",
                "false | event.subject.matches('^invoice')",
                "true | event.subject.contains('invoice') && !event.subject.contains('contract')",
                "true | event.id == '1' && matches('RU12', '[A-Z]{2}[[:digit:]]{2}') && 'aab'.contains('ab')"
            })
    void matches_and_contains_behave_as_in_cel(boolean expected, String expression) {
        assertThat(Filter.parse(expression).evaluate(EVENT).passes()).isEqualTo(expected);
    }

    @Test
    void a_regular_expression_cannot_be_computed() {
        assertThatThrownBy(() -> Filter.parse("event.subject.matches(data.pattern)"))
                .hasMessageContaining("has to be written down");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event.subject | gives string, not true or false",
                "data.amount > 1000 | double(data.amount) > 1000.0",
                "data.amont == '5' | None of the chosen types has a field amont",
                "event.subjct == 'x' | undefined field 'subjct'",
                "data.links.exists(l, l > 3) | double(data.amount)",
                "data.attributes.client > 3 | double(data.amount)"
            })
    void a_condition_that_can_never_be_true_is_refused_with_advice(String expression, String cure) {
        assertThatThrownBy(() -> Filter.check(expression, schemas("dcm.invoice.issued", "crm.deal.created")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(cure);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "double(data.amount) > 1000.0",
                "has(data.amount) && double(data.amount) > 1000",
                "data.links.exists(l, l.startsWith('crm:deal:')) || data.attributes.client == 'Yantar'",
                "event.subject.endsWith('-9') && event.type == 'crm.deal.created'",
                "'client' in data.attributes && data.attributes['client'] != ''",
                "timestamp(event.time).getFullYear() >= 2026"
            })
    void a_condition_that_fits_the_events_is_accepted(String expression) {
        assertThatCode(() -> Filter.check(expression, schemas("dcm.invoice.issued", "crm.deal.created")))
                .doesNotThrowAnyException();
    }

    @Test
    void every_type_of_the_catalog_can_be_registered_with_cel() {
        assertThatCode(() -> Filter.check(
                        "event.id != '' && (data.stage == 'closed' || data.timeline.exists(t, t.stage == 'closed'))",
                        EventCatalog.bundled().types().stream()
                                .map(EventType::schema)
                                .toList()))
                .doesNotThrowAnyException();
    }

    private static List<Schema> schemas(String... types) {
        return Arrays.stream(types)
                .map(it ->
                        Objects.requireNonNull(EventCatalog.bundled().type(it)).schema())
                .toList();
    }

    @Test
    void a_stored_filter_that_is_no_longer_valid_stops_its_subscription() {
        assertThat(Filter.stored("event.subject.matches('(a{1000}){1000}')")
                        .evaluate(EVENT)
                        .outcome())
                .isEqualTo(Filter.Outcome.OVER_BUDGET);
    }

    @Test
    void pauses_grow_threefold_within_ten_percent_up_to_the_longest() {
        // given
        DeliveryRetries policy = new DeliveryRetries(9, Duration.ofSeconds(2), Duration.ofSeconds(60));
        Random random = new Random(7);

        // then
        for (int i = 0; i < 100; i++) {
            assertThat(policy.pauseAfter(1, random)).isBetween(Duration.ofMillis(1800), Duration.ofMillis(2200));
            assertThat(policy.pauseAfter(2, random)).isBetween(Duration.ofMillis(5400), Duration.ofMillis(6600));
            assertThat(policy.pauseAfter(8, random)).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
        }
    }
}
