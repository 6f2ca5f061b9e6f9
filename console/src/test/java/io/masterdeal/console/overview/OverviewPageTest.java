package io.masterdeal.console.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.console.SampleDeals;
import io.masterdeal.console.SamplePages;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.DayTrend;
import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.board.SeededBoard;
import io.masterdeal.console.deals.BadFilterException;
import io.masterdeal.console.deals.DealListFilter;
import io.masterdeal.console.page.Language;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewPageTest {

    private static final List<Card> DEALS = SampleDeals.make(60);
    private static final Board BOARD = SeededBoard.of(SampleDeals.STAGES, DEALS);

    private static String page(Language language, String query) {
        return OverviewPages.page(BOARD, SamplePages.view(language, "/", query)).text();
    }

    @Test
    void figures_are_links_to_the_deals_that_they_count() {
        // given
        long open = DEALS.stream().filter(deal -> deal.outcome().equals("open")).count();

        // then
        assertThat(page(Language.RU, ""))
                .contains("Открытые сделки", ">" + open + "<", "Согласование договора", "возврат")
                .contains("href=\"/deals?outcome=open&amp;sla=breached\"")
                .contains("href=\"/deals?outcome=open&amp;stage=lead\"");
        assertThat(page(Language.EN, "region=%D0%A3%D1%80%D0%B0%D0%BB"))
                .contains("href=\"/deals?region=%D0%A3%D1%80%D0%B0%D0%BB&amp;outcome=open&amp;sla=at_risk\"")
                .contains("The trend counts all deals");
    }

    @Test
    void the_open_deals_of_all_stages_are_all_open_deals() {
        // when
        Overview overview = new OverviewMaker(BOARD)
                .make(
                        new OverviewRequest(
                                new DealListFilter(DealSelection.ALL), 30, SampleDeals.NOW.minusSeconds(30L * 86_400)),
                        SampleDeals.NOW);

        // then
        assertThat(overview.funnel().stream()
                        .mapToInt(row -> row.count().deals())
                        .sum())
                .isEqualTo(overview.counts().open());
        assertThat(overview.funnel()).allSatisfy(row -> {
            assertThat(row.onwards()).isLessThanOrEqualTo(row.left());
            assertThat(row.inTime() + row.atRisk() + row.breached()).isLessThanOrEqualTo(1000);
        });
        assertThat(overview.policies()).hasSize(3).allSatisfy(policy -> {
            assertThat(policy.worst()).hasSizeLessThanOrEqualTo(5);
            assertThat(policy.next()).hasSizeLessThanOrEqualTo(5);
        });
    }

    @Test
    void the_trend_is_drawn_inside_its_box() {
        // when
        TrendChart chart = TrendChart.of(List.of(
                new DayTrend(LocalDate.parse("2026-11-29"), 4, 0, 0, 0, 2),
                new DayTrend(LocalDate.parse("2026-11-30"), 0, 0, 0, 2, 0)));

        // then
        assertThat(chart.entered()).isEqualTo("250,0 750,200");
        assertThat(chart.closed()).isEqualTo("250,200 750,100");
        assertThat(chart.bars()).containsExactly(new TrendChart.Bar(125, 100, 250, 100));
        assertThat(TrendChart.of(List.of()).entered()).isEmpty();
    }

    @Test
    void a_period_that_is_not_offered_is_refused() {
        assertThatThrownBy(() -> page(Language.EN, "period=31"))
                .isInstanceOf(BadFilterException.class)
                .hasMessageContaining("7, 30, 90, 365");
    }
}
