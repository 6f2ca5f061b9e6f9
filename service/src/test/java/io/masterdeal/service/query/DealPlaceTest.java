package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cursor says where a list goes on, and for which order. */
class DealPlaceTest {

    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-04-06T09:00:00.123456Z");

    private static DealOrder order(String sort) {
        return DealOrder.read(sort, DealOrder.BY_ROOT);
    }

    private static @Nullable String cursor(String text) {
        return Page.until(List.of(), text).next();
    }

    @Test
    void a_place_is_read_as_it_was_written() {
        for (String sort :
                List.of("root", "-root", "stage_since", "-stage_since", "amount", "-amount", "updated", "-updated")) {
            DealOrder order = order(sort);
            DealPlace place = new DealPlace(
                    switch (order.sort()) {
                        case ROOT -> List.of("crm:deal:é\"[/1");
                        case STAGE_SINCE -> List.of(TIME, "crm:deal:é\"[/1");
                        case AMOUNT -> List.of(new BigDecimal("-1200.50"), "crm:deal:1");
                        case UPDATED -> List.of(TIME, new UUID(1, 2), 7L);
                    });

            assertThat(DealPlace.read(cursor(place.text(order)), order))
                    .as(sort)
                    .isEqualTo(place);
        }
    }

    @Test
    void the_cursor_of_the_usual_order_is_the_key_of_the_root() {
        assertThat(new DealPlace(List.of("crm:deal:D-1")).text(DealOrder.BY_ROOT))
                .isEqualTo("crm:deal:D-1");
        assertThat(DealPlace.read(null, DealOrder.BY_ROOT)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "root | [\"-root\",\"crm:deal:1\"]",
                "-root | crm:deal:1",
                "-root | [\"amount\",\"1\",\"crm:deal:1\"]",
                "amount | [\"-amount\",\"1\",\"crm:deal:1\"]",
                "amount | [\"amount\",\"1e9\",\"crm:deal:1\"]",
                "amount | [\"amount\",\"NaN\",\"crm:deal:1\"]",
                "amount | [\"amount\",\"1\"]",
                "stage_since | [\"stage_since\",\"yesterday\",\"crm:deal:1\"]",
                "stage_since | [\"stage_since\",\"-999999999-01-01T00:00:00Z\",\"crm:deal:1\"]",
                "stage_since | [\"stage_since\",\"2026-04-06T09:00:00Z\",\"crm:deal:\\u0000\"]",
                "updated | [\"updated\",\"2026-04-06T09:00:00Z\",\"crm:deal:1\",\"1\"]",
                "updated | [\"updated\",\"2026-04-06T09:00:00Z\",\"00000000-0000-0001-0000-000000000002\",\"x\"]",
                "updated | [broken"
            })
    void what_is_no_cursor_of_the_list_is_a_problem(String sort, String text) {
        assertThatThrownBy(() -> DealPlace.read(cursor(text), order(sort))).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @CsvSource({"''", "age", "--root", "-", "ROOT"})
    void an_unknown_order_is_a_problem(String sort) {
        assertThatThrownBy(() -> order(sort)).isInstanceOf(Problem.class);
    }

    @Test
    void a_long_value_is_looked_for_as_it_is_stored() {
        FieldFilter longValues = new FieldFilter("x".repeat(300), "y".repeat(199) + "\ud83d\ude00", null, null, "RUB");

        assertThat(longValues.wanted())
                .containsEntry("client", "x".repeat(200))
                .containsEntry("manager", "y".repeat(199))
                .containsEntry("currency", "RUB");
    }
}
