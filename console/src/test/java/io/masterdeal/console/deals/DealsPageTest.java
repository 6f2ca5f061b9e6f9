package io.masterdeal.console.deals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.console.SampleDeals;
import io.masterdeal.console.SamplePages;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.BoardPage;
import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.SeededBoard;
import io.masterdeal.console.page.Language;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DealsPageTest {

    private static final Board SIXTY = SeededBoard.of(SampleDeals.STAGES, SampleDeals.make(60));

    private static String page(Board board, Language language, String query) {
        return DealsPages.page(board, SamplePages.view(language, "/deals", query))
                .text();
    }

    private static Board with(String client) {
        return SeededBoard.of(SampleDeals.STAGES, List.of(SampleDeals.plain("D-1", client, "2600000")));
    }

    @Test
    void a_row_tells_the_deal_in_the_language_of_the_page() {
        assertThat(page(with("ООО «Янтарь»"), Language.RU, ""))
                .contains(
                        "1 сделка",
                        "ООО «Янтарь»",
                        "2,6 млн RUB",
                        ">Лид<",
                        "2 д 2 ч",
                        "3 мин назад",
                        "<title>Сделки ·");
        assertThat(page(with("ООО «Янтарь»"), Language.EN, ""))
                .contains("1 deal<", "2.6 M RUB", ">Lead<", "2 d 2 h", "3 min ago")
                .contains("data-href=\"/deals/" + SampleDeals.id("D-1") + "\"");
    }

    @Test
    void what_deals_are_called_is_text_and_nothing_else() {
        // given
        String client = "<script>alert(1)</script> \"O'Hara\" & \u202Eאבג" + "x".repeat(10_000);

        // when
        String page = page(with(client), Language.EN, "q=%22%3E%3Cscript%3E");

        // then
        assertThat(page).doesNotContain("<script>alert", "\"><script>").contains("No deal matches");
        assertThat(page(with(client), Language.EN, ""))
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "dir=\"auto\"", "x".repeat(10_000));
    }

    @Test
    void pages_by_cursor_tell_each_deal_once_and_the_total() {
        // given
        DealsController deals = DealsPages.controller(SIXTY);
        List<Card> all = new ArrayList<>();
        String query = "sort=amount&limit=7";

        // when
        BoardPage page = deals.json(SamplePages.view(Language.EN, "/deals", query));
        all.addAll(page.cards());
        while (page.next() != null) {
            page = deals.json(SamplePages.view(
                    Language.EN,
                    "/deals",
                    Query.parse(query).and("cursor", page.next()).text()));
            all.addAll(page.cards());
        }

        // then
        assertThat(page.total()).isEqualTo(60);
        assertThat(all).hasSize(60).doesNotHaveDuplicates();
        assertThat(page(SIXTY, Language.RU, query)).contains("60 сделок", "rel=\"next\"", "limit=7&amp;cursor=");
    }

    @Test
    void the_form_keeps_what_was_chosen() {
        assertThat(page(SIXTY, Language.EN, "outcome=open&gaps=false&since_from=2026-11-02&q=a%22b"))
                .contains(
                        "name=\"outcome\" value=\"open\" checked",
                        "value=\"false\" selected",
                        "value=\"2026-11-02\"",
                        "value=\"a&#34;b\"")
                .contains("href=\"/deals.csv?q=a%22b&amp;outcome=open&amp;gaps=false");
    }

    @Test
    void saved_views_are_links_and_only_their_owner_may_remove_them() {
        // when
        String page = DealsPages.page(
                        SIXTY,
                        SamplePages.view(Language.EN, "/deals", ""),
                        new SavedView("Пётр Ильин", "Late ones", "/deals?sla=breached", true),
                        new SavedView("Анна", "Hers", "/deals?sla=at_risk", true))
                .text();

        // then
        assertThat(page)
                .contains(
                        "href=\"/deals?sla=breached\"", "Remove the view Late ones", "name=\"_csrf\" value=\"token-1\"")
                .contains("href=\"/deals?sla=at_risk\"")
                .doesNotContain("Remove the view Hers");
    }

    @Test
    void the_list_is_shown_while_the_database_is_away() {
        assertThat(DealsPages.controller(SIXTY)
                        .page(SamplePages.view(Language.EN, "/deals", ""))
                        .text())
                .contains("60 deals", "the database does not answer");
    }

    @Test
    void a_wrong_filter_ends_the_request() {
        assertThatThrownBy(() -> page(SIXTY, Language.EN, "sla=late"))
                .isInstanceOf(BadFilterException.class)
                .hasMessage("'sla' cannot be 'late': allowed is none, ok, at_risk, breached");
    }
}
