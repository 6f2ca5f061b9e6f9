package io.masterdeal.console.deals;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.BoardPage;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The list of deals: as page, JSON and CSV. */
@Controller
class DealsController {

    private static final Logger log = LoggerFactory.getLogger(DealsController.class);

    private final Board board;
    private final SavedViews views;

    DealsController(Board board, SavedViews views) {
        this.board = board;
        this.views = views;
    }

    @GetMapping(path = "/deals", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view) {
        try {
            return page(view, views.of(person(view)), "");
        } catch (DataAccessException e) {
            // The list itself comes from memory: it is shown while PostgreSQL is away.
            log.warn("saved views cannot be read: {}", e.getMessage());
            return page(view, List.of(), view.text("deals.views.away"));
        }
    }

    /** The page with given views. */
    Html page(View view, List<SavedView> saved, String problem) {
        DealListRequest request = request(view);
        List<Choice> choices = new ArrayList<>();
        DealListFilter.ATTRIBUTES.forEach(name -> choices.add(Choice.attribute(board, request.filter(), name)));
        choices.add(Choice.of(
                "rule_set", board.ruleSets(), request.filter().selection().ruleSets()));
        DealList list = new DealList(request, cards(request, view), choices, board.stages(), saved, problem);
        return Html.page("deals/deals.jte", view, Map.of("list", list, "current", board.isCurrent()));
    }

    @GetMapping(path = "/deals", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    BoardPage json(View view) {
        return cards(request(view), view);
    }

    @GetMapping(path = "/deals.csv")
    void csv(View view, HttpServletResponse response) throws IOException {
        DealListFilter filter = request(view).filter();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"deals-" + view.utc(view.now()).substring(0, 10) + ".csv\"");
        new DealsCsv(board, view).write(filter.selection(), response.getOutputStream());
    }

    private DealListRequest request(View view) {
        return DealListRequest.read(Query.parse(view.query()), board.stages(), view.zone());
    }

    private BoardPage cards(DealListRequest request, View view) {
        try {
            return board.page(
                    request.filter().selection(), request.sort(), request.after(), request.limit(), view.now());
        } catch (IllegalArgumentException e) {
            throw new BadFilterException(
                    "cursor", String.valueOf(request.after()), "the cursor of the page before, in the same order", e);
        }
    }

    private static String person(View view) {
        Person person = view.person();
        return person == null ? "" : person.name();
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry dealsEntry() {
            return new MenuEntry(20, "/deals", "deals.title", Right.VIEWER);
        }
    }
}
