package io.masterdeal.console.deals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.console.SampleDeals;
import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.board.DealSla;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DealListFilterTest {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    private static DealListRequest read(String query) {
        return DealListRequest.read(Query.parse(query), SampleDeals.STAGES, MOSCOW);
    }

    @Test
    void an_address_becomes_a_selection_and_the_same_address_again() {
        // when
        DealListRequest request =
                read("q=%D1%8F%D0%BD%D1%82+1&client=A%26B&manager=&stage=running&stage=lead&outcome=open"
                        + "&sla=breached&gaps=true&rule_set=default%401&since_from=2026-11-01&since_before=2026-11-30T09:00:00Z"
                        + "&sort=amount&column=client&column=amount");

        // then
        assertThat(request.filter().selection())
                .isEqualTo(new DealSelection(
                        Set.of("running", "lead"),
                        Set.of("open"),
                        Map.of("client", "A&B"),
                        Set.of("default@1"),
                        Set.of(DealSla.BREACHED),
                        true,
                        Instant.parse("2026-10-31T21:00:00Z"),
                        Instant.parse("2026-11-30T09:00:00Z"),
                        "янт 1"));
        assertThat(request.columns()).containsExactlyInAnyOrder(Column.CLIENT, Column.AMOUNT);
        assertThat(read(request.query().text())).isEqualTo(request);
    }

    @Test
    void an_empty_form_selects_all_deals() {
        assertThat(read("q=&client=&gaps=&since_from=").filter().isAll()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "stage=nowhere,stage",
        "outcome=maybe,outcome",
        "sla=late,sla",
        "gaps=yes,gaps",
        "since_from=yesterday,since_from",
        "since_before=2026-02-30,since_before",
        "sort=name,sort",
        "column=colour,column",
        "limit=0,limit",
        "limit=501,limit",
        "limit=many,limit",
        "stages=lead,stages",
        "q=%zz,?"
    })
    void a_value_that_cannot_be_is_named_with_what_is_allowed(String query, String parameter) {
        assertThatThrownBy(() -> read(query)).isInstanceOfSatisfying(BadFilterException.class, bad -> {
            assertThat(bad.parameter()).isEqualTo(parameter);
            assertThat(bad.allowed()).isNotEmpty();
        });
    }

    @Test
    void a_text_without_end_is_refused() {
        assertThatThrownBy(() -> read("client=" + "x".repeat(1001))).isInstanceOf(BadFilterException.class);
    }
}
