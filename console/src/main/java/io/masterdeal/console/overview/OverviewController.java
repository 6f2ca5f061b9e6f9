package io.masterdeal.console.overview;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.BoardCounts;
import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The United Stage Dashboard: where all deals stand. */
@Controller
class OverviewController {

    private final Board board;

    OverviewController(Board board) {
        this.board = board;
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view) {
        BoardCounts counts = board.counts(DealSelection.ALL, view.now());
        return Html.page("overview/overview.jte", view, Map.of("counts", counts, "current", board.isCurrent()));
    }

    @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    BoardCounts json(View view) {
        return board.counts(DealSelection.ALL, view.now());
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry overviewEntry() {
            return new MenuEntry(10, "/", "overview.title", Right.VIEWER);
        }
    }
}
