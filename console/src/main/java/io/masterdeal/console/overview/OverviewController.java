package io.masterdeal.console.overview;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.BoardCounts;
import io.masterdeal.console.board.DayTrend;
import io.masterdeal.console.board.Flow;
import io.masterdeal.console.board.PolicyCounts;
import io.masterdeal.console.deals.Choice;
import io.masterdeal.console.deals.DealListFilter;
import io.masterdeal.console.deals.Query;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private final OverviewMaker maker;

    OverviewController(Board board, OverviewMaker maker) {
        this.board = board;
        this.maker = maker;
    }

    /**
     * The overview for programs.
     *
     * @param from when the period begins, UTC
     * @param counts where the deals stand
     * @param closed how many deals have which outcome, of those whose last change of stage is in the period
     * @param policies the SLA board
     * @param trend day by day, of all deals whatever the filter
     * @param flows from stage to stage in the period
     */
    record Figures(
            Instant from,
            BoardCounts counts,
            Map<String, Integer> closed,
            List<PolicyCounts> policies,
            List<DayTrend> trend,
            List<Flow> flows) {}

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view) {
        OverviewRequest request = request(view);
        List<Choice> choices = new ArrayList<>();
        DealListFilter.ATTRIBUTES.forEach(name -> choices.add(Choice.attribute(board, request.filter(), name)));
        choices.add(Choice.of(
                "rule_set", board.ruleSets(), request.filter().selection().ruleSets()));
        Overview overview = maker.make(request, view.now());
        return Html.page(
                "overview/overview.jte",
                view,
                Map.of("overview", overview, "choices", choices, "current", board.isCurrent()));
    }

    @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Figures json(View view) {
        Overview made = maker.make(request(view), view.now());
        return new Figures(
                made.request().from(),
                made.counts(),
                made.closed(),
                made.policies(),
                made.trend().days(),
                made.flows().stream().map(FlowRow::flow).toList());
    }

    private OverviewRequest request(View view) {
        return OverviewRequest.read(Query.parse(view.query()), board.stages(), view.zone(), view.now());
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry overviewEntry() {
            return new MenuEntry(10, "/", "overview.title", Right.VIEWER);
        }
    }
}
